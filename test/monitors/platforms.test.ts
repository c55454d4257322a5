import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { systemClock, type Child } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor } from '../../src/monitors/clipboard.ts';
import { createIdleMonitor } from '../../src/monitors/idle.ts';
import { createKeyboardMonitor } from '../../src/monitors/keyboard.ts';
import { createChildKeys, runKeys } from '../../src/monitors/keysChild.ts';
import { createLentClipboard, createLentIdle } from '../../src/monitors/lent.ts';
import { createMacWindow, macFocus } from '../../src/monitors/mac/window.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createWinWindow, winFocus } from '../../src/monitors/win/window.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { expectMissing, recordingGuard, testMonitor } from '../suites/monitor.ts';
import { until } from '../until.ts';

const clock = systemClock;
const backOff = { first: 50, limit: 200 };
const { guard } = recordingGuard();

/** Written from index.d.ts of get-windows 9.3.0; no recording of a real machine. */
const macResult = {
  platform: 'macos',
  id: 5762,
  title: 'Unicorns - Google Search',
  bounds: { x: 0, y: 0, height: 900, width: 1440 },
  owner: {
    name: 'Google Chrome',
    processId: 310,
    bundleId: 'com.google.Chrome',
    path: '/Applications/Google Chrome.app',
  },
  memoryUsage: 11_015_432,
};
const winResult = {
  ...macResult,
  platform: 'windows',
  owner: { name: 'Google Chrome', processId: 310, path: 'C:\\Program Files\\Google\\chrome.exe' },
  contentBounds: { x: 0, y: 0, height: 900, width: 1440 },
};

/** A keys child without a process: what the parent sees of one. */
function fakeChild() {
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  const listeners: ((message: unknown) => void)[] = [];
  const child: Child = {
    pid: 1,
    send(message) {
      const asked = (message as { kind?: string }).kind === 'ask';
      if (asked) queueMicrotask(() => listeners.forEach((each) => each({ kind: 'alive' })));
    },
    onMessage(listener) {
      listeners.push(listener);
      queueMicrotask(() => listener({ kind: 'ready' }));
    },
    onExit: (listener) => void exits.push(listener),
    kill: () => queueMicrotask(() => exits.splice(0).forEach((exit) => exit(null, 'SIGTERM'))),
  };
  return { child, tell: (message: unknown) => listeners.forEach((listener) => listener(message)) };
}

for (const [name, create, shape] of [
  ['macOS', createMacWindow, macResult],
  ['Windows', createWinWindow, winResult],
] as const) {
  testMonitor(`window of ${name} (not run on this platform)`, async () => {
    let number = 0;
    let dead = false;
    const query = async () => {
      if (dead) throw new Error('no permission any more');
      return { ...shape, title: `page ${number}` };
    };
    return {
      monitor: createWindowMonitor({ adapter: create(query), guard, clock, backOff }),
      provoke: () => void number++,
      source: { kill: () => void (dead = true), revive: () => void (dead = false) },
    };
  });
}

testMonitor('clipboard by a port (not run on this platform)', async () => {
  let changes = 0;
  let dead = false;
  const port = {
    async changes() {
      if (dead) throw new Error('the host is gone');
      return changes;
    },
    formats: async () => ['text/plain'],
    text: async () => `copy ${changes}`,
    bytes: async () => 0,
  };
  return {
    monitor: createClipboardMonitor({
      adapter: createLentClipboard(port),
      guard,
      clock,
      focus: null,
      backOff,
    }),
    provoke: () => void changes++,
    source: { kill: () => void (dead = true), revive: () => void (dead = false) },
  };
});

testMonitor('idle by a port (not run on this platform)', async () => {
  let dead = false;
  let since = performance.now();
  const port = {
    async idle() {
      if (dead) throw new Error('the host is gone');
      return performance.now() - since;
    },
  };
  return {
    monitor: createIdleMonitor({ adapter: createLentIdle(port), clock, afkSeconds: 1, backOff }),
    provoke: () => void (since = performance.now()),
    source: { kill: () => void (dead = true), revive: () => void (dead = false) },
  };
});

testMonitor('keyboard by a child (not run on this platform)', async () => {
  let now = fakeChild();
  let dead = false;
  const spawn = () => {
    now = fakeChild();
    if (dead) now.child.kill();
    return now.child;
  };
  return {
    monitor: createKeyboardMonitor({ adapter: createChildKeys(spawn), guard, clock, focus: null, backOff }),
    provoke: () => now.tell({ kind: 'pressed', stroke: { kind: 'letter' } }),
    source: {
      kill() {
        dead = true;
        now.child.kill();
      },
      revive: () => void (dead = false),
    },
  };
});

describe('platforms', () => {
  it('reads the documented results of get-windows, and nothing else (not run on this platform)', () => {
    const title = 'Unicorns - Google Search';
    expect(macFocus(macResult)).toEqual({ window: 5762, own: false, app: 'Google Chrome', title });
    expect(winFocus(winResult)).toEqual({ window: 5762, own: false, app: 'Google Chrome', title });
    expect(winFocus({ ...winResult, owner: { name: '', path: 'C:\\a\\tool.exe' } })).toMatchObject({
      app: 'tool',
    });
    expect(macFocus({ ...macResult, title: '' })).not.toHaveProperty('title');
    const bundle = { ...macResult.owner, name: 'Beforehand', bundleId: 'org.example.beforehand' };
    expect(macFocus({ ...macResult, owner: bundle })).toMatchObject({ own: true });
    for (const none of [undefined, null, {}, winResult]) expect(macFocus(none)).toBeNull();
  });

  it('keeps four sources missing and the files watched where there is no display', async () => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    const settings = Settings.parse({ folders: [home] });
    const env = { WAYLAND_DISPLAY: 'wayland-0' };
    const spawn = createNodeSpawn({ env });
    const { monitors, focus } = createMonitors({
      guard,
      clock,
      spawn,
      settings,
      platform: 'linux',
      env,
      home,
    });
    expect(focus()).toEqual({ source: 'window' });
    for (const monitor of monitors.slice(0, 4)) await expectMissing(monitor, 'no-display');
    expect(monitors[0]!.health().reason).toContain('Wayland');
    const stop = await monitors[4]!.start(() => {});
    expect(monitors[4]!.health().state).toBe('healthy');
    await stop();
    rmSync(home, { recursive: true });
  });

  it('makes only the sources that are switched on, and says what a host does not lend', async () => {
    const sources = { window: false, idle: true, clipboard: true, keyboard: false, files: false };
    const { monitors } = createMonitors({
      guard,
      clock,
      spawn: () => fakeChild().child,
      settings: Settings.parse({ sources }),
      platform: 'win32',
    });
    expect(monitors.map((each) => each.name)).toEqual(['idle', 'clipboard']);
    await expectMissing(monitors[0]!, 'missing-program');
  });

  it('survives the hook ending its process where there is no display', async () => {
    const monitor = createKeyboardMonitor({
      adapter: createChildKeys(createNodeSpawn({ env: { PATH: process.env['PATH'] } })),
      guard,
      clock,
      focus: null,
    });
    await expectMissing(monitor, 'permission');
  }, 60_000);

  it('drops messages of a child that are not strokes', async () => {
    const { child, tell } = fakeChild();
    const events: Event[] = [];
    const monitor = createKeyboardMonitor({
      adapter: createChildKeys(() => child),
      guard,
      clock,
      focus: null,
    });
    const stop = await monitor.start((event) => events.push(event));
    tell({ kind: 'pressed', stroke: { kind: 'letter', key: 'a' } });
    tell({ kind: 'pressed', stroke: { kind: 'a' } });
    tell('nonsense');
    await stop();
    await until('one burst', () => events.length === 1);
    expect(events[0]!.data).toEqual({ keys: 1, words: 1, corrections: 0, chords: [] });
  });

  it('exports the body of the child process', () => expect(runKeys).toBeTypeOf('function'));
});
