/** One network call that strace saw. `to` is `address:port`. */
export interface NetworkCall {
  /**
   * `left`: data went out, or a connection was asked for. `route`: a datagram socket was given an address and nothing
   * was sent by it; no packet leaves, the kernel only looks its routes up (udp(7), connect(2)).
   */
  readonly kind: 'left' | 'route';
  readonly to: string;
  readonly line: string;
}

/**
 * strace's arguments that write every network call of a program and its children to `file`. -D: the program keeps its
 * own process id, so that it can be signalled; -yy: each socket with its protocol and the other end.
 */
export function straceArguments(file: string): readonly string[] {
  const calls = 'connect,sendto,sendmsg,sendmmsg,bind,listen';
  return [
    'strace',
    '-D',
    '-f',
    '-qq',
    '-yy',
    '-s',
    '64',
    '-e',
    `trace=${calls}`,
    '-e',
    'signal=none',
    '-o',
    file,
  ];
}

const IPV4 = /sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\)/;
const IPV6 = /sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/;
/** The other end of a connected socket, as -yy writes it: `<UDP:[10.0.0.1:5->8.8.8.8:53]>`. */
const OTHER_END = /<(?:UDP|TCP)(?:v6)?:\[[^\]]*->\[?([^\]>]+?)\]?:(\d+)\]>/;

/**
 * Calls of an strace log that reach beyond this machine, or ask a resolver for a name, which is the same: a look-up on
 * a loopback resolver (port 53, systemd's socket) leaves the machine one step later.
 */
export function leavingCalls(log: string): NetworkCall[] {
  return log.split('\n').flatMap((line): NetworkCall[] => {
    const call = /\b(connect|sendto|sendmsg|sendmmsg)\((\d+<[^>]*>)?/.exec(line);
    if (!call) return [];
    if (/sun_path="[^"]*(?:systemd\/resolve|io\.systemd\.Resolve)/.test(line)) {
      return [{ kind: 'left', to: 'the name resolver', line }];
    }
    const end = endOf(line);
    if (!end || (isLoopback(end.address) && end.port !== '53')) return [];
    const kind = call[1] === 'connect' && /<UDP/.test(call[2] ?? '') ? 'route' : 'left';
    return [{ kind, to: `${end.address}:${end.port}`, line }];
  });
}

/** Internet sockets of an strace log that were bound to an address: what may listen. `address:port` each. */
export function boundSockets(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    if (!/\bbind\(/.test(line) || !line.trim().endsWith('= 0')) return [];
    const end = endOf(line);
    return end ? [`${end.address}:${end.port}`] : [];
  });
}

function endOf(line: string): { readonly address: string; readonly port: string } | null {
  const named = IPV4.exec(line) ?? IPV6.exec(line);
  if (named) return { address: named[2]!, port: named[1]! };
  const connected = OTHER_END.exec(line);
  return connected ? { address: connected[1]!, port: connected[2]! } : null;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}
