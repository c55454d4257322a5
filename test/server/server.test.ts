import { mkdtempSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { assistant, type AppState } from '../../src/contract.ts';
import { createPaths } from '../../src/paths.ts';
import { connect, type Handlers } from '../../src/rpc.ts';
import { startServer } from '../../src/server/server.ts';
import { until } from '../until.ts';
import { startSite, type Site } from './site.ts';

/** A WebSocket as the page wraps it. */
const client = (socket: WebSocket) =>
  connect(assistant, {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) => void socket.on('message', (data) => listener(JSON.parse(String(data)))),
    onClose: (listener) => void socket.on('close', listener),
  });
const state = (waiting: number) => ({ reason: 'x'.repeat(60_000), waiting }) as unknown as AppState;
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

describe('the loopback server', () => {
  let site: Site;
  let now = 0;
  beforeEach(async () => {
    now = 1000;
    site = await startSite({ clock: { now: () => now } });
  });
  afterEach(() => site.stop());

  it('gives a page and a strict head with every answer', async () => {
    for (const path of ['/', '/nothing', '/session', '/%2f']) {
      const { headers } = await fetch(site.base + path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
          "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
    expect(await (await fetch(site.base)).text()).toContain('<title>page</title>');
    const script = await fetch(`${site.base}/assets/main-AbCd_-12.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toContain('javascript');
  });

  it('listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each && !each.internal && each.family === 'IPv4')
      .map((each) => each?.address ?? '');
    for (const address of [...outside, '::1']) {
      const reached = await new Promise((resolve) => {
        const socket = dial(site.port, address, () => resolve(true));
        socket.on('error', () => resolve(false));
        socket.setTimeout(500, () => resolve(false));
      });
      expect(reached).toBe(false);
    }
  });

  it('keeps the token in the fragment, takes it once, and hides the cookie from scripts', async () => {
    const url = new URL(site.server.url);
    expect(url.pathname + url.search).toBe('/');
    const token = site.tokenOf(site.server.url);
    expect(Buffer.from(token, 'base64url').length).toBe(32);
    const first = await site.enter(token);
    expect(first.status).toBe(204);
    expect(first.line).toMatch(/^beforehand-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await site.enter(token)).status).toBe(401);
    expect((await site.enter(site.tokenOf(site.server.freshUrl()))).status).toBe(204);
  });

  it('forgets a token after ten minutes', async () => {
    now += 10 * 60_000;
    expect((await site.enter(site.tokenOf(site.server.url))).status).toBe(401);
  });

  it('speaks the contract over the socket, and parses it', async () => {
    const socket = await site.socket((await site.enter()).cookie);
    const page = client(socket);
    expect(await page.call('privacy.sample', { source: 'window' })).toEqual({ stored: 's', never: 'n' });
    await expect(page.call('privacy.sample', { source: 'camera' as never })).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect(site.called).toEqual(['privacy.sample']);
    const heard: unknown[] = [];
    page.on('progress', (progress) => heard.push(progress));
    const progress = { task: 'x', done: 1, total: 2, state: 'running' } as const;
    for (const publish of site.pages) publish('progress', progress);
    await until('the event', () => heard.length > 0);
    expect(heard).toEqual([progress]);
    socket.close();
    await until('the page to be forgotten', () => site.pages.size === 0);
  });

  it.each([
    ['a message over 64 KB', () => `"${'a'.repeat(65 * 1024)}"`, 1009],
    ['bytes', () => Buffer.from('{}'), 1003],
    ['what is no JSON', () => '{', 1007],
  ])('closes on %s', async (_, data, code) => {
    const socket = await site.socket((await site.enter()).cookie);
    const end = closed(socket);
    socket.send(data());
    expect(await end).toBe(code);
  });

  it('closes a page that asks without end', async () => {
    const socket = await site.socket((await site.enter()).cookie);
    const end = closed(socket);
    const input = { suggestion: '0197f000-0000-7000-8000-000000000000' };
    for (let id = 1; id <= 70; id++) socket.send(JSON.stringify({ id, channel: 'answers.stop', input }));
    expect(await end).toBe(1008);
    expect(site.called.length).toBeLessThanOrEqual(64);
  });

  it('gives a slow page the newest state and no observations, by numbers that tell so, and lets go of one that does not read', async () => {
    const socket = await site.socket((await site.enter()).cookie);
    let states = 0;
    let last: unknown;
    let observed = 0;
    let told = 0;
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as { event: string; n: number; payload: { waiting: number } };
      told = message.n;
      if (message.event === 'observed') observed += 1;
      else {
        states += 1;
        last = message.payload.waiting;
      }
    });
    socket.pause();
    const sent = 400;
    for (let n = 1; n <= sent; n++) {
      for (const publish of site.pages) publish('state', state(n));
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.resume();
    await until('the newest state', () => last === sent);
    expect(states).toBeLessThan(sent);
    expect([observed, told]).toEqual([0, 0]);
    socket.pause();
    for (let n = 0; n < sent; n++) {
      for (const publish of site.pages) publish('observed', [{ sentence: 'x'.repeat(60_000) }] as never);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const publish of site.pages) publish('state', state(sent + 1));
    socket.resume();
    await until('the state after them', () => last === sent + 1);
    expect(observed).toBeLessThan(sent);
    expect(told).toBe(sent);
    socket.pause();
    for (let n = 0; n < 600; n++) {
      for (const publish of site.pages) publish('suggestion', { sentence: 'x'.repeat(60_000) } as never);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until('the page to be let go', () => site.pages.size === 0);
    socket.terminate();
  });

  it('takes eight pages and no ninth', async () => {
    const { cookie } = await site.enter();
    const pages = [];
    for (let n = 0; n < 8; n++) pages.push(await site.socket(cookie));
    await expect(site.socket(cookie)).rejects.toThrow('403');
    for (const page of pages) page.terminate();
  });

  it('closes at once, with pages open', async () => {
    const socket = await site.socket((await site.enter()).cookie);
    const end = closed(socket);
    const started = performance.now();
    await site.server.close();
    await end;
    expect(performance.now() - started).toBeLessThan(2000);
    await expect(fetch(site.base)).rejects.toThrow();
  });

  it('says what to do when the port is taken or the page is not built', async () => {
    const rest = { handlers: {} as Handlers<typeof assistant>, subscribe: () => () => {} };
    await expect(startServer({ paths: site.paths, ...rest, port: site.port })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is taken'),
    });
    const paths = { ...createPaths(), page: join(mkdtempSync(join(tmpdir(), 'none-')), 'page') };
    await expect(startServer({ paths, ...rest })).rejects.toMatchObject({ code: 'not-found' });
  });
});
