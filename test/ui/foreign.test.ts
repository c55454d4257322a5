import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs, program } from '../needs.ts';
import { startSite, type Site } from '../server/site.ts';

/** What a foreign page tries, run inside it; each tells what it got, and `read` or `open` would be a breach. */
async function attack(base: string): Promise<Record<string, string>> {
  const frame = () =>
    new Promise<string>((resolve) => {
      const each = document.createElement('iframe');
      each.addEventListener('load', () => {
        // The document of another origin is null, not an error.
        resolve(each.contentDocument?.title === 'page' ? 'read' : 'closed');
      });
      each.src = `${base}/`;
      document.body.append(each);
      setTimeout(() => resolve('closed'), 3000);
    });
  const element = (tag: 'script' | 'img' | 'link', path: string) =>
    new Promise<string>((resolve) => {
      const each = document.createElement(tag);
      each.addEventListener('load', () => resolve('read'));
      each.addEventListener('error', () => resolve('closed'));
      if (each instanceof HTMLLinkElement) {
        each.rel = 'stylesheet';
        each.href = base + path;
      } else each.src = base + path;
      document.body.append(each);
    });
  const socket = (protocols: readonly string[] = []) =>
    new Promise<string>((resolve) => {
      const each = new WebSocket(`${base.replace('http', 'ws')}/ws`, [...protocols]);
      each.addEventListener('open', () => resolve('open'));
      each.addEventListener('error', () => resolve('closed'));
    });
  const get = async (path: string, options: RequestInit) => {
    try {
      const answer = await fetch(base + path, options);
      return answer.type === 'opaque' ? 'closed' : 'read';
    } catch {
      return 'closed';
    }
  };
  const post = { method: 'POST', body: '{"token":"guess"}' } as const;
  const json = { 'Content-Type': 'application/json' };
  return {
    page: await get('/', { credentials: 'include' }),
    'page, opaque': await get('/', { mode: 'no-cors', credentials: 'include' }),
    session: await get('/session', { credentials: 'include' }),
    exchange: await get('/session', { ...post, headers: json, credentials: 'include' }),
    'exchange, simple': await get('/session', { ...post, mode: 'no-cors' }),
    'private network': await get('/session', { ...post, headers: { ...json, 'X-Any': '1' } }),
    socket: await socket(),
    'socket, subprotocol': await socket(['beforehand']),
    script: await element('script', '/assets/main-AbCd_-12.js'),
    image: await element('img', '/session'),
    style: await element('link', '/'),
    frame: await frame(),
  };
}

needs(['chromium'], 'a page of somebody else in the same browser', () => {
  let browser: Browser;
  let site: Site;
  let elsewhere: Server;
  let page: Page;
  const at = () => (elsewhere.address() as AddressInfo).port;

  beforeAll(async () => {
    site = await startSite();
    elsewhere = createServer((_, answer) => {
      answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>elsewhere</title>');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({
      executablePath: program('chromium')!,
      // A name of the attacker's that leads to this machine: what DNS rebinding comes to.
      args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP evil.example 127.0.0.1'],
    });
    const context = await browser.newContext();
    // The person's own window is open in the same browser, so its cookie is there to be misused.
    const { cookie } = await site.enter();
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([
      { name, value, domain: '127.0.0.1', path: '/', httpOnly: true, sameSite: 'Strict' },
    ]);
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => elsewhere?.close(resolve));
    await site?.stop();
  });

  for (const host of ['127.0.0.1', 'localhost', 'evil.example']) {
    it(`reads nothing and opens nothing from ${host}`, async () => {
      await page.goto(`http://${host}:${at()}/`);
      const found = await page.evaluate(attack, site.base);
      expect(Object.entries(found).filter(([, got]) => got !== 'closed')).toEqual([]);
      expect(site.called).toEqual([]);
      expect(site.pages.size).toBe(0);
    });
  }

  it('is turned away when its name leads to our port, whatever it asks', async () => {
    const answer = await page.goto(`http://evil.example:${site.port}/`);
    expect(answer?.status()).toBe(421);
    const found = await page.evaluate(attack, `http://evil.example:${site.port}`);
    // Its own origin: it may see that it was refused, and nothing else.
    expect(found['socket']).toBe('closed');
    expect(found['frame']).toBe('closed');
    expect(found['script']).toBe('closed');
    const bodies = await page.evaluate(
      async (paths) => {
        const all = await Promise.all(paths.map((path) => fetch(path).catch(() => null)));
        return Promise.all(all.map(async (each) => each && [each.status, await each.text()]));
      },
      ['/', '/session', '/assets/main-AbCd_-12.js'],
    );
    expect(JSON.stringify(bodies)).not.toMatch(/title|export|20[04]/);
    expect(site.called).toEqual([]);
  });

  it('while the person’s own page, in the same browser, is let in', async () => {
    await page.goto(`${site.base}/`);
    expect(await page.title()).toBe('page');
    const opened = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/ws`);
          socket.addEventListener('open', () => resolve(true));
          socket.addEventListener('error', () => resolve(false));
        }),
    );
    expect(opened).toBe(true);
  });
});
