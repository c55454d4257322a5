import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../src/model/ports.ts';
import { listenForBeats } from '../../src/server/activityWatchPort.ts';
import { CHROME, FIREFOX, freePort, startClients, type Clients } from './activityWatch.ts';

const open: Clients[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop();
});
const start = async (...options: Parameters<typeof startClients>) => {
  const clients = await startClients(...options);
  open.push(clients);
  return clients;
};

const web = 'buckets/aw-watcher-web-firefox_host';
const tab = (title: string) => ({
  url: `https://example.org/${title}`,
  title,
  audible: false,
  incognito: false,
  tabCount: 3,
});
const beat = (at: number, data: object, duration = 0) => ({
  timestamp: new Date(at).toISOString(),
  duration,
  data,
});
const bucket = { client: 'aw-client-web', type: 'web.tab.current', hostname: 'host' };

it('answers the three calls as aw-server does, and no other', async () => {
  const clients = await start();
  const info = await fetch(`${clients.base}/api/0/info`);
  expect(info.status).toBe(200);
  expect(await info.json()).toEqual({
    hostname: expect.any(String),
    version: expect.stringMatching(/^v\d/),
    testing: false,
    device_id: expect.any(String),
  });
  expect((await clients.post(`${web}/heartbeat?pulsetime=80`, beat(Date.now(), tab('a')))).status).toBe(404);
  expect((await clients.post(web, bucket)).status).toBe(200);
  expect((await clients.post(web, bucket)).status).toBe(304);
  expect((await clients.post(`${web}/heartbeat`, beat(Date.now(), tab('a')))).status).toBe(400);
  const now = Date.now();
  const answer = await clients.post(`${web}/heartbeat?pulsetime=80`, beat(now, tab('a')));
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    timestamp: new Date(now).toISOString(),
    duration: 0,
    data: tab('a'),
  });
  for (const path of [
    'buckets/',
    'buckets',
    web,
    `${web}/events`,
    `${web}/events/1`,
    'export',
    'settings',
    'query/',
  ])
    expect([path, (await fetch(`${clients.base}/api/0/${path}`)).status]).toEqual([
      path,
      expect.toSatisfy((status: number) => status === 404 || status === 405),
    ]);
  expect(clients.pulses).toHaveLength(1);
});

it('merges by pulsetime, bucket by bucket, in the order of arrival', async () => {
  const clients = await start();
  const other = 'buckets/aw-watcher-web-chrome_host';
  await clients.post(web, bucket);
  await clients.post(other, bucket);
  const now = Date.now() - 1000;
  const send = async (path: string, at: number, title: string, pulsetime: number, duration = 0) => {
    const answer = await clients.post(
      `${path}/heartbeat?pulsetime=${pulsetime}`,
      beat(at, tab(title), duration),
    );
    return (await answer.json()) as { timestamp: string; duration: number };
  };
  const first = new Date(now).toISOString();
  await send(web, now, 'a', 0.2);
  expect(await send(web, now + 200, 'a', 0.2)).toMatchObject({ timestamp: first, duration: 0.2 });
  // Another bucket between the two changes nothing.
  expect(await send(other, now + 300, 'a', 0.2)).toMatchObject({ duration: 0 });
  expect(await send(web, now + 400, 'a', 0.2)).toMatchObject({ timestamp: first, duration: 0.4 });
  // Never shorter; earlier than the last is new; too late is new.
  expect(await send(web, now + 100, 'a', 0.2, 0.1)).toMatchObject({ timestamp: first, duration: 0.4 });
  expect(await send(web, now - 1, 'a', 0.2)).toMatchObject({ duration: 0 });
  expect(await send(web, now + 201, 'a', 0.2)).toMatchObject({ duration: 0 });
  expect(await send(web, now + 202, 'b', 0.2)).toMatchObject({ duration: 0 });
  expect(clients.pulses.map((each) => each.isNew)).toEqual([
    true,
    false,
    true,
    false,
    false,
    true,
    true,
    true,
  ]);
});

it('many heartbeats of one bucket at once are one event', async () => {
  const clients = await start();
  await clients.post(web, bucket);
  const now = Date.now();
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      clients.post(`${web}/heartbeat?pulsetime=80`, beat(now + (n % 5), tab('same'))),
    ),
  );
  expect(clients.pulses).toHaveLength(40);
  expect(clients.pulses.filter((each) => each.isNew).length).toBeLessThanOrEqual(5);
});

it('is open on both loopback addresses and on no other, and on none when it is not wanted', async () => {
  const clients = await start();
  const get = `GET /api/0/info HTTP/1.1\r\nHost: localhost:${clients.port}\r\nConnection: close\r\n\r\n`;
  expect(await clients.raw(get)).toMatch(/^HTTP\/1.1 200/);
  const six = Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === '::1'));
  if (six) {
    expect(await clients.raw(get, '::1')).toMatch(/^HTTP\/1.1 200/);
    expect(await clients.raw(get.replace('localhost', '[::1]'), '::1')).toMatch(/^HTTP\/1.1 200/);
  }
  const others = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter((each) => !each.internal && each.family === 'IPv4');
  for (const { address } of others) expect(await clients.raw(get, address)).toBe('');
  await clients.clients.follow(false);
  await clients.detach();
  expect(await clients.raw(get)).toBe('');
});

it('while nobody listens it acknowledges and keeps nothing; afterwards it merges with nothing of that time', async () => {
  const clients = await start();
  await clients.post(web, bucket);
  const now = Date.now();
  await clients.post(`${web}/heartbeat?pulsetime=80`, beat(now, tab('before')));
  await clients.detach();
  const answer = await clients.post(`${web}/heartbeat?pulsetime=80`, beat(now + 1, tab('paused')));
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ duration: 0 })]);
  expect(clients.pulses.map((each) => each.data['title'])).toEqual(['before']);
  const end = await clients.open();
  await clients.post(`${web}/heartbeat?pulsetime=80`, beat(now + 2, tab('before')));
  expect(clients.pulses.at(-1)).toMatchObject({ at: now + 2, isNew: true });
  await end();
});

it('knows its buckets after a restart, and holds nothing else of them', async () => {
  const first = await start();
  const vscode = 'buckets/aw-watcher-vscode_a%20host';
  await first.post(vscode, { client: 'aw-watcher-vscode', type: 'app.editor.activity', hostname: 'a host' });
  await first.stop(true);
  open.pop();
  const file = join(first.home, 'activityWatch.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    buckets: { 'aw-watcher-vscode_a host': 'app.editor.activity' },
  });
  const second = await start({ home: first.home });
  const sent = await second.post(`${vscode}/heartbeat?pulsetime=20`, beat(Date.now(), { file: 'a.ts' }));
  expect([sent.status, second.pulses[0]?.type]).toEqual([200, 'app.editor.activity']);
});

it('a damaged bucket file is an empty one, and many buckets push out the one not used for longest', async () => {
  const first = await start();
  await first.stop(true);
  open.pop();
  writeFileSync(join(first.home, 'activityWatch.json'), '{"buckets": 3');
  const clients = await start({ home: first.home });
  for (let n = 0; n <= 64; n++) await clients.post(`buckets/b${n}`, bucket);
  expect((await clients.post('buckets/b0/heartbeat?pulsetime=1', beat(Date.now(), {}))).status).toBe(404);
  expect((await clients.post('buckets/b64/heartbeat?pulsetime=1', beat(Date.now(), {}))).status).toBe(200);
});

it('asks for its key where that is on, except for info and preflights; a new key ends the old one', async () => {
  const clients = await start({ needsKey: true });
  expect(clients.notes.join()).toContain('none was made');
  expect((await clients.post(web, bucket)).status).toBe(401);
  const key = await clients.clients.renewKey();
  expect(clients.notes.at(-1)).toBe('');
  const file = join(clients.home, 'activityWatch.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).not.toContain(key);
  const bearer = (value: string) => ({ Authorization: value });
  expect((await clients.post(web, bucket, bearer(`Bearer ${key}`))).status).toBe(200);
  for (const wrong of [
    key,
    `Basic ${key}`,
    `bearer ${key}`,
    `Bearer ${key}x`,
    `Bearer ${key.slice(1)}`,
    'Bearer ',
  ])
    expect([wrong, (await clients.post(web, bucket, bearer(wrong))).status]).toEqual([wrong, 401]);
  expect((await fetch(`${clients.base}/api/0/info`)).status).toBe(200);
  await clients.clients.renewKey();
  expect((await clients.post(web, bucket, bearer(`Bearer ${key}`))).status).toBe(401);
  clients.change({ needsKey: false });
  expect((await clients.post(web, bucket)).status).toBe(304);
});

it('lets in Firefox extensions, the origins of the settings and programs, each with the headers it needs', async () => {
  const clients = await start();
  for (const origin of [FIREFOX, CHROME]) {
    const preflight = await fetch(`${clients.base}/api/0/${web}`, {
      method: 'OPTIONS',
      headers: {
        Origin: origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type',
        'Access-Control-Request-Private-Network': 'true',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-private-network')).toBe('true');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('content-type');
    const sent = await clients.post(web, bucket, { Origin: origin });
    expect(sent.headers.get('access-control-allow-origin')).toBe(origin);
    expect([200, 304]).toContain(sent.status);
    expect(sent.headers.get('access-control-allow-credentials')).toBe(null);
  }
  // A page of the web may never send, whatever is written into the settings.
  clients.change({ origins: ['https://example.org', '*', 'null'] });
  for (const origin of ['https://example.org', '*', 'null'])
    expect((await clients.post(web, bucket, { Origin: origin })).status).toBe(403);
  expect((await clients.post(web, bucket, { Origin: CHROME })).status).toBe(403);
});

it('bounds a client that runs wild, and goes on for others when it stops', async () => {
  const clock = { now: () => at };
  let at = 1_800_000_000_000;
  const clients = await start({ clock });
  const get = `GET /api/0/info HTTP/1.1\r\nHost: localhost:${clients.port}\r\n\r\n`;
  const all = await Promise.all(
    Array.from({ length: 10 }, () => clients.raw(get.repeat(90), '127.0.0.1', 1500)),
  );
  const status = (code: number) => all.join('').split(`HTTP/1.1 ${code} `).length - 1;
  expect(status(200)).toBeLessThanOrEqual(600);
  expect(status(429)).toBeGreaterThan(0);
  at += 2000;
  expect(await clients.raw(get)).toMatch(/^HTTP\/1.1 200/);
});

it('cannot be held by connections that send slowly or not at all', { timeout: 40_000 }, async () => {
  const clients = await start();
  const idle = Array.from({ length: 100 }, () => connect(clients.port, '127.0.0.1').on('error', () => {}));
  for (const socket of idle) socket.write('POST /api/0/');
  const get = `GET /api/0/info HTTP/1.1\r\nHost: localhost:${clients.port}\r\n\r\n`;
  let answer = '';
  for (const end = Date.now() + 30_000; !answer && Date.now() < end;) answer = await clients.raw(get);
  expect(answer).toMatch(/^HTTP\/1.1 200/);
  for (const socket of idle) socket.destroy();
});

it('a port that another program has is named, and taken once it is free', async () => {
  const { createServer } = await import('node:net');
  const port = await freePort();
  const squatter = createServer((socket) =>
    socket.resume().end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
  );
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  const clients = await start({ port, listen: false });
  await expect(clients.open()).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining(`port ${port} is taken`),
  });
  await new Promise((resolve) => squatter.close(resolve));
  await clients.open();
  expect((await fetch(`${clients.base}/api/0/info`)).status).toBe(200);
});

it('proves by asking itself that it answers, on both addresses', async () => {
  const clients = await start();
  expect(await clients.prove()).toEqual({ ok: true });
  // Bounded is answering too.
  const busy = await start({ clock: { now: () => 0 } });
  const get = `GET /api/0/info HTTP/1.1\r\nHost: localhost:${busy.port}\r\n\r\n`;
  await Promise.all(Array.from({ length: 10 }, () => busy.raw(get.repeat(70), '127.0.0.1', 1000)));
  expect(await busy.prove()).toEqual({ ok: true });
});

it('does not answer where it is closed', async () => {
  const port = await freePort();
  const opened = await listenForBeats({
    port,
    clock: systemClock,
    buckets: { create: () => true, type: () => undefined, saved: async () => {} },
    rules: () => ({ origins: [], opens: null }),
    take: (beat) => ({ ...beat, isNew: true }),
  });
  if (!('port' in opened)) throw new Error('the port is taken');
  expect(await opened.port.answers()).toBe(true);
  await opened.port.close();
  expect(await opened.port.answers()).toBe(false);
});
