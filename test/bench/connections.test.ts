import { expect, it } from 'vitest';
import { boundSockets, leavingCalls } from './connections.ts';

const LOG = [
  '71 connect(20<UNIX-STREAM:[5]>, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X60"}, 21) = 0',
  '71 connect(21<TCP:[9]>, {sa_family=AF_INET, sin_port=htons(5600), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  '72 connect(22<TCP:[10]>, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16) = -1 EINPROGRESS',
  '72 connect(23<UDPv6:[11]>, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
  '72 sendto(24<UDP:[127.0.0.1:40000->127.0.0.53:53]>, "x", 1, 0, NULL, 0) = 1',
  '72 sendmmsg(25<UDP:[10.0.0.2:40000->192.0.2.53:53]>, [], 2, 0) = 2',
  '72 connect(26<UNIX-STREAM:[6]>, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
  '72 bind(27<TCP:[12]>, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  '72 bind(28<TCP:[13]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = -1 EACCES',
  '72 sendto(29<TCPv6:[[::1]:40000->[::1]:5600]>, "x", 1, 0, NULL, 0) = 1',
].join('\n');

it('tells what leaves from what stays, and a look-up of a name is leaving', () => {
  expect(leavingCalls(LOG).map(({ kind, to }) => `${kind} ${to}`)).toEqual([
    'left 192.0.2.7:443',
    'route 2001:db8::1:443',
    'left 127.0.0.53:53',
    'left 192.0.2.53:53',
    'left the name resolver',
  ]);
});

it('lists the sockets that were bound', () => {
  expect(boundSockets(LOG)).toEqual(['127.0.0.1:0']);
});
