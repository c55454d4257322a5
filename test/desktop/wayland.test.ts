import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Monitor, Stop } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor, type ClipboardAdapter } from '../../src/monitors/clipboard.ts';
import { createFocusTracker, type Focus } from '../../src/monitors/focus.ts';
import { createIdleMonitor } from '../../src/monitors/idle.ts';
import { createWaylandClipboard } from '../../src/monitors/linux/wayland/clipboard.ts';
import { createWaylandIdle } from '../../src/monitors/linux/wayland/idle.ts';
import { swaySockets } from '../../src/monitors/linux/wayland/sway.ts';
import { watchToplevels } from '../../src/monitors/linux/wayland/toplevels.ts';
import { createWaylandWindow } from '../../src/monitors/linux/wayland/window.ts';
import { createMonitors } from '../../src/monitors/monitors.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { needs } from '../needs.ts';
import { recordingGuard, testMonitor } from '../suites/monitor.ts';
import { until } from '../until.ts';
import { startCore, writeSettings } from './core.ts';
import { ownSelection } from './owner.ts';
import { startSway, type Sway } from './sway.ts';

const backOff = { first: 200, limit: 1000 };
const clock = systemClock;

needs(
  ['sway', 'foot', 'wl-copy', 'wl-paste', 'wtype', 'swayidle', 'setpriv'],
  'monitors on a live Wayland desktop',
  () => {
    let sway: Sway;
    let number = 0;
    beforeAll(async () => {
      sway = await startSway();
    });
    afterAll(() => sway.stop());

    const source = { kill: () => sway.kill(), revive: () => sway.revive() };
    const focusOf = () => createFocusTracker(createWaylandWindow(sway.env));
    const copy = (text: string | Uint8Array, ...args: string[]) => sway.call('wl-copy', args, text);
    const open = (title: string, ...args: string[]) =>
      sway.run('foot', ['-T', title, ...args, 'sleep', '600']);

    testMonitor('window', async () => ({
      monitor: createWindowMonitor({
        adapter: createWaylandWindow(sway.env),
        guard: recordingGuard().guard,
        clock,
        backOff,
      }),
      provoke: () => void open(`window ${++number}`),
      source,
    }));
    testMonitor('idle', async () => ({
      monitor: createIdleMonitor({ adapter: createWaylandIdle(sway.env), clock, afkSeconds: 1, backOff }),
      provoke: async () => void (await sway.call('wtype', ['x'])),
      source,
    }));
    testMonitor('clipboard', async () => ({
      monitor: createClipboardMonitor({
        adapter: createWaylandClipboard(sway.env),
        guard: recordingGuard().guard,
        clock,
        focus: focusOf(),
        backOff,
      }),
      provoke: async () => void (await copy(`copied ${++number}`)),
      source,
    }));

    describe('what they see', () => {
      let events: Event[];
      /** Names of everything that was read of a copy, its types aside. */
      let read: string[];
      let stops: Stop[];
      beforeEach(() => {
        events = [];
        read = [];
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
      const watched = (): ClipboardAdapter => ({
        open: (listener) =>
          createWaylandClipboard(sway.env).open({
            ...listener,
            copied: (copied) =>
              listener.copied({
                ...copied,
                text: (most) => (read.push('text'), copied.text(most)),
                entries: (type) => (read.push(type), copied.entries!(type)),
              }),
          }),
      });
      const clipboard = (guard = recordingGuard().guard) =>
        createClipboardMonitor({ adapter: watched(), guard, clock, focus: null });

      it('tells windows by sway and by the list of windows alike: title, application, close, empty workspace', async () => {
        const [bySway, byList]: [Focus[], Focus[]] = [[], []];
        const died = () => {};
        const closes = [
          await createWaylandWindow(sway.env).open({ changed: (focus) => bySway.push(focus), died }),
          await watchToplevels(sway.env, { changed: (focus) => byList.push(focus), died }),
        ];
        const both = (what: string, is: (focus: Focus) => boolean) =>
          until(what, () => is(bySway.at(-1)!) && is(byList.at(-1)!));
        const first = open('inbox?a=b Grüße — 日本語', '--app-id', 'org.example.First');
        await both('the first window', (each) => each.title === 'inbox?a=b Grüße — 日本語');
        expect([bySway.at(-1)!.app, byList.at(-1)!.app]).toEqual(['org.example.First', 'org.example.First']);
        const second = sway.run('foot', ['sh', '-c', "printf '\\033]0;another title\\007'; sleep 600"]);
        await both('a title that changes', (each) => each.title === 'another title');
        const own = open('a card', '--app-id', 'beforehand');
        await both('our own window', (each) => each.own);
        for (const each of [own, second]) each.kill();
        await both('the first window again', (each) => each.app === 'org.example.First');
        const [socket] = swaySockets(sway.env);
        await sway.call('swaymsg', ['-s', socket!, 'workspace', 'empty']);
        await both('an empty workspace', (each) => each.window === 0);
        await sway.call('swaymsg', ['-s', socket!, 'workspace', '1']);
        await both('the workspace before', (each) => each.app === 'org.example.First');
        first.kill();
        await Promise.all(closes.map((close) => close()));
      });

      it('sees both of two quick copies, and reads text, invalid bytes and a large one', async () => {
        await start(clipboard());
        await copy('first sk-abc ü');
        await copy('second');
        await until('both copies', () => of('clipboard').length >= 2);
        expect(of('clipboard')[0]!.data.content).toBe('text');
        await until('the second', () => of('clipboard').at(-1)!.data.text === 'second');
        await copy(Buffer.from([0x61, 0xff, 0x20, 0x62]), '--type', 'text/plain');
        await until('the odd copy', () => of('clipboard').some((each) => each.data.text === 'a\ufffd b'));
        await copy('wörd '.repeat(200_000));
        const large = await until('the large copy', () =>
          of('clipboard').find((each) => each.data.size === 1_000_000),
        );
        expect(large.data).toMatchObject({ words: 200_000 });
        expect(large.data.text).toHaveLength(2000);
      });

      it('sizes images and counts files, and keeps neither content nor path', async () => {
        await start(clipboard());
        await copy(Buffer.alloc(3000, 1), '--type', 'image/png');
        await until('the image', () => of('clipboard').length === 1);
        await copy('file:///home/ada/one\r\nfile:///home/ada/two\r\n', '--type', 'text/uri-list');
        await until('the files', () => of('clipboard').length === 2);
        expect(of('clipboard').map((each) => each.data)).toEqual([
          { content: 'image', size: 3000 },
          { content: 'files', size: 44, count: 2 },
        ]);
        expect(JSON.stringify(events)).not.toMatch(/ada|one|two/);
      });

      it('drops a marked copy before anything is read', async () => {
        const person = { home: '/home/ada', user: 'ada' };
        await start(clipboard(createGuard({ settings: () => Settings.parse({}), person })));
        await copy('secret', '--type', 'x-kde-passwordManagerHint');
        const dropped = await until('the drop', () => of('dropped')[0]);
        expect(dropped.data).toEqual({ source: 'clipboard', reason: 'marked clipboard entry', count: 1 });
        expect(read).toEqual([]);
      });

      it('takes back what was kept when the clipboard is cleared', async () => {
        await start(clipboard());
        await copy('for a moment');
        const kept = await until('the copy', () => of('clipboard')[0]);
        await sway.call('wl-copy', ['--clear']);
        const taken = await until('the retraction', () => of('retracted')[0]);
        expect(taken.data.event).toBe(kept.id);
      });

      it('tells AFK and the return as swayidle does', async () => {
        await start(createIdleMonitor({ adapter: createWaylandIdle(sway.env), clock, afkSeconds: 1 }));
        const reference: string[] = [];
        const swayidle = sway.run('swayidle', ['-w', 'timeout', '1', 'echo afk', 'resume', 'echo not-afk']);
        swayidle.stdout!.on('data', (bytes) => reference.push(...String(bytes).trim().split('\n')));
        await until('swayidle to say idle', () => reference.includes('afk'));
        const away = await until('AFK', () => of('afk').find((each) => each.data.status === 'afk'));
        expect(away.duration).toBeGreaterThanOrEqual(1000);
        await sway.call('wtype', ['x']);
        await until('swayidle to say back', () => reference.includes('not-afk'));
        await until('the return', () =>
          of('afk').some((each) => each.data.status === 'not-afk' && each.at > away.at),
        );
        swayidle.kill();
      });

      it('proves window, idle and clipboard, and says when the compositor hangs', async () => {
        const three = [
          createWindowMonitor({
            adapter: createWaylandWindow(sway.env),
            guard: recordingGuard().guard,
            clock,
            backOff,
          }),
          createIdleMonitor({ adapter: createWaylandIdle(sway.env), clock, afkSeconds: 60, backOff }),
          clipboard(),
        ];
        await start(...three);
        const check = () => Promise.all(three.map((each) => each.check?.()));
        open('proven by its title');
        await until('the window', () =>
          of('window').some((each) => each.data.title === 'proven by its title'),
        );
        // Twice: the second failure in a row would open the source anew.
        await check();
        await check();
        for (const each of three) {
          expect(each.health()).toMatchObject({ state: 'healthy', restarts: 0, proof: expect.any(String) });
          expect(each.health().provenAt).toBeGreaterThan(0);
        }
        sway.hang();
        try {
          await check();
          for (const each of three)
            expect(each.health()).toMatchObject({
              state: 'unhealthy',
              reason: expect.stringContaining('has not answered'),
            });
        } finally {
          sway.goOn();
        }
        await until('all to be well again', async () => {
          await check();
          return three.every((each) => each.health().state === 'healthy');
        });
      });

      it('watches window, idle, clipboard and files, says why no keys, and survives kill -9 of sway', async () => {
        const home = mkdtempSync(join(tmpdir(), 'monitors-'));
        const { monitors, focus } = createMonitors({
          guard: recordingGuard().guard,
          clock,
          spawn: createNodeSpawn({ env: sway.env }),
          settings: Settings.parse({ folders: [home] }),
          // As on a real desktop: XWayland's display is there too, and must not be asked.
          env: { ...sway.env, DISPLAY: ':1', XDG_CURRENT_DESKTOP: 'sway' },
          platform: 'linux',
          home,
        });
        const by = (name: string) => monitors.find((each) => each.name === name)!;
        await expect(by('keyboard').start(() => {})).rejects.toMatchObject({ code: 'missing-program' });
        expect(by('keyboard').health()).toMatchObject({
          state: 'missing',
          reason: expect.stringMatching(/Wayland sway tells no program the keys.*XWayland/),
          mend: expect.stringContaining('X11 session'),
        });
        const four = ['window', 'idle', 'clipboard', 'files'].map(by);
        await start(...four);
        const states = () => four.map((each) => each.health().state).join();
        expect(states()).toBe('healthy,healthy,healthy,healthy');
        await sway.kill();
        await until('three to be unhealthy', () => states() === 'unhealthy,unhealthy,unhealthy,healthy');
        await sway.revive();
        await until('all to be healthy', () => states() === 'healthy,healthy,healthy,healthy', 20_000);
        open('after the storm');
        await until('the focus', () => focus().title === 'after the storm');
        await copy('after the storm');
        await until('a copy', () => of('clipboard').some((each) => each.data.text === 'after the storm'));
        rmSync(home, { recursive: true });
      });

      it('the whole assistant: state, doctor and what it observed; paused it hears nothing', async () => {
        const home = mkdtempSync(join(tmpdir(), 'core-'));
        const folder = join(home, 'notes');
        for (const each of [folder, join(home, 'run')]) mkdirSync(each, { mode: 0o700 });
        const on = { window: true, idle: true, clipboard: true, keyboard: true, files: true };
        writeSettings(join(home, 'data'), { folders: [folder], model: { use: 'none' }, sources: on });
        const { PATH, LANG, XDG_RUNTIME_DIR: runtime } = sway.env;
        const core = await startCore({
          home: join(home, 'data'),
          args: ['--host', 'headless'],
          // A runtime folder of its own: the session is found by the names of its sockets alone.
          env: {
            PATH,
            LANG,
            HOME: home,
            XDG_RUNTIME_DIR: join(home, 'run'),
            XDG_CURRENT_DESKTOP: 'sway',
            WAYLAND_DISPLAY: join(runtime!, 'wayland-1'),
            SWAYSOCK: swaySockets(sway.env)[0],
            DISPLAY: ':1',
          },
        });
        try {
          const sources = async () => {
            const state = await core.client.call('state.get', {});
            return Object.fromEntries(state.sources.map((each) => [each.name, each]));
          };
          await until('the sources', async () => (await sources())['keyboard']?.state === 'missing');
          const found = await sources();
          for (const name of ['window', 'idle', 'clipboard', 'files'])
            expect([name, found[name]?.state]).toEqual([name, 'healthy']);
          expect(found['keyboard']).toMatchObject({
            state: 'missing',
            reason: expect.stringContaining('Wayland'),
            mend: expect.stringContaining('X11 session'),
          });
          const observed = async () =>
            (await core.client.call('observations.list', { limit: 500 })).rows
              .map((each) => each.event)
              .join('\n');
          open('quarterly numbers', '--app-id', 'org.gnome.TextEditor');
          await until('the window', async () => (await observed()).includes('quarterly numbers'));
          await copy('a sentence to be seen');
          await until('the copy', async () => (await observed()).includes('a sentence to be seen'));
          await core.client.call('capture.pause', { minutes: null });
          await copy('a sentence not to be seen');
          open('a window not to be seen');
          await core.client.call('capture.resume', {});
          await copy('and again');
          await until('the copy after it', async () => (await observed()).includes('and again'));
          expect(await observed()).not.toContain('sentence not to be seen');
        } finally {
          await core.stop();
          rmSync(home, { recursive: true, force: true });
        }
      });
    });
  },
);

needs(
  ['sway', 'Xwayland', 'xterm', 'wl-copy', 'wl-paste', 'setpriv'],
  'X11 programs on a Wayland desktop',
  () => {
    it('finds the mark that the way to Wayland loses, and reads unmarked text', async () => {
      const sway = await startSway(true);
      const events: Event[] = [];
      const read: string[] = [];
      const focus = createFocusTracker(createWaylandWindow(sway.env));
      const person = { home: '/home/ada', user: 'ada' };
      const adapter = createWaylandClipboard(sway.env);
      const monitor = createClipboardMonitor({
        adapter: {
          open: (listener) =>
            adapter.open({
              ...listener,
              copied: (copied) =>
                listener.copied({ ...copied, text: (most) => (read.push('text'), copied.text(most)) }),
            }),
        },
        guard: createGuard({ settings: () => Settings.parse({}), person }),
        clock,
        focus,
      });
      const stop = await monitor.start((event) => events.push(event));
      try {
        sway.run('xterm', ['-T', 'notes', '-class', 'Notes']);
        await until('the X11 window', () => focus.current().title === 'notes', 30_000);
        expect(focus.current()).toMatchObject({ app: 'Notes', title: 'notes' });
        const display = { env: sway.env } as Parameters<typeof ownSelection>[0];
        const bytes = Buffer.from('a word of an X11 program');
        const plain = await ownSelection(display, { UTF8_STRING: { how: 'whole', bytes } });
        plain.copy();
        const copy = await until('the copy', () => events.find((each) => each.kind === 'clipboard'));
        expect(copy).toMatchObject({
          app: 'Notes',
          data: { content: 'text', text: 'a word of an X11 program' },
        });
        await sway.call('wl-copy', ['--type', 'text/plain'], 'a word of a Wayland program');
        await until('the native copy', () => events.filter((each) => each.kind === 'clipboard').length === 2);
        read.length = 0;
        const marked = await ownSelection(display, {
          UTF8_STRING: { how: 'whole', bytes },
          'x-kde-passwordManagerHint': { how: 'whole', bytes: Buffer.from('secret') },
        });
        marked.copy();
        const dropped = await until('the drop', () => events.find((each) => each.kind === 'dropped'));
        expect(dropped.data).toMatchObject({ reason: 'marked clipboard entry' });
        expect(read).toEqual([]);
        expect(marked.requested()).not.toContain('UTF8_STRING');
        plain.close();
        marked.close();
      } finally {
        await stop();
        await sway.stop();
      }
    });
  },
);
