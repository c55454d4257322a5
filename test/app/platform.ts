import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createApp, type App } from '../../src/app.ts';
import { Event } from '../../src/model/event.ts';
import type { Emit, Health, Monitor } from '../../src/model/monitor.ts';
import type { NotifyPort } from '../../src/model/ports.ts';
import type { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { writeSettings } from '../desktop/core.ts';

/** A folder of this test's own. */
export function folder(): string {
  const place = mkdtempSync(join(tmpdir(), 'beforehand-app-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  return place;
}

/** A monitor that emits what a test gives it. */
export function fakeMonitor(name = 'fake', start: () => Promise<void> = async () => {}) {
  let emit: Emit | null = null;
  let health: Health = { name, state: 'off', events: 0, restarts: 0 };
  const calls: string[] = [];
  const monitor: Monitor = {
    name,
    health: () => health,
    async start(to) {
      calls.push('start');
      await start();
      emit = to;
      health = { ...health, state: 'healthy' };
      return async () => {
        calls.push('stop');
        health = { ...health, state: 'off' };
      };
    },
  };
  return {
    monitor,
    calls,
    watching: () => health.state === 'healthy',
    emit: (event: Event) => emit?.(event),
  };
}

/** A notification service that shows nothing and remembers. */
export function fakeNotify() {
  const shown: {
    title: string;
    body: string;
    keys: string[];
    labels: string[];
    click(key: string): void;
    closed: boolean;
  }[] = [];
  const port: NotifyPort = {
    available: async () => true,
    async show(note) {
      const each = {
        title: note.title,
        body: note.body,
        keys: note.actions.map(({ key }) => key),
        labels: note.actions.map(({ label }) => label),
        click: note.onAction,
        closed: false,
      };
      shown.push(each);
      return { close: async () => void (each.closed = true) };
    },
    close: async () => {},
  };
  return { port, shown };
}

/** The recorded demo day, whose times are as they were recorded. */
export function demoDay(): Event[] {
  const file = fileURLToPath(new URL('../../src/assets/demo/day.jsonl', import.meta.url));
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Event.parse(JSON.parse(line)));
}

/** An assistant on a platform of the test's own: real log, real stages, one fake source and a clock that is told. */
export async function startApp(
  home: string,
  options: { settings?: Partial<Settings> | null; now?: number; host?: 'desktop' | 'headless' } = {},
): Promise<{
  app: App;
  source: ReturnType<typeof fakeMonitor>;
  notes: string[];
  searches: string[];
  opened: string[];
  feed(event: Event): Promise<void>;
  setClock(now: number): void;
}> {
  if (options.settings !== null) {
    writeSettings(home, {
      model: { use: 'none' },
      eagerness: 1,
      notifications: false,
      ...(options.settings as object),
    });
  }
  let now = options.now ?? Date.UTC(2026, 2, 10, 9);
  const source = fakeMonitor();
  const notes: string[] = [];
  const searches: string[] = [];
  const opened: string[] = [];
  const app = await createApp({
    paths: createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } }),
    ports: {
      clock: { now: () => now },
      spawn: () => {
        throw new Error('nothing is spawned here');
      },
      notify: fakeNotify().port,
      open: {
        search: async (query) => void searches.push(query),
        open: async (path) => void opened.push(path),
      },
    },
    host: options.host ?? 'headless',
    demo: false,
    version: '0.0.0',
    onNote: (line) => notes.push(line),
    sense: () => ({ monitors: [source.monitor], focus: () => ({ source: 'window' }) }),
  });
  onTestFinished(() => app.close());
  return {
    app,
    source,
    notes,
    searches,
    opened,
    async feed(event) {
      now = Math.max(now, event.at + event.duration);
      source.emit(event);
      await app.idle();
    },
    setClock: (to) => void (now = to),
  };
}
