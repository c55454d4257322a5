import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow } from '../../src/server/window.ts';
import { needs } from '../needs.ts';
import { startSite, type Site } from '../server/site.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'chromium'], 'browser mode in a real window', () => {
  let display: Display;
  let site: Site;
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  beforeAll(async () => {
    display = await startDisplay();
    site = await startSite();
    // A page that does what ours does: exchange the token, open the socket, ask, and say so in its title.
    writeFileSync(
      join(site.paths.page, 'index.html'),
      '<!doctype html><script src="/assets/main-AbCd_-12.js"></script>',
    );
    writeFileSync(
      join(site.paths.page, 'assets', 'main-AbCd_-12.js'),
      `const token = location.hash.slice(7);
      const answer = await0();
      async function await0() {
        const entered = await fetch('/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) });
        const socket = new WebSocket('ws://' + location.host + '/ws');
        socket.onopen = () => socket.send(JSON.stringify({ id: 1, channel: 'privacy.sample', input: { source: 'window' } }));
        socket.onmessage = (event) => { document.title = 'answered ' + entered.status + ' ' + JSON.parse(event.data).output.stored + (document.cookie ? ' cookie' : ''); };
      }`,
    );
  });
  afterAll(async () => {
    await site?.stop();
    await display?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens, enters with the token, speaks the contract, and closes', async () => {
    const url = site.server.freshUrl();
    const window = await openWindow(url, { folder, env: display.env });
    expect(window).not.toBeNull();
    const find = () =>
      display.call('xdotool', ['search', '--onlyvisible', '--name', '^answered']).catch(() => '');
    const id = (await until('the page to be answered', find, 30_000, 100)).trim();
    expect((await display.call('xdotool', ['getwindowname', id])).trim()).toBe('answered 204 s');
    const token = site.tokenOf(url);
    const lines = readdirSync('/proc')
      .filter((each) => /^\d+$/.test(each))
      .map((each) => {
        try {
          return readFileSync(join('/proc', each, 'cmdline'), 'utf8');
        } catch {
          return '';
        }
      });
    expect(lines.some((line) => line.includes(folder))).toBe(true);
    expect(lines.some((line) => line.includes(token))).toBe(false);
    await window?.close();
    await until('the window to be gone', async () => (await find()) === '');
  });
});
