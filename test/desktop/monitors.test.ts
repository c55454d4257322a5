import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Monitor, Stop } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor } from '../../src/monitors/clipboard.ts';
import { createFocusTracker } from '../../src/monitors/focus.ts';
import { createIdleMonitor } from '../../src/monitors/idle.ts';
import { createKeyboardMonitor } from '../../src/monitors/keyboard.ts';
import { createChildKeys } from '../../src/monitors/keysChild.ts';
import { createX11Clipboard } from '../../src/monitors/linux/clipboard.ts';
import { createX11Idle } from '../../src/monitors/linux/idle.ts';
import { createX11Keys } from '../../src/monitors/linux/keys.ts';
import { createX11Window } from '../../src/monitors/linux/window.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { needs } from '../needs.ts';
import { recordingGuard, testMonitor } from '../suites/monitor.ts';
import { until } from '../until.ts';
import { startDisplay, type Display } from './display.ts';
import { ownSelection } from './owner.ts';

const backOff = { first: 200, limit: 1000 };
const clock = systemClock;

needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm'], 'monitors on a live X11 desktop', () => {
  let display: Display;
  let number = 0;
  beforeAll(async () => {
    display = await startDisplay();
  });
  afterAll(() => display.stop());

  const source = { kill: () => display.kill(), revive: () => display.revive() };
  const focusOf = () => createFocusTracker(createX11Window(display.env));
  const copy = (text: string | Uint8Array, ...args: string[]) =>
    display.call('xclip', ['-selection', 'clipboard', ...args], text);
  /** Opens a terminal window with this title and waits until it has the focus. */
  const open = async (title: string, ...args: string[]) => {
    const child = display.run('xterm', ['-T', title, ...args]);
    await until(`the window ${title}`, () =>
      display.call('xdotool', ['getactivewindow', 'getwindowname']).then(
        (name) => name.trim() === title,
        () => false,
      ),
    );
    return child;
  };

  testMonitor('window', async () => ({
    monitor: createWindowMonitor({
      adapter: createX11Window(display.env),
      guard: recordingGuard().guard,
      clock,
      backOff,
    }),
    provoke: async () => void (await open(`window ${++number}`)),
    source,
  }));
  testMonitor('idle', async () => ({
    monitor: createIdleMonitor({ adapter: createX11Idle(display.env), clock, afkSeconds: 1, backOff }),
    provoke: async () => void (await display.call('xdotool', ['key', 'a'])),
    source,
  }));
  testMonitor('clipboard', async () => ({
    monitor: createClipboardMonitor({
      adapter: createX11Clipboard(display.env),
      guard: recordingGuard().guard,
      clock,
      focus: focusOf(),
      backOff,
    }),
    provoke: async () => void (await copy(`copied ${++number}`)),
    source,
  }));
  testMonitor('keyboard', async () => ({
    monitor: createKeyboardMonitor({
      adapter: createX11Keys(display.env),
      guard: recordingGuard().guard,
      clock,
      focus: focusOf(),
      backOff,
    }),
    provoke: async () => void (await display.call('xdotool', ['type', 'hello'])),
    source,
  }));
  testMonitor('keyboard by the child process', async () => ({
    monitor: createKeyboardMonitor({
      adapter: createChildKeys(createNodeSpawn({ env: display.env })),
      guard: recordingGuard().guard,
      clock,
      focus: focusOf(),
      backOff,
    }),
    provoke: async () => void (await display.call('xdotool', ['type', 'hello'])),
    source,
  }));

  describe('what they see', () => {
    let events: Event[];
    let stops: Stop[];
    beforeEach(() => {
      events = [];
      stops = [];
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    });
    const start = async (...monitors: readonly Monitor[]) => {
      for (const monitor of monitors) stops.push(await monitor.start((event) => events.push(event)));
    };
    const of = <K extends Event['kind']>(kind: K) =>
      events.filter((event): event is Extract<Event, { kind: K }> => event.kind === kind);

    it('reads titles with = and in UTF-8, and closes a window with its real duration', async () => {
      await start(
        createWindowMonitor({
          adapter: createX11Window(display.env),
          guard: recordingGuard().guard,
          clock,
        }),
      );
      await open('inbox?a=b&c=d');
      await until('the title with =', () => of('window').find((each) => each.data.title === 'inbox?a=b&c=d'));
      await display.call('xdotool', ['getactivewindow', 'set_window', '--name', 'Grüße — 日本語 €=1']);
      await until('the title in UTF-8', () =>
        of('window').find((each) => each.data.title === 'Grüße — 日本語 €=1'),
      );
      const first = of('window').filter((each) => each.data.title === 'inbox?a=b&c=d');
      expect(first.map((each) => each.duration > 0)).toEqual([false, true]);
      expect(first[1]!.at).toBe(first[0]!.at);
      expect(first[0]!.app).toBe('XTerm');
    });

    it('says no title of its own windows, nor of one the Guard lets only count', async () => {
      const { guard, redacted } = recordingGuard((context) =>
        context.title?.includes('bank') ? { allow: 'counts', reason: 'excluded' } : { allow: 'content' },
      );
      await start(createWindowMonitor({ adapter: createX11Window(display.env), guard, clock }));
      await open('sk-123 title');
      await until('the redacted title', () =>
        of('window').some((each) => each.data.title === '<TOKEN> title'),
      );
      await open('my bank', '-class', 'Firefox');
      const bank = await until('the excluded window', () =>
        of('window').find((each) => each.app === 'Firefox'),
      );
      expect(bank.data).toEqual({});
      await open('a card', '-class', 'beforehand');
      const own = await until('our window', () => of('window').find((each) => each.app === 'Beforehand'));
      expect(own.data).toEqual({});
      await open('somebody else');
      expect(redacted.join()).not.toMatch(/bank|card/);
    });

    /** Copies and waits for its event. */
    const copied = async (text: string | Uint8Array, type: string) => {
      const before = of('clipboard').length;
      await copy(text, '-t', type);
      await until(type, () => of('clipboard').length > before);
      return of('clipboard').at(-1)!.data;
    };

    it('sees both of two quick copies', async () => {
      const { guard } = recordingGuard();
      await start(
        createClipboardMonitor({ adapter: createX11Clipboard(display.env), guard, clock, focus: focusOf() }),
      );
      await copy('first sk-abc ü');
      await copy('second');
      await until('both copies', () => of('clipboard').length >= 2);
      expect(of('clipboard').map((each) => each.data)).toEqual([
        // On a machine so busy that the second came before the first was read, the first is seen without its content.
        expect.toSatisfy(
          (data) =>
            isDeepStrictEqual(data, { content: 'text', size: 14, words: 3, text: 'first <TOKEN> ü' }) ||
            isDeepStrictEqual(data, { content: 'other', size: 0 }) ||
            isDeepStrictEqual(data, { content: 'text', size: 0 }),
        ),
        { content: 'text', size: 6, words: 1, text: 'second' },
      ]);
    });

    it('tells images, files and opaque content by type and size alone', async () => {
      const { guard, redacted } = recordingGuard();
      await start(
        createClipboardMonitor({ adapter: createX11Clipboard(display.env), guard, clock, focus: focusOf() }),
      );
      expect(await copied(Buffer.alloc(3000, 1), 'image/png')).toEqual({ content: 'image', size: 3000 });
      expect(await copied('copy\nfile:///a', 'x-special/gnome-copied-files')).toEqual({
        content: 'files',
        size: 14,
        count: 1,
      });
      expect(await copied('?', 'application/opaque')).toEqual({ content: 'other', size: 0 });
      expect(redacted).toEqual([]);
    });

    it('counts ten million characters and keeps two thousand', async () => {
      const { guard, redacted } = recordingGuard();
      await start(
        createClipboardMonitor({ adapter: createX11Clipboard(display.env), guard, clock, focus: focusOf() }),
      );
      await copy('wörd '.repeat(2_000_000));
      const { data } = await until('the large copy', () => of('clipboard')[0], 30_000);
      expect(data).toMatchObject({ content: 'text', size: 10_000_000, words: 2_000_000 });
      expect(data.text).toHaveLength(2000);
      expect(redacted[0]!.length).toBeLessThanOrEqual(20_000);
    });

    it('never asks a password manager for its content', async () => {
      const owner = await ownSelection(display, {
        UTF8_STRING: { how: 'refuses' },
        'x-kde-passwordManagerHint': { how: 'refuses' },
      });
      const { guard, asked } = recordingGuard((context) =>
        context.targets?.includes('x-kde-passwordManagerHint')
          ? { allow: 'nothing', reason: 'password manager' }
          : { allow: 'content' },
      );
      await start(
        createClipboardMonitor({ adapter: createX11Clipboard(display.env), guard, clock, focus: focusOf() }),
      );
      owner.copy();
      const dropped = await until('the dropped copy', () => of('dropped')[0]);
      expect(dropped.data).toEqual({ source: 'clipboard', reason: 'password manager', count: 1 });
      expect(asked[0]!.targets).toContain('x-kde-passwordManagerHint');
      // What comes at once may be a clipboard keeper that offers the same again without its mark.
      await copy('something else');
      await until('the echo', () => of('dropped').length === 2);
      await until(
        'a later copy',
        async () => {
          await copy(`later ${++number}`);
          return of('clipboard')[0];
        },
        10_000,
        300,
      );
      expect(owner.requested()).toEqual(['TARGETS']);
      owner.close();
    });

    it('counts keys, words, corrections and chords the same by RECORD and by the hook, and no characters', async () => {
      await open('typing');
      const focus = focusOf();
      const { guard } = recordingGuard({ allow: 'counts', reason: 'content is off' });
      const keyboard = (adapter: Parameters<typeof createKeyboardMonitor>[0]['adapter']) =>
        createKeyboardMonitor({ adapter, guard, clock, focus });
      await start(
        keyboard(createX11Keys(display.env)),
        keyboard(createChildKeys(createNodeSpawn({ env: display.env }))),
      );
      await display.call('xdotool', ['type', '--delay', '10', 'hello brave new']);
      await display.call('xdotool', ['key', 'BackSpace', 'ctrl+s', 'ctrl+c', 'ctrl+v', 'ctrl+z', 'Return']);
      await until('both bursts', () => of('keyboard').length >= 2);
      for (const { app, data, duration } of of('keyboard')) {
        expect(app).toBe('XTerm');
        expect(duration).toBeGreaterThan(0);
        expect(data).toEqual({
          keys: 21,
          words: 3,
          corrections: 1,
          chords: ['save', 'copy', 'paste', 'undo', 'enter'],
        });
      }
    });

    it('ends a burst when the focus moves, so that each counts for its own application', async () => {
      await open('first', '-class', 'First');
      const { guard } = recordingGuard();
      await start(
        createKeyboardMonitor({ adapter: createX11Keys(display.env), guard, clock, focus: focusOf() }),
      );
      await display.call('xdotool', ['type', 'one']);
      await open('second', '-class', 'Second');
      await display.call('xdotool', ['type', 'fourth']);
      await until('two bursts', () => of('keyboard').length >= 2);
      expect(of('keyboard').map((each) => [each.app, each.data.keys])).toEqual([
        ['First', 3],
        ['Second', 6],
      ]);
    });

    it('tells AFK from the last input, and the return with the first key', async () => {
      await display.call('xdotool', ['key', 'a']);
      await start(createIdleMonitor({ adapter: createX11Idle(display.env), clock, afkSeconds: 1 }));
      const away = await until('AFK', () => of('afk').find((each) => each.data.status === 'afk'));
      expect(away.duration).toBeGreaterThanOrEqual(1000);
      const pressed = Date.now();
      await display.call('xdotool', ['key', 'a']);
      const back = await until('the return', () =>
        of('afk')
          .slice(1)
          .findLast((each) => each.data.status === 'not-afk' && each.at >= pressed),
      );
      const closed = of('afk').findLast((each) => each.data.status === 'afk')!;
      expect(closed.at).toBe(away.at);
      expect(closed.at + closed.duration).toBe(back.at);
    });

    it('goes unhealthy within a second of kill -9 of the X server, all together, and comes back', async () => {
      const home = mkdtempSync(join(tmpdir(), 'monitors-'));
      const { monitors, focus } = createMonitors({
        guard: recordingGuard().guard,
        clock,
        spawn: createNodeSpawn({ env: display.env }),
        settings: Settings.parse({ folders: [home] }),
        env: display.env,
        platform: 'linux',
        home,
      });
      expect(monitors.map((each) => each.name)).toEqual(['window', 'idle', 'clipboard', 'keyboard', 'files']);
      await start(...monitors);
      const states = () => monitors.map((each) => each.health().state);
      await display.kill();
      const killed = performance.now();
      const dead = ['unhealthy', 'unhealthy', 'unhealthy', 'unhealthy', 'healthy'];
      await until('four to be unhealthy', () => states().join() === dead.join());
      // Measured, not timed out: the deaths are events of a socket, so a second is far away even when busy.
      expect(performance.now() - killed).toBeLessThan(1000);
      await display.revive();
      await until('all to be healthy', () => states().every((each) => each === 'healthy'), 20_000);
      await open('after the storm');
      await until('the focus', () => focus().title === 'after the storm');
      await copy('after the storm');
      await until('a copy', () => of('clipboard').some((each) => each.data.text === 'after the storm'));
      rmSync(home, { recursive: true });
    });

    it('costs no processor time while nothing happens', async () => {
      await start(
        createWindowMonitor({ adapter: createX11Window(display.env), guard: recordingGuard().guard, clock }),
        createIdleMonitor({ adapter: createX11Idle(display.env), clock, afkSeconds: 60 }),
        createClipboardMonitor({
          adapter: createX11Clipboard(display.env),
          guard: recordingGuard().guard,
          clock,
          focus: focusOf(),
        }),
        createKeyboardMonitor({
          adapter: createX11Keys(display.env),
          guard: recordingGuard().guard,
          clock,
          focus: focusOf(),
        }),
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      const before = written();
      await new Promise((resolve) => setTimeout(resolve, 2000));
      // The test runner itself writes now and then; four pollers at 1 Hz would add eight.
      expect(written() - before).toBeLessThan(8);
    });
  });
});

/** Writes this process has made: a poll of any kind would show as requests to the X server. */
const written = () => Number(/syscw: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))![1]);
