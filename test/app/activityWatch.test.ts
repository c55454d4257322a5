import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { writeSettings } from '../desktop/core.ts';
import { freePort } from '../server/activityWatch.ts';
import { until } from '../until.ts';
import { fakeNotify, folder } from './platform.ts';

/** The assistant with no source of its own, so that everything comes through the port. */
async function start(home: string, settings: object, host: 'desktop' | 'headless' = 'headless') {
  writeSettings(home, {
    model: { use: 'none' },
    notifications: false,
    sources: { window: false, idle: false, clipboard: false, keyboard: false, files: false },
    ...settings,
  } as Partial<Settings>);
  const port = await freePort();
  const app = await createApp({
    paths: createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } }),
    ports: {
      clock: systemClock,
      spawn: () => {
        throw new Error('nothing is spawned here');
      },
      notify: fakeNotify().port,
      open: { search: async () => {}, open: async () => {} },
    },
    host,
    demo: false,
    version: '0.0.0',
    beatPort: port,
  });
  onTestFinished(() => app.close());
  const send = (path: string, body: object, key?: string) =>
    fetch(`http://127.0.0.1:${port}/api/0/buckets/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(key && { Authorization: `Bearer ${key}` }) },
      body: JSON.stringify(body),
    }).then(
      (answer) => answer.status,
      () => 'closed' as const,
    );
  const visit = (title: string, url = `https://www.example.org/${title}`) =>
    send('aw-watcher-web-firefox_h/heartbeat?pulsetime=80', {
      timestamp: new Date().toISOString(),
      duration: 0,
      data: { url, title, audible: false, incognito: false, tabCount: 1 },
    });
  const create = () =>
    send('aw-watcher-web-firefox_h', { client: 'aw-client-web', type: 'web.tab.current', hostname: 'h' });
  const seen = async () =>
    (await app.handlers['observations.list']({ limit: 100 })).rows.map((row) => row.event);
  return { app, port, send, visit, create, seen };
}

const on = { activityWatch: { ingest: true } };

it('opens no port until it is chosen, and closes it when it is not any more', async () => {
  const { app, visit, create, seen } = await start(folder(), {});
  expect(await create()).toBe('closed');
  await app.handlers['settings.set']({ activityWatch: { ingest: true } });
  await until('the port', async () => (await create()) !== 'closed');
  const state = await app.handlers['state.get']({});
  expect(state.sources.map((each) => each.name)).toContain('activityWatch');
  expect(await visit('a-page')).toBe(200);
  await until('the page', async () => (await seen()).join().includes('a-page'));
  await app.handlers['settings.set']({ activityWatch: { ingest: false } });
  await until('the port to close', async () => (await create()) === 'closed');
});

it('opens no port before Welcome', async () => {
  const { app, create } = await start(folder(), { ...on, welcomed: false }, 'desktop');
  expect(await create()).toBe('closed');
  await app.handlers['settings.set']({ welcomed: true });
  await until('the port', async () => (await create()) !== 'closed');
});

it('in a pause clients are answered and nothing of that time is kept, then or later', async () => {
  const home = folder();
  const { app, visit, create, seen, send } = await start(home, on);
  await create();
  await visit('before');
  await until('the page', async () => (await seen()).length > 0);
  await app.handlers['capture.pause']({ minutes: null });
  const paused = new Date().toISOString();
  expect(await visit('canary-in-pause')).toBe(200);
  await app.handlers['capture.resume']({});
  await until('watching', async () =>
    (await app.handlers['state.get']({})).sources.some((each) => each.state === 'healthy'),
  );
  // A client with a queue sends late what happened in the pause.
  const late = { url: 'https://example.org/', title: 'canary-in-queue', incognito: false };
  await send('aw-watcher-web-firefox_h/heartbeat?pulsetime=80', {
    timestamp: paused,
    duration: 0,
    data: late,
  });
  await visit('after');
  await until('the page', async () => (await seen()).join().includes('after'));
  const everything = JSON.stringify([await seen(), (await app.log.events({ limit: 500 })).rows]);
  expect(everything).toContain('before');
  expect(everything).not.toContain('canary');
  expect(existsSync(join(home, 'activityWatch.json'))).toBe(true);
});

it('a page carries its site, a search its words, a file its project; the guard counts each source', async () => {
  const { app, visit, create, send, seen } = await start(folder(), on);
  await create();
  await visit('guide');
  await visit('merge two tables', 'https://duckduckgo.com/?q=merge+two+tables&t=h_&ia=web');
  await visit('Sign in', 'https://accounts.example.org/login');
  await send('aw-watcher-vscode_h', {
    client: 'aw-watcher-vscode',
    type: 'app.editor.activity',
    hostname: 'h',
  });
  for (const file of ['/home/x/work/cart.ts', '/home/x/.ssh/id_rsa'])
    await send('aw-watcher-vscode_h/heartbeat?pulsetime=20', {
      timestamp: new Date().toISOString(),
      duration: 0,
      data: { language: 'typescript', project: '/home/x/work', file, branch: 'main' },
    });
  await until('the file', async () => (await seen()).join().includes('cart.ts'));
  const events = (await app.log.events({ kinds: ['window', 'editor'] })).rows;
  expect(events.map((each) => each.data)).toEqual(
    expect.arrayContaining([
      { title: 'guide', page: 'https://www.example.org/guide' },
      { title: 'merge two tables', page: 'https://duckduckgo.com/?q=merge%20two%20tables' },
      { file: 'cart.ts', project: 'work', language: 'typescript' },
    ]),
  );
  expect(await seen()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/searched DuckDuckGo for 'merge two tables'/),
      expect.stringMatching(/working on the file 'cart.ts' of the project 'work'/),
    ]),
  );
  expect(JSON.stringify(events)).not.toMatch(/login|id_rsa|ia=web|\/home/);
  const { counts } = await app.handlers['state.get']({});
  expect(counts.sources.web).toMatchObject({ kept: 2, dropped: 1 });
  expect(counts.sources.editor).toMatchObject({ kept: 1, dropped: 1 });
});

it('a key made in Settings is asked for', async () => {
  const { app, create, send } = await start(folder(), { activityWatch: { ingest: true, needsKey: true } });
  expect(await create()).toBe(401);
  const { key } = await app.handlers['activityWatch.renewKey']({});
  const made = { client: 'c', type: 'web.tab.current', hostname: 'h' };
  expect(await send('b', made, key)).toBe(200);
  expect(await send('b', made, 'x')).toBe(401);
});
