import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill, get, GOOD, HOSTILE, JSON_TYPE, post, ws } from './hostileRequests.ts';
import { startSite, type Site } from './site.ts';

describe('hostile requests', () => {
  let site: Site;
  let words: Omit<Parameters<typeof fill>[1], 'fresh'>;
  beforeAll(async () => {
    site = await startSite();
    const used = site.tokenOf(site.server.url);
    const { cookie } = await site.enter(used);
    words = { port: site.port, cookie, origin: site.base, used };
  });
  afterAll(() => site.stop());
  const filled = (request: string) =>
    fill(request, { ...words, fresh: site.tokenOf(site.server.freshUrl()) });

  it('are more than five hundred, and all different', () => {
    const requests = new Set(Object.values(HOSTILE));
    expect(requests.size).toBe(Object.keys(HOSTILE).length);
    expect(requests.size).toBeGreaterThanOrEqual(500);
  });

  it.each(Object.entries(HOSTILE))('%s: refused', async (_name, request) => {
    const answer = await site.raw(filled(request));
    expect(answer).toMatch(/^$|^HTTP\/1\.[01] 4\d\d /);
    expect(answer).not.toMatch(/secret|Access-Control|Set-Cookie|<title>|Powered|^Server:/im);
    // One answer at most: what lies behind the first request is never read as a second.
    expect(answer.split('HTTP/1.').length).toBeLessThanOrEqual(2);
    if (answer !== '') {
      for (const header of [
        "content-security-policy: default-src 'none'",
        'cache-control: no-store',
        'x-content-type-options: nosniff',
        'x-frame-options: deny',
        'referrer-policy: no-referrer',
        'cross-origin-resource-policy: same-origin',
        'cross-origin-opener-policy: same-origin',
        'cross-origin-embedder-policy: require-corp',
        'permissions-policy: camera=()',
      ]) {
        expect(answer.toLowerCase()).toContain(`\r\n${header}`);
      }
    }
    expect(site.called).toEqual([]);
  });

  it('leave the same requests, asked properly, answered', async () => {
    const { cookie } = words;
    for (const [request, status] of [
      [get('/'), 200],
      [get('/', 'Host: localhost:P'), 200],
      [
        get('/', `${GOOD}\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document`),
        200,
      ],
      [get('/assets/main-AbCd_-12.js', `${GOOD}\nSec-Fetch-Site: same-origin`), 200],
      // A part of a file is not to be had; the whole of it is.
      [get('/assets/main-AbCd_-12.js', `${GOOD}\nRange: bytes=0-1,2-3,4-5`), 200],
      [`HEAD / HTTP/1.1\n${GOOD}\n\n`, 200],
      [get('/session', `${GOOD}\nCookie: a=b; ${cookie}; c=d`), 204],
      [ws(`${GOOD}\nOrigin: O\nCookie: ${cookie}`), 101],
      [post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":"F"}'), 204],
    ] as const) {
      expect(await site.raw(filled(request))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });

  it('compress nothing, so that no bomb can be sent', async () => {
    const { cookie } = words;
    const asking = `${GOOD}\nOrigin: O\nCookie: ${cookie}\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits`;
    const answer = await site.raw(filled(ws(asking)));
    expect(answer).toMatch(/^HTTP\/1.1 101 /);
    expect(answer).not.toMatch(/Sec-WebSocket-Extensions/i);
  });

  it('one token opens one session, however many ask at once', async () => {
    const token = site.tokenOf(site.server.freshUrl());
    const answers = await Promise.all(Array.from({ length: 40 }, () => site.enter(token)));
    expect(answers.filter((each) => each.status === 204)).toHaveLength(1);
    expect(answers.filter((each) => each.status === 401)).toHaveLength(39);
  });

  it('cannot hold the port by sending slowly or not at all', async () => {
    const slow: Socket[] = [];
    const ended = Array.from(
      { length: 60 },
      (_, n) =>
        new Promise((resolve) => {
          const socket = connect(site.port, '127.0.0.1', () => {
            socket.write('GET / HTTP/1.1\r\nHost: 127');
            // One byte a while, as a client does that wants to be waited for.
            const drip = setInterval(() => socket.write(n % 2 ? '.' : ''), 500);
            socket.on('close', () => clearInterval(drip));
          });
          socket.on('error', () => {});
          socket.on('close', resolve);
          socket.resume();
          slow.push(socket);
        }),
    );
    expect(await site.raw(filled(get('/')))).toMatch(/^HTTP\/1.1 200/);
    // The server ends them by itself: nobody here does.
    await Promise.all(ended);
    expect(slow.every((each) => each.destroyed)).toBe(true);
  }, 60_000);
});

/** A frame as a client sends it (RFC 6455, 5.2): `first` holds FIN, the reserved bits and the kind. */
function frame(first: number, payload: Buffer | string, options: { mask?: boolean; length?: Buffer } = {}) {
  const data = Buffer.from(payload);
  const masked = options.mask !== false;
  const bit = masked ? 0x80 : 0;
  let length = options.length;
  if (!length) {
    if (data.length < 126) length = Buffer.from([bit | data.length]);
    else {
      length = Buffer.alloc(9);
      length[0] = bit | 127;
      length.writeBigUInt64BE(BigInt(data.length), 1);
    }
  }
  const key = Buffer.from([1, 2, 3, 4]);
  const body = masked ? Buffer.from(data.map((byte, n) => byte ^ (key[n % 4] ?? 0))) : data;
  return Buffer.concat([Buffer.from([first]), length, masked ? key : Buffer.alloc(0), body]);
}

const CALL = JSON.stringify({ id: 1, channel: 'settings.get', input: {} });
const huge = (bytes: bigint) => {
  const length = Buffer.alloc(9);
  length[0] = 0xff;
  length.writeBigUInt64BE(bytes, 1);
  return length;
};
const FRAMES: Readonly<Record<string, Buffer>> = {
  'without a mask': frame(0x81, CALL, { mask: false }),
  'of a reserved bit': frame(0xc1, CALL),
  'of the second reserved bit': frame(0xa1, CALL),
  'of the third reserved bit': frame(0x91, CALL),
  'of a reserved kind': frame(0x83, CALL),
  'of a reserved control kind': frame(0x8b, CALL),
  'of bytes': frame(0x82, CALL),
  'that goes on with nothing': frame(0x80, CALL),
  'that begins twice': Buffer.concat([frame(0x01, '{"id"'), frame(0x81, CALL)]),
  'of no text': frame(0x81, Buffer.from([0xff, 0xfe, 0xfd])),
  'of half a letter': frame(0x81, Buffer.from([0xc3])),
  'of a surrogate': frame(0x81, Buffer.from([0xed, 0xa0, 0x80])),
  'that claims 65 KB': frame(0x81, '', { length: huge(66_000n) }),
  'that claims 2 GB': frame(0x81, '', { length: huge(2n ** 31n) }),
  'that claims more than a number can be': frame(0x81, '', { length: huge(2n ** 60n) }),
  'of a negative length': frame(0x81, '', { length: huge(2n ** 63n) }),
  'too large in parts': Buffer.concat([
    frame(0x01, 'a'.repeat(30_000)),
    ...Array.from({ length: 4 }, () => frame(0x00, 'a'.repeat(30_000))),
  ]),
  'of a ping in parts': frame(0x09, 'x'),
  'of a large ping': frame(0x89, 'a'.repeat(126)),
  'of a large close': frame(0x88, Buffer.concat([Buffer.from([3, 232]), Buffer.alloc(130, 97)])),
  'of a close of one byte': frame(0x88, Buffer.from([3])),
  'of a close of a reserved code': frame(0x88, Buffer.from([3, 237])),
  'of a close of code 0': frame(0x88, Buffer.from([0, 0])),
  'that is no JSON': frame(0x81, '{'),
  'of many pings': Buffer.concat(Array.from({ length: 40 }, () => frame(0x89, 'x'))),
  'of another request': Buffer.from('GET /session HTTP/1.1\r\n\r\n'),
};

describe('hostile frames', () => {
  let site: Site;
  let cookie: string;
  beforeAll(async () => {
    site = await startSite();
    ({ cookie } = await site.enter());
  });
  afterAll(() => site.stop());

  it.each(Object.entries(FRAMES))(
    'a frame %s: the connection ends, and nothing is called',
    async (_, bytes) => {
      const shake = fill(ws(`${GOOD}\nOrigin: O\nCookie: ${cookie}`), {
        port: site.port,
        cookie,
        origin: site.base,
        used: '',
        fresh: '',
      });
      const socket = connect(site.port, '127.0.0.1', () => socket.write(shake));
      const closed = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      socket.on('error', () => {});
      const first = await new Promise<string>((resolve) =>
        socket.once('data', (data) => resolve(String(data))),
      );
      expect(first).toMatch(/^HTTP\/1.1 101 /);
      socket.resume();
      socket.write(bytes);
      // The server says goodbye with a close frame; a peer that does not answer it is waited for, so this one does.
      socket.write(frame(0x88, Buffer.from([3, 232])));
      await closed;
      expect(site.called).toEqual([]);
    },
  );
});
