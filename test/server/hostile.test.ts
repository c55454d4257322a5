import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type Site } from './site.ts';

/** P stands for the port, C for a good session cookie, O for the right origin, T for a token that was used. */
const SHAKE =
  'Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
const JSON_TYPE = 'Content-Type: application/json';
const GOOD = 'Host: 127.0.0.1:P';
const post = (head: string, body: string) =>
  `POST /session HTTP/1.1\n${head}\nContent-Length: LENGTH\n\n${body}`;
const ws = (head: string, path = '/ws') => `GET ${path} HTTP/1.1\n${head}\n${SHAKE}\n\n`;
const get = (path: string, head = GOOD) => `GET ${path} HTTP/1.1\n${head}\n\n`;

const HOSTILE: Readonly<Record<string, string>> = {
  'no Host': 'GET / HTTP/1.1\n\n',
  'no Host in HTTP/1.0': 'GET / HTTP/1.0\n\n',
  'an empty Host': get('/', 'Host:'),
  'a rebound name': get('/', 'Host: evil.example:P'),
  'a rebound name without port': get('/', 'Host: evil.example'),
  'our address without port': get('/', 'Host: 127.0.0.1'),
  'another port': get('/', 'Host: 127.0.0.1:1'),
  'port with zeros': get('/', 'Host: 127.0.0.1:0P'),
  'IPv6 loopback': get('/', 'Host: [::1]:P'),
  'IPv4 in IPv6': get('/', 'Host: [::ffff:127.0.0.1]:P'),
  'any address': get('/', 'Host: 0.0.0.0:P'),
  'short loopback': get('/', 'Host: 127.1:P'),
  'decimal loopback': get('/', 'Host: 2130706433:P'),
  'hex loopback': get('/', 'Host: 0x7f000001:P'),
  'octal loopback': get('/', 'Host: 0177.0.0.1:P'),
  'another loopback': get('/', 'Host: 127.0.0.2:P'),
  'trailing dot': get('/', 'Host: localhost.:P'),
  'upper case': get('/', 'Host: LOCALHOST:P'),
  'a name under localhost': get('/', 'Host: evil.localhost:P'),
  'localhost as prefix': get('/', 'Host: localhost.evil.example:P'),
  'a wildcard DNS name': get('/', 'Host: 127.0.0.1.nip.io:P'),
  'user in Host': get('/', 'Host: evil@127.0.0.1:P'),
  'path in Host': get('/', 'Host: 127.0.0.1:P/evil'),
  'two Hosts': get('/', 'Host: 127.0.0.1:P\nHost: evil.example'),
  'two good Hosts': get('/', 'Host: 127.0.0.1:P\nHost: 127.0.0.1:P'),
  'a list in Host': get('/', 'Host: 127.0.0.1:P, evil.example'),
  'forwarded Host': get(
    '/',
    'Host: evil.example\nX-Forwarded-Host: 127.0.0.1:P\nForwarded: host=127.0.0.1:P',
  ),
  'absolute form': get('http://127.0.0.1:P/'),
  'absolute form elsewhere': get('http://evil.example/'),
  'Origin null': get('/', `${GOOD}\nOrigin: null`),
  'another Origin': get('/', `${GOOD}\nOrigin: http://evil.example`),
  'our Origin by https': get('/', `${GOOD}\nOrigin: https://127.0.0.1:P`),
  'Origin of the other name': get('/', `${GOOD}\nOrigin: http://localhost:P`),
  'Origin of another port': get('/', `${GOOD}\nOrigin: http://127.0.0.1:1`),
  'Origin without port': get('/', `${GOOD}\nOrigin: http://127.0.0.1`),
  'Origin with slash': get('/', `${GOOD}\nOrigin: http://127.0.0.1:P/`),
  'Origin as prefix': get('/', `${GOOD}\nOrigin: http://127.0.0.1:P.evil.example`),
  'two Origins': get('/', `${GOOD}\nOrigin: http://127.0.0.1:P\nOrigin: http://evil.example`),
  'an empty Origin': get('/', `${GOOD}\nOrigin:`),
  'an extension as Origin': get('/', `${GOOD}\nOrigin: chrome-extension://abcdefgh`),
  'a file as Origin': get('/', `${GOOD}\nOrigin: file://`),
  'a script of another site': get(
    '/assets/main-AbCd_-12.js',
    `${GOOD}\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script`,
  ),
  'a frame of another site': get(
    '/',
    `${GOOD}\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe`,
  ),
  'a fetch of another port': get(
    '/session',
    `${GOOD}\nCookie: C\nSec-Fetch-Site: same-site\nSec-Fetch-Mode: cors\nSec-Fetch-Dest: empty`,
  ),
  'double slash': get('//session', `${GOOD}\nCookie: C`),
  'double slash to a name': get('//evil.example/', GOOD),
  'double slash inside': get('/assets//main-AbCd_-12.js'),
  'encoded slash': get('/assets%2fmain-AbCd_-12.js'),
  'encoded slash, upper case': get('/assets%2Fmain-AbCd_-12.js'),
  'doubly encoded slash': get('/assets%252fmain-AbCd_-12.js'),
  'parent folder': get('/../outside.txt'),
  'parent folder inside': get('/assets/../index.html'),
  'encoded parent folder': get('/%2e%2e/outside.txt'),
  'half encoded parent folder': get('/.%2e/outside.txt'),
  'overlong dots': get('/%c0%ae%c0%ae/outside.txt'),
  backslash: get('/assets\\main-AbCd_-12.js'),
  'encoded backslash': get('/..%5coutside.txt'),
  'encoded NUL': get('/index.html%00.js'),
  'raw NUL': get('/index.html\0'),
  'dot file': get('/.secret'),
  'this folder': get('/./index.html'),
  semicolon: get('/session;x=1', `${GOOD}\nCookie: C`),
  'a query': get('/?token=x'),
  asterisk: 'OPTIONS * HTTP/1.1\nHost: 127.0.0.1:P\n\n',
  'a very long path': get(`/${'a'.repeat(5000)}`),
  'large headers': get('/', `${GOOD}\nX-Large: ${'a'.repeat(20_000)}`),
  'an unknown file': get('/nothing.txt'),
  'a folder': get('/assets/'),
  preflight:
    'OPTIONS /session HTTP/1.1\nHost: 127.0.0.1:P\nOrigin: http://evil.example\nAccess-Control-Request-Method: POST\n\n',
  'our own preflight':
    'OPTIONS /session HTTP/1.1\nHost: 127.0.0.1:P\nOrigin: O\nAccess-Control-Request-Method: POST\n\n',
  PUT: 'PUT /session HTTP/1.1\nHost: 127.0.0.1:P\nOrigin: O\nContent-Length: 0\n\n',
  DELETE: 'DELETE / HTTP/1.1\nHost: 127.0.0.1:P\n\n',
  TRACE: 'TRACE / HTTP/1.1\nHost: 127.0.0.1:P\n\n',
  CONNECT: 'CONNECT evil.example:443 HTTP/1.1\nHost: 127.0.0.1:P\n\n',
  PRI: 'PRI * HTTP/2.0\n\nSM\n\n',
  'POST to the page': 'POST / HTTP/1.1\nHost: 127.0.0.1:P\nOrigin: O\nContent-Length: 0\n\n',
  'no cookie': get('/session'),
  'a made-up cookie': get('/session', `${GOOD}\nCookie: beforehand-P=${'A'.repeat(43)}`),
  'an empty cookie': get('/session', `${GOOD}\nCookie: beforehand-P=`),
  'two cookies': get('/session', `${GOOD}\nCookie: C; beforehand-P=x`),
  'the cookie under another name': get('/session', `${GOOD}\nCookie: other=C`),
  'session without a body': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, ''),
  'session with junk': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{'),
  'session without token': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{}'),
  'session with a short token': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":"x"}'),
  'session with a wrong token': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, `{"token":"${'A'.repeat(43)}"}`),
  'session with a used token': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":"T"}'),
  'session with a token list': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":["T"]}'),
  'session with more': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":"F","more":1}'),
  'session with a prototype': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"__proto__":{"token":"F"}}'),
  'session as a form': post(
    `${GOOD}\nOrigin: O\nContent-Type: application/x-www-form-urlencoded`,
    'token="F"',
  ),
  'session as plain text': post(`${GOOD}\nOrigin: O\nContent-Type: text/plain`, '{"token":"F"}'),
  'session without Origin': post(`${GOOD}\n${JSON_TYPE}`, '{"token":"F"}'),
  'session from another site': post(`${GOOD}\nOrigin: http://evil.example\n${JSON_TYPE}`, '{"token":"F"}'),
  'session with a large body': post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, `{"token":"${'A'.repeat(5000)}"}`),
  'session in large chunks': `POST /session HTTP/1.1\n${GOOD}\nOrigin: O\n${JSON_TYPE}\nTransfer-Encoding: chunked\n\n7d0\n${'A'.repeat(2000)}\n0\n\n`,
  'two lengths': `POST /session HTTP/1.1\n${GOOD}\nOrigin: O\n${JSON_TYPE}\nContent-Length: 0\nContent-Length: 44\n\n`,
  'length and chunks': `POST /session HTTP/1.1\n${GOOD}\nOrigin: O\nContent-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n`,
  'socket without cookie': ws(`${GOOD}\nOrigin: O`),
  'socket with a made-up cookie': ws(`${GOOD}\nOrigin: O\nCookie: beforehand-P=${'A'.repeat(43)}`),
  'socket without Origin': ws(`${GOOD}\nCookie: C`),
  'socket from another site': ws(`${GOOD}\nCookie: C\nOrigin: http://evil.example`),
  'socket from null': ws(`${GOOD}\nCookie: C\nOrigin: null`),
  'socket on a rebound name': ws('Host: evil.example:P\nCookie: C\nOrigin: http://evil.example:P'),
  'socket on another path': ws(`${GOOD}\nCookie: C\nOrigin: O`, '/'),
  'socket on //ws': ws(`${GOOD}\nCookie: C\nOrigin: O`, '//ws'),
  'socket on /ws/': ws(`${GOOD}\nCookie: C\nOrigin: O`, '/ws/'),
  'socket with a query': ws(`${GOOD}\nCookie: C\nOrigin: O`, '/ws?x'),
  'socket on an encoded path': ws(`${GOOD}\nCookie: C\nOrigin: O`, '/%77s'),
  'socket from another fetch site': ws(`${GOOD}\nCookie: C\nOrigin: O\nSec-Fetch-Site: cross-site`),
  'socket by POST': ws(`${GOOD}\nCookie: C\nOrigin: O`).replace('GET', 'POST'),
  'socket of version 8': ws(`${GOOD}\nCookie: C\nOrigin: O`).replace('Version: 13', 'Version: 7'),
  'socket without key': ws(`${GOOD}\nCookie: C\nOrigin: O`).replace(/Sec-WebSocket-Key.*/, 'X: y'),
  'upgrade to h2c': `GET / HTTP/1.1\n${GOOD}\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\n\n`,
  'a plain GET of the socket': get('/ws', `${GOOD}\nCookie: C`),
  'a space before the colon': get('/', 'Host : 127.0.0.1:P'),
  'a folded header': get('/', 'Host: 127.0.0.1:P\n evil'),
  'no request at all': '\0\0\0\0\n\n',
};

describe('hostile requests', () => {
  let site: Site;
  let words: readonly (readonly [RegExp, string])[];
  beforeAll(async () => {
    site = await startSite();
    const used = site.tokenOf(site.server.url);
    const { cookie } = await site.enter(used);
    const origin = site.base;
    words = [
      [/Cookie: other=C/g, `Cookie: other=${cookie.split('=')[1]}`],
      [/Cookie: C/g, `Cookie: ${cookie}`],
      [/Origin: O/g, `Origin: ${origin}`],
      [/"T"/g, `"${used}"`],
      [/"F"/g, `"${site.tokenOf(site.server.freshUrl())}"`],
      [
        /(127\.0\.0\.1|127\.1|127\.0\.0\.2|0\.0\.0\.0|2130706433|0x7f000001|0177\.0\.0\.1|localhost\.?|evil\.localhost|example|nip\.io|\]|LOCALHOST|beforehand)([:-]0?)P/g,
        `$1$2${site.port}`,
      ],
    ];
  });
  afterAll(() => site.stop());
  const fill = (request: string) => {
    const [head = '', ...body] = words
      .reduce((text, [from, to]) => text.replace(from, to), request)
      .replaceAll('\n', '\r\n')
      .split('\r\n\r\n');
    const rest = body.join('\r\n\r\n');
    return `${head.replace('LENGTH', String(rest.length))}\r\n\r\n${rest}`;
  };

  it('are many', () => {
    expect(Object.keys(HOSTILE).length).toBeGreaterThanOrEqual(100);
  });

  it.each(Object.entries(HOSTILE))('%s: refused', async (_name, request) => {
    const answer = await site.raw(fill(request));
    expect(answer).toMatch(/^$|^HTTP\/1\.[01] 4\d\d /);
    expect(answer).not.toMatch(/secret|Access-Control|Set-Cookie|<title>|Powered/i);
    expect(site.called).toEqual([]);
  });

  it('leave the same requests, asked properly, answered', async () => {
    const cookie = (await site.enter()).cookie;
    for (const [request, status] of [
      [get('/'), 200],
      [get('/', 'Host: localhost:P'), 200],
      [
        get('/', `${GOOD}\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document`),
        200,
      ],
      [get('/assets/main-AbCd_-12.js', `${GOOD}\nSec-Fetch-Site: same-origin`), 200],
      [get('/session', `${GOOD}\nCookie: a=b; ${cookie}; c=d`), 204],
      [ws(`${GOOD}\nOrigin: O\nCookie: ${cookie}`), 101],
      [post(`${GOOD}\nOrigin: O\n${JSON_TYPE}`, '{"token":"F"}'), 204],
    ] as const) {
      expect(await site.raw(fill(request))).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
  });

  it('cannot hold the port by sending slowly or not at all', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => site.raw('GET / HTTP/1.1\r\nHost: 127')),
    );
    expect(answers.every((each) => each === '')).toBe(true);
    expect(await site.raw(fill(get('/')))).toMatch(/^HTTP\/1.1 200/);
  });
});
