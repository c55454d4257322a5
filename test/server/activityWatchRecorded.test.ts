import { afterEach, expect, it } from 'vitest';
import { CHROME, FIREFOX, startClients, type Clients } from './activityWatch.ts';

/**
 * Whole requests as the extensions' releases send them (aw-watcher-web 0.5.3 in Firefox and Chromium, aw-watcher-vscode
 * 0.5.0 in its Node host), written from the format of their clients. P is the port, T the time of sending.
 */
const JSON_HEAD = 'Content-Type: application/json';
const web = (origin: string, agent: string, path: string, body: object, more = '') =>
  request(
    'POST',
    path,
    `Host: 127.0.0.1:P\nUser-Agent: ${agent}\nAccept: application/json, text/plain, */*\nAccept-Language: en-US,en;q=0.5\nAccept-Encoding: gzip, deflate, br, zstd\n${JSON_HEAD}\nOrigin: ${origin}\nConnection: keep-alive\nSec-Fetch-Dest: empty\nSec-Fetch-Mode: cors\n${more}`,
    body,
  );
const code = (path: string, body: object) =>
  request(
    'POST',
    path,
    `Host: localhost:P\nAccept: application/json, text/plain, */*\nContent-Type: application/json;charset=utf-8\nUser-Agent: axios/0.19.2\nConnection: close\n`,
    body,
  );
function request(method: string, path: string, head: string, body?: object): string {
  const text = body ? JSON.stringify(body) : '';
  const length = body ? `Content-Length: ${text.length}\n` : '';
  return `${method} /api/0/${path} HTTP/1.1\n${head}${length}\n${text}`;
}

const GECKO = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const BLINK =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const tab = (title: string, more: object = {}) => ({
  timestamp: 'T',
  duration: 0,
  data: {
    url: `https://example.org/${title}`,
    title,
    audible: false,
    incognito: false,
    tabCount: 7,
    ...more,
  },
});
const made = { client: 'aw-client-web', type: 'web.tab.current', hostname: 'a-host' };
const FETCHED = 'Sec-Fetch-Site: cross-site\n';
const NONE = 'Sec-Fetch-Site: none\n';

const FIREFOX_DAY = [
  request(
    'GET',
    'info',
    `Host: 127.0.0.1:P\nUser-Agent: ${GECKO}\nAccept: application/json\nOrigin: ${FIREFOX}\nSec-Fetch-Dest: empty\nSec-Fetch-Mode: cors\nSec-Fetch-Site: cross-site\n`,
  ),
  web(FIREFOX, GECKO, 'buckets/aw-watcher-web-firefox_a-host', made, FETCHED),
  web(FIREFOX, GECKO, 'buckets/aw-watcher-web-firefox_a-host/heartbeat?pulsetime=80', tab('one'), FETCHED),
  // On a change it sends the old page a moment before, then the new one.
  web(FIREFOX, GECKO, 'buckets/aw-watcher-web-firefox_a-host/heartbeat?pulsetime=80', tab('one'), FETCHED),
  web(FIREFOX, GECKO, 'buckets/aw-watcher-web-firefox_a-host/heartbeat?pulsetime=80', tab('two'), FETCHED),
];
const CHROME_DAY = [
  `OPTIONS /api/0/buckets/aw-watcher-web-chrome HTTP/1.1\nHost: 127.0.0.1:P\nAccept: */*\nAccess-Control-Request-Method: POST\nAccess-Control-Request-Headers: content-type\nAccess-Control-Request-Private-Network: true\nOrigin: ${CHROME}\nUser-Agent: ${BLINK}\nSec-Fetch-Mode: cors\nSec-Fetch-Site: none\n\n`,
  web(CHROME, BLINK, 'buckets/aw-watcher-web-chrome', made, NONE),
  web(CHROME, BLINK, 'buckets/aw-watcher-web-chrome', made, NONE),
  web(
    CHROME,
    BLINK,
    'buckets/aw-watcher-web-chrome/heartbeat?pulsetime=80',
    tab('secret', { incognito: true }),
    NONE,
  ),
  web(
    CHROME,
    BLINK,
    'buckets/aw-watcher-web-chrome/heartbeat?pulsetime=80',
    tab('three', { innerText: 'x'.repeat(200_000), diffText: 'x' }),
    NONE,
  ),
];
const CODE_DAY = [
  code('buckets/aw-watcher-vscode_a-host', {
    client: 'aw-watcher-vscode',
    type: 'app.editor.activity',
    hostname: 'a-host',
  }),
  code('buckets/aw-watcher-vscode_a-host/heartbeat?pulsetime=20', {
    timestamp: 'T',
    duration: 0,
    data: { language: 'typescript', project: '/home/x/shop', file: '/home/x/shop/cart.ts', branch: 'main' },
  }),
];

const open: Clients[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
});

it.each([
  ['aw-watcher-web in Firefox', FIREFOX_DAY, [200, 200, 200, 200, 200], ['one', 'one', 'two']],
  [
    'aw-watcher-web in Chromium, and the fork that adds the text of the page',
    CHROME_DAY,
    [204, 200, 304, 200, 200],
    ['secret', 'three'],
  ],
  ['aw-watcher-vscode', CODE_DAY, [200, 200], [undefined]],
])('%s is understood to its last header', async (_, requests, statuses, titles) => {
  const clients = await startClients();
  open.push(clients);
  const answers: string[] = [];
  for (const each of requests) {
    const sent = each
      .replaceAll(':P', `:${clients.port}`)
      // As long as the text it stands for.
      .replace('"T"', `"${new Date().toISOString()}"`)
      .replace(
        /Content-Length: (\d+)/,
        (_all, n) => `Content-Length: ${Number(n) + (each.includes('"T"') ? 23 : 0)}`,
      );
    const [head = '', ...body] = sent.split('\n\n');
    answers.push(await clients.raw(`${head.replaceAll('\n', '\r\n')}\r\n\r\n${body.join('\n\n')}`));
  }
  expect(answers.map((answer) => Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]))).toEqual(statuses);
  expect(clients.pulses.map((pulse) => pulse.data['title'])).toEqual(titles);
});
