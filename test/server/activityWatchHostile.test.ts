import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROME, FIREFOX, startClients, type Clients } from './activityWatch.ts';

/** P stands for the port; LENGTH for the length of the body. */
const GOOD = 'Host: 127.0.0.1:P';
const JSON_TYPE = 'Content-Type: application/json';
const BUCKET = '/api/0/buckets/aw-watcher-web-firefox_host';
const BEATS = `${BUCKET}/heartbeat?pulsetime=80`;
const body = (data = '{"url":"https://example.org/","title":"t"}', at = new Date().toISOString()) =>
  `{"timestamp":"${at}","duration":0,"data":${data}}`;
const post = (path: string, head = `${GOOD}\n${JSON_TYPE}`, text = body(), length = 'LENGTH') =>
  `POST ${path} HTTP/1.1\n${head}\nContent-Length: ${length}\n\n${text}`;
const get = (path: string, head = GOOD) => `GET ${path} HTTP/1.1\n${head}\n\n`;
const made = '{"client":"c","type":"web.tab.current","hostname":"h"}';

const HOSTS = [
  'evil.example:P',
  'evil.example',
  '127.0.0.1',
  'localhost',
  '127.0.0.1:1',
  '127.0.0.1:0P',
  '127.0.0.1:P0',
  '[::1]',
  '[::1]:1',
  '[::ffff:127.0.0.1]:P',
  '[0:0:0:0:0:0:0:1]:P',
  '::1:P',
  '0.0.0.0:P',
  '127.1:P',
  '2130706433:P',
  '0x7f000001:P',
  '0177.0.0.1:P',
  '127.0.0.2:P',
  'localhost.:P',
  'LOCALHOST:P',
  'evil.localhost:P',
  'localhost.evil.example:P',
  'localhost:evil.example:P',
  '127.0.0.1.nip.io:P',
  'evil@127.0.0.1:P',
  '127.0.0.1:P@evil.example',
  '127.0.0.1:P/evil',
  '127.0.0.1:P, evil.example',
  '127.0.0.1:P evil.example',
  '127.0.0.1 :P',
  ':P',
];
const ORIGINS = [
  'null',
  'http://evil.example',
  'https://evil.example',
  'http://127.0.0.1:P',
  'http://localhost:P',
  'http://localhost',
  'file://',
  'moz-extension://',
  'moz-extension://evil',
  'moz-extension://evil.example',
  `${FIREFOX}/`,
  `${FIREFOX}.evil.example`,
  `${FIREFOX}:80`,
  `evil-${FIREFOX}`,
  FIREFOX.toUpperCase(),
  `http://evil.example/${FIREFOX}`,
  `${FIREFOX} http://evil.example`,
  `${FIREFOX}, http://evil.example`,
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  `${CHROME}/`,
  `${CHROME}a`,
  CHROME.replace('chrome', 'safari-web'),
  'chrome-extension://',
  'vscode-webview://evil',
  '*',
];
const PATHS = [
  '/',
  '/api',
  '/api/',
  '/api/0',
  '/api/0/',
  '/api/1/info',
  '/api/0/info/',
  '/api/0/info/x',
  '/api/0//info',
  '//api/0/info',
  '///api/0/info',
  '/api//0/info',
  '/api/0/./info',
  '/./api/0/info',
  '/api/0/../0/info',
  '/api/0/%69nfo',
  '/%61pi/0/info',
  '/api%2f0%2finfo',
  '/api%2F0/info',
  '/api/0%2finfo',
  '/api/0/info%00',
  '/api/0/info%20',
  '/api/0/info;x',
  '/api/0/info#x',
  '/api/0/info?x=1',
  '/api/0/info?',
  '/API/0/INFO',
  '/api\\0\\info',
  '/api/0\\info',
  '/api/0/Info',
  '/api/0/export',
  '/api/0/import',
  '/api/0/settings',
  '/api/0/log',
  '/api/0/query/',
  '/api/0/buckets',
  '/api/0/buckets/',
  '/api/swagger.json',
  '/pages/settings.html',
  '/favicon.ico',
  '/index.html',
  '/.well-known/x',
  'http://127.0.0.1:P/api/0/info',
  'http://evil.example/api/0/info',
  'api/0/info',
  '*',
];
const BUCKET_PATHS = [
  '/api/0/buckets/',
  '/api/0/buckets//',
  '/api/0/buckets/..',
  '/api/0/buckets/.',
  '/api/0/buckets/a/../b',
  '/api/0/buckets/a..b',
  '/api/0/buckets/%2e%2e',
  '/api/0/buckets/%2e%2e%2fx',
  '/api/0/buckets/a%2fb',
  '/api/0/buckets/a%2Fb',
  '/api/0/buckets/a%5cb',
  '/api/0/buckets/a%252fb',
  '/api/0/buckets/a%00b',
  '/api/0/buckets/a%0d%0ab',
  '/api/0/buckets/a%3fb',
  '/api/0/buckets/a%23b',
  '/api/0/buckets/%c0%ae%c0%ae',
  '/api/0/buckets/%ff',
  '/api/0/buckets/%',
  '/api/0/buckets/%zz',
  '/api/0/buckets/a%e2%80%aeb',
  '/api/0/buckets/-a',
  '/api/0/buckets/.a',
  '/api/0/buckets/~',
  '/api/0/buckets/a:b',
  '/api/0/buckets/a;b',
  '/api/0/buckets/<script>',
  '/api/0/buckets/%3Cscript%3E',
  `/api/0/buckets/${'a'.repeat(129)}`,
  `/api/0/buckets/${'a'.repeat(2000)}`,
  '/api/0/buckets/a/',
  '/api/0/buckets/a/events',
  '/api/0/buckets/a/export',
  '/api/0/buckets/a/heartbeat/',
  '/api/0/buckets/a/heartbeat/x',
  '/api/0/buckets/a//heartbeat',
  '/api/0/buckets/a/Heartbeat',
  '/api/0/buckets/a%2fheartbeat',
  '/api/0/buckets/a?x=1',
  '/api/0/buckets/a?',
];
const PULSETIMES = [
  '',
  '?',
  '?pulsetime',
  '?pulsetime=',
  '?pulsetime=x',
  '?pulsetime=-1',
  '?pulsetime=+1',
  '?pulsetime=1e3',
  '?pulsetime=0x10',
  '?pulsetime=NaN',
  '?pulsetime=inf',
  '?pulsetime=Infinity',
  '?pulsetime=1.',
  '?pulsetime=.5',
  '?pulsetime=86401',
  '?pulsetime=9999999',
  '?pulsetime=1&pulsetime=2',
  '?pulsetime=1&x=2',
  '?x=2&pulsetime=1',
  '?pulsetime=1;x',
  '?pulsetime=%31',
  '?PULSETIME=1',
  '?pulsetime=1#x',
  '?pulsetime=1?',
  '?pulsetime=1%00',
];
const BODIES: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '""',
  '1',
  '{}',
  `${body()}x`,
  `${body()}${body()}`,
  `[${body()}]`,
  `\u00ef\u00bb\u00bf${body()}`,
  '\u00ff\u00fe{\u0000}\u0000',
  body('null'),
  body('[]'),
  body('"x"'),
  body('{"a":{"b":{"c":{"d":{"e":1}}}}}'),
  body(`{${Array.from({ length: 65 }, (_, n) => `"k${n}":1`).join()}}`),
  body(`{"${'k'.repeat(65)}":1}`),
  body(`{"a":[${Array.from({ length: 257 }, () => 1).join()}]}`),
  body(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
  body('{"__proto__":{"x":1}}'),
  body('{"constructor":{"prototype":{"x":1}}}'),
  body('{"a":{"__proto__":1}}'),
  body(undefined, ''),
  body(undefined, 'yesterday'),
  body(undefined, '1732440000'),
  body(undefined, '2026-13-01T00:00:00Z'),
  body(undefined, '2026-11-24'),
  body(undefined, '2026-11-24T00:00:00+99:99x'),
  body(undefined, '0001-01-01T00:00:00Z'),
  body(undefined, '9999-01-01T00:00:00Z'),
  body(undefined, `2026-11-24T00:00:00.${'0'.repeat(100)}Z`),
  '{"timestamp":1732440000,"duration":0,"data":{}}',
  '{"timestamp":null,"duration":0,"data":{}}',
  '{"duration":0,"data":{}}',
  body().replace('"duration":0', '"duration":-1'),
  body().replace('"duration":0', '"duration":1e309'),
  body().replace('"duration":0', '"duration":99999999'),
  body().replace('"duration":0', '"duration":"1"'),
  body().replace('"duration":0', '"duration":null'),
];
const BUCKET_BODIES = [
  '{}',
  '[]',
  '{"client":"c","type":"web.tab.current"}',
  '{"client":"c","hostname":"h"}',
  '{"client":1,"type":"web.tab.current","hostname":"h"}',
  '{"client":"c","type":["web.tab.current"],"hostname":"h"}',
  '{"client":"","type":"t","hostname":"h"}',
  `{"client":"c","type":"${'t'.repeat(129)}","hostname":"h"}`,
  `{"client":"c","type":"t","hostname":"${'h'.repeat(256)}"}`,
  '{"__proto__":{"client":"c","type":"t","hostname":"h"}}',
];
const many = (
  what: string,
  values: readonly string[],
  request: (value: string) => string,
): [string, string][] =>
  values.map((value) => [`${what} ${JSON.stringify(value).slice(0, 70)}`, request(value)]);

const HOSTILE: readonly (readonly [string, string])[] = [
  ...many('Host', HOSTS, (host) => post(BEATS, `Host: ${host}\n${JSON_TYPE}`)),
  ...many('Host for info', HOSTS.slice(0, 8), (host) => get('/api/0/info', `Host: ${host}`)),
  ...many('Origin', ORIGINS, (origin) => post(BEATS, `${GOOD}\nOrigin: ${origin}\n${JSON_TYPE}`)),
  ...many('Origin for info', ORIGINS.slice(0, 8), (origin) =>
    get('/api/0/info', `${GOOD}\nOrigin: ${origin}`),
  ),
  ...many(
    'preflight of',
    ORIGINS,
    (origin) =>
      `OPTIONS ${BEATS} HTTP/1.1\n${GOOD}\nOrigin: ${origin}\nAccess-Control-Request-Method: POST\n\n`,
  ),
  ...many('path', PATHS, (path) => get(path)),
  ...many('bucket', BUCKET_PATHS, (path) =>
    post(path, undefined, path.includes('heartbeat') ? body() : made),
  ),
  ...many('pulsetime', PULSETIMES, (query) => post(`${BUCKET}/heartbeat${query}`)),
  ...many('heartbeat', BODIES, (text) => post(BEATS, undefined, text)),
  ...many('new bucket', BUCKET_BODIES, (text) => post(BUCKET, undefined, text)),
  ...many(
    'method',
    ['PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'GET', 'PROPFIND', 'LINK', 'post', 'PO ST'],
    (method) => post(BEATS).replace('POST', method),
  ),
  ...many(
    'method for info',
    ['POST', 'PUT', 'DELETE', 'HEAD', 'TRACE'],
    (method) => `${method} /api/0/info HTTP/1.1\n${GOOD}\nContent-Length: 0\n\n`,
  ),
  ...many(
    'type',
    [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
      'application/json, text/plain',
      'application/jsonp',
      'text/json',
      'application/csp-report',
      '',
    ],
    (type) => post(BEATS, `${GOOD}\nContent-Type: ${type}`),
  ),
  ['no type', post(BEATS, GOOD)],
  ['no Host', post(BEATS, JSON_TYPE)],
  ['no Host in HTTP/1.0', get('/api/0/info', '').replace('1.1\n', '1.0')],
  ['two Hosts', post(BEATS, `${GOOD}\nHost: evil.example\n${JSON_TYPE}`)],
  ['two good Hosts', post(BEATS, `${GOOD}\n${GOOD}\n${JSON_TYPE}`)],
  ['forwarded Host', post(BEATS, `Host: evil.example\nX-Forwarded-Host: 127.0.0.1:P\n${JSON_TYPE}`)],
  ['two Origins', post(BEATS, `${GOOD}\nOrigin: ${FIREFOX}\nOrigin: http://evil.example\n${JSON_TYPE}`)],
  ['an empty Origin', post(BEATS, `${GOOD}\nOrigin:\n${JSON_TYPE}`)],
  ['two types', post(BEATS, `${GOOD}\n${JSON_TYPE}\nContent-Type: text/plain`)],
  ['a browser that hides its origin', post(BEATS, `${GOOD}\nSec-Fetch-Site: cross-site\n${JSON_TYPE}`)],
  [
    'a preflight without origin',
    `OPTIONS ${BEATS} HTTP/1.1\n${GOOD}\nAccess-Control-Request-Method: POST\n\n`,
  ],
  [
    'a preflight for DELETE',
    `OPTIONS ${BUCKET} HTTP/1.1\n${GOOD}\nOrigin: ${FIREFOX}\nAccess-Control-Request-Method: DELETE\n\n`,
  ],
  ['a preflight for nothing', `OPTIONS ${BUCKET} HTTP/1.1\n${GOOD}\nOrigin: ${FIREFOX}\n\n`],
  [
    'a preflight of a read',
    `OPTIONS ${BUCKET}/events HTTP/1.1\n${GOOD}\nOrigin: ${FIREFOX}\nAccess-Control-Request-Method: GET\n\n`,
  ],
  [
    'a preflight with a body',
    `OPTIONS ${BUCKET} HTTP/1.1\n${GOOD}\nOrigin: ${FIREFOX}\nAccess-Control-Request-Method: POST\nContent-Length: 2\n\n{}`,
  ],
  ['chunked', `POST ${BEATS} HTTP/1.1\n${GOOD}\n${JSON_TYPE}\nTransfer-Encoding: chunked\n\n2\n{}\n0\n\n`],
  [
    'both lengths',
    `POST ${BEATS} HTTP/1.1\n${GOOD}\n${JSON_TYPE}\nTransfer-Encoding: chunked\nContent-Length: 2\n\n2\n{}\n0\n\n`,
  ],
  [
    'odd chunking',
    `POST ${BEATS} HTTP/1.1\n${GOOD}\n${JSON_TYPE}\nTransfer-Encoding: xchunked\n\n2\n{}\n0\n\n`,
  ],
  ['no length', `POST ${BEATS} HTTP/1.1\n${GOOD}\n${JSON_TYPE}\n\n${body()}`],
  ['two lengths', post(BEATS, `${GOOD}\n${JSON_TYPE}\nContent-Length: 1`)],
  ['a negative length', post(BEATS, undefined, body(), '-1')],
  ['a signed length', post(BEATS, undefined, body(), '+5')],
  ['a hex length', post(BEATS, undefined, body(), '0x10')],
  ['a length too short', post(BEATS, undefined, body(), '5')],
  ['a length too long', post(BEATS, undefined, body(), '5000')],
  ['a huge length', post(BEATS, undefined, body(), '999999999')],
  ['a length beyond numbers', post(BEATS, undefined, body(), '99999999999999999999')],
  ['a body that is too large', post(BEATS, undefined, body(`{"url":"${'a'.repeat(600_000)}"}`))],
  ['gzip', post(BEATS, `${GOOD}\n${JSON_TYPE}\nContent-Encoding: gzip`)],
  ['deflate', post(BEATS, `${GOOD}\n${JSON_TYPE}\nContent-Encoding: deflate`)],
  ['waiting for 100', post(BEATS, `${GOOD}\n${JSON_TYPE}\nExpect: 100-continue`)],
  ['another expectation', post(BEATS, `${GOOD}\n${JSON_TYPE}\nExpect: nothing`)],
  ['info with a body', `GET /api/0/info HTTP/1.1\n${GOOD}\nContent-Length: 2\n\n{}`],
  [
    'a WebSocket',
    get(
      '/api/0/info',
      `${GOOD}\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==`,
    ),
  ],
  [
    'HTTP/2 by upgrade',
    get(
      '/api/0/info',
      `${GOOD}\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA`,
    ),
  ],
  ['CONNECT', `CONNECT evil.example:443 HTTP/1.1\n${GOOD}\n\n`],
  ['PRI', 'PRI * HTTP/2.0\n\nSM\n\n'],
  ['OPTIONS *', `OPTIONS * HTTP/1.1\n${GOOD}\n\n`],
  ['large headers', get('/api/0/info', `${GOOD}\nX-Large: ${'a'.repeat(20_000)}`)],
  [
    'many headers',
    get('/api/0/info', `${GOOD}\n${Array.from({ length: 2500 }, (_, n) => `X${n}: 1`).join('\n')}`),
  ],
  ['a folded header', get('/api/0/info', `${GOOD}\nX-Folded: a\n b`)],
  ['a header without name', get('/api/0/info', `${GOOD}\n: x`)],
  ['a space before the colon', get('/api/0/info', `${GOOD}\nOrigin : http://evil.example`)],
  ['a NUL in a header', get('/api/0/info', `${GOOD}\nX: a\0b`)],
  ['HTTP/0.9', 'GET /api/0/info\n\n'],
  ['HTTP/3', `GET /api/0/info HTTP/3.0\n${GOOD}\n\n`],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['noise', '\x00\x01\x02\x03\xff\xfe'],
  ['a cookie for a key', post(BEATS.replace('firefox', 'nobody'), `${GOOD}\n${JSON_TYPE}\nCookie: key=x`)],
];

describe('hostile requests to the port of ActivityWatch clients', () => {
  let clients: Clients;
  beforeAll(async () => {
    // A clock that runs fast, so that the bound on requests is not what turns them away.
    let at = Date.now();
    clients = await startClients({ clock: { now: () => (at += 1000) } });
    await clients.post('buckets/aw-watcher-web-firefox_host', JSON.parse(made));
    await clients.post('buckets/a', JSON.parse(made));
  });
  afterAll(async () => clients.stop());

  const fill = (request: string) => {
    const [head = '', ...rest] = request.replaceAll('\n', '\r\n').split('\r\n\r\n');
    const text = rest.join('\r\n\r\n');
    const filled = head.replaceAll(':P', `:${clients.port}`).replace('LENGTH', String(text.length));
    return Buffer.from(`${filled}\r\n\r\n${text}`, 'latin1');
  };

  it('are many', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(300);
  });

  it(
    'are all refused: no heartbeat is taken, no bucket made, nothing said but the status',
    { timeout: 180_000 },
    async () => {
      const wrong: string[] = [];
      const queue = [...HOSTILE];
      const work = async () => {
        for (let next = queue.pop(); next; next = queue.pop()) {
          const [name, request] = next;
          const answer = await clients.raw(fill(request));
          const refused = /^$|^HTTP\/1\.[01] (?:4\d\d|501|505) /.test(answer);
          const quiet =
            !/Access-Control-Allow-Origin: (?!moz-extension:\/\/0a1b)|evil|device_id|Powered|100 Continue/i.test(
              answer,
            );
          if (!refused || !quiet) wrong.push(`${name}: ${answer.split('\r\n')[0]}`);
        }
      };
      await Promise.all(Array.from({ length: 16 }, work));
      expect(wrong).toEqual([]);
      expect(clients.pulses).toEqual([]);
      expect((await clients.post('buckets/c/heartbeat?pulsetime=1', JSON.parse(body()))).status).toBe(404);
    },
  );

  it('leave the same requests, asked properly, answered', async () => {
    for (const [request, status] of [
      [get('/api/0/info'), 200],
      [get('/api/0/info', 'Host: localhost:P'), 200],
      [get('/api/0/info', 'Host: [::1]:P'), 200],
      [post(BUCKET, undefined, made), 304],
      [post(BEATS), 200],
      [post(BEATS, `${GOOD}\nOrigin: ${CHROME}\n${JSON_TYPE};charset=UTF-8`), 200],
      [post('/api/0/buckets/aw-watcher-vscode_%E7%8E%8B%20host', undefined, made), 200],
    ] as const) {
      expect([request, await clients.raw(fill(request))]).toEqual([
        request,
        expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} `)),
      ]);
    }
    expect(clients.pulses).toHaveLength(2);
  });
});
