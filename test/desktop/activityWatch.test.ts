import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { CHROME } from '../server/activityWatch.ts';
import { until } from '../until.ts';
import { startCore, writeSettings, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';

const PORT = 5600;

/** Whether anything listens on the extensions' port. */
function listens(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(PORT, host);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

needs(['Xvfb', 'openbox', 'xdotool', 'xterm'], 'extensions beside the windows of a desktop', () => {
  let display: Display;
  let core: Core;
  const home = mkdtempSync(join(tmpdir(), 'live-aw-'));
  beforeAll(async () => {
    display = await startDisplay();
    writeSettings(join(home, 'data'), {
      model: { use: 'none' },
      trustedBrowsers: ['Chromium'],
      sources: { clipboard: false, keyboard: false, files: false, idle: false },
    });
    const env = { ...display.env, XDG_RUNTIME_DIR: home };
    core = await startCore({ home: join(home, 'data'), env, args: ['--host', 'headless'] });
  }, 60_000);
  afterAll(async () => {
    await core?.stop();
    await display?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const post = (path: string, body: object) =>
    fetch(`http://127.0.0.1:${PORT}/api/0/buckets/aw-watcher-web-chrome${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: CHROME },
      body: JSON.stringify(body),
    }).then(
      ({ status }) => status,
      () => 0,
    );
  const tab = (title: string) =>
    post('/heartbeat?pulsetime=80', {
      timestamp: new Date().toISOString(),
      duration: 0,
      data: {
        url: `https://www.example.org/${title.replaceAll(' ', '-')}`,
        title,
        audible: false,
        incognito: false,
        tabCount: 2,
      },
    });
  const rows = async () => (await core.client.call('observations.list', { limit: 100 })).rows;

  it('nothing listens before it is chosen', async () => {
    expect([await listens('127.0.0.1'), await listens('::1')]).toEqual([false, false]);
    await core.client.call('settings.set', { activityWatch: { ingest: true } });
    await until('the port', () =>
      post('', { client: 'aw-client-web', type: 'web.tab.current', hostname: 'h' }),
    );
    const { sources } = await until('its proof', async () => {
      const state = await core.client.call('state.get', {});
      return state.sources.some((each) => each.name === 'activityWatch' && each.provenAt) ? state : null;
    });
    expect(sources.find((each) => each.name === 'activityWatch')).toMatchObject({ state: 'healthy' });
  });

  it('a page is one observation with its window, and one behind another window is none', async () => {
    display.run('xterm', ['-class', 'Chromium', '-T', 'bread recipes - Chromium']);
    await until(
      'the window',
      async () => (await rows()).some((row) => row.event.includes('bread recipes')),
      20_000,
    );
    expect(await tab('bread recipes')).toBe(200);
    const page = await until('the site', async () =>
      (await rows()).find((row) => row.site === 'example.org'),
    );
    expect(page.event).toContain('bread recipes');
    expect((await rows()).filter((row) => row.event.includes('bread recipes'))).toHaveLength(1);

    display.run('xterm', ['-T', 'a shell of mine']);
    await until(
      'the other window',
      async () => (await rows()).some((row) => row.event.includes('a shell of mine')),
      20_000,
    );
    expect(await tab('hidden behind')).toBe(200);
    await until(
      'the count',
      async () => {
        const { rows: dropped } = await core.client.call('observations.list', { limit: 1 });
        expect(dropped).toHaveLength(1);
        const state = await core.client.call('state.get', {});
        const own = state.sources.find((each) => each.name === 'activityWatch');
        // The page, its end when the other window came, and the count of what was dropped.
        return own && own.events >= 3;
      },
      30_000,
    );
    expect(JSON.stringify(await rows())).not.toContain('hidden behind');
  });

  it('off again, nothing listens', async () => {
    await core.client.call('settings.set', { activityWatch: { ingest: false } });
    await until('the port to close', async () => !(await listens('127.0.0.1')) && !(await listens('::1')));
  });
});
