import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { BeatFeed, BeatListener, Pulse } from '../../src/monitors/beat.ts';
import { createFocusTracker, type Focus, type FocusListener } from '../../src/monitors/focus.ts';
import { createIngestMonitor } from '../../src/monitors/ingest.ts';
import { createPulses } from '../../src/monitors/pulse.ts';
import { recordingGuard, testMonitor } from '../suites/monitor.ts';

/** A feed that a test speaks through, and a window source it moves. */
function createSource(options: { readonly focus?: Focus | null; readonly foreign?: boolean } = {}) {
  let listener: BeatListener | null = null;
  let front: FocusListener | null = null;
  let alive = true;
  const pulses = createPulses();
  const feed: BeatFeed = {
    async open(mine) {
      if (!alive) throw new Error('dead');
      listener = mine;
      return async () => {
        listener = null;
      };
    },
  };
  let now = options.focus ?? null;
  const focus =
    options.focus === undefined
      ? null
      : createFocusTracker({
          async open(mine) {
            if (!now) throw new Error('no window source');
            front = mine;
            mine.changed(now);
            return async () => {
              front = null;
            };
          },
        });
  const guarded = recordingGuard();
  const monitor = createIngestMonitor({
    feed,
    focus,
    guard: guarded.guard,
    clock: systemClock,
    foreign: { window: () => options.foreign === true, idle: () => options.foreign === true },
    backOff: { first: 50, limit: 200 },
  });
  return {
    monitor,
    ...guarded,
    say(
      type: string,
      data: object,
      at = Date.now(),
      bucket = `aw-watcher-web-firefox_${type}`,
      duration = 0,
    ) {
      const pulse: Pulse = pulses.take({ bucket, type, at, duration, data: { ...data }, pulsetime: 80_000 });
      listener?.pulse(pulse);
    },
    move(next: Focus) {
      now = next;
      front?.changed(next);
    },
    kill() {
      alive = false;
      listener?.died(new Error('gone'));
    },
    revive: () => void (alive = true),
  };
}

const WEB = 'web.tab.current';
const tab = (title: string) => ({ url: `https://example.org/${title}`, title, incognito: false });
const firefox = (title: string): Focus => ({
  app: 'firefox',
  title: `${title} — Mozilla Firefox`,
  own: false,
  window: 7,
});
const editor: Focus = { app: 'code', title: 'a.ts - shop - Visual Studio Code', own: false, window: 8 };

testMonitor('activityWatch', async () => {
  const source = createSource();
  let n = 0;
  return {
    monitor: source.monitor,
    provoke: () => source.say(WEB, tab(`page ${n++}`)),
    source: { kill: () => source.kill(), revive: () => source.revive() },
  };
});

describe('pages and files of ActivityWatch clients', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) }));
  afterEach(() => void vi.useRealTimers());

  const started = async (options: Parameters<typeof createSource>[0] = {}) => {
    const source = createSource(options);
    const events: Event[] = [];
    const stop = await source.monitor.start((event) => events.push(event));
    const told = () =>
      events.flatMap((event) =>
        event.kind === 'window' ? [[event.data.title, event.app, event.duration]] : [],
      );
    const dropped = () =>
      events.flatMap((event) =>
        event.kind === 'dropped' ? [[event.data.source, event.data.reason, event.data.count]] : [],
      );
    return { ...source, events, stop, told, dropped };
  };

  it('are told at once, and once more with their duration when the client moves on or watching ends', async () => {
    const { say, told, stop, events } = await started();
    const at = Date.now();
    say(WEB, tab('a'), at);
    // The clock of the machine goes with the client's.
    vi.advanceTimersByTime(71_000);
    say(WEB, tab('a'), at + 60_000);
    say(WEB, tab('b'), at + 61_000);
    expect(told()).toEqual([
      ['a', 'firefox', 0],
      ['a', 'firefox', 60_000],
      ['b', 'firefox', 0],
    ]);
    say(WEB, tab('b'), at + 71_000);
    await stop();
    expect(told().at(-1)).toEqual(['b', 'firefox', 10_000]);
    expect(events.filter((event) => event.kind === 'window').map((event) => event.at - at)).toEqual([
      0, 0, 61_000, 61_000,
    ]);
  });

  it('count only while their browser, with that title, is in front', async () => {
    const { say, told, move, dropped } = await started({ focus: firefox('a') });
    say(WEB, tab('a'));
    expect(told()).toEqual([['a', 'firefox', 0]]);
    vi.advanceTimersByTime(20_000);
    say(WEB, tab('a'));
    move(editor);
    expect(told().at(-1)).toEqual(['a', 'firefox', 20_000]);
    vi.advanceTimersByTime(20_000);
    // The extension goes on telling of its active tab.
    say(WEB, tab('a'));
    say(WEB, tab('b'));
    vi.advanceTimersByTime(20_000);
    expect(told()).toHaveLength(2);
    expect(dropped()).toEqual([['web', 'page not in front', 1]]);
    move(firefox('b'));
    expect(told().slice(2)).toEqual([['b', 'firefox', 0]]);
  });

  it('wait for the title of their window, which comes by another way', async () => {
    const { say, told, move } = await started({ focus: firefox('a') });
    say(WEB, tab('b'));
    expect(told()).toEqual([]);
    vi.advanceTimersByTime(300);
    move(firefox('b'));
    expect(told()).toEqual([['b', 'firefox', 0]]);
  });

  it('of another browser than the one in front do not count', async () => {
    const { say, told } = await started({ focus: firefox('a') });
    say(WEB, tab('a'), Date.now(), 'aw-watcher-web-chrome_host');
    vi.advanceTimersByTime(5000);
    expect(told()).toEqual([]);
  });

  it('take the name that the platform gives the browser', async () => {
    const chromium: Focus = { app: 'Chromium', title: 'a - Chromium', own: false, window: 7 };
    const { say, told } = await started({ focus: chromium });
    say(WEB, tab('a'), Date.now(), 'aw-watcher-web-chrome_host');
    expect(told()).toEqual([['a', 'Chromium', 0]]);
  });

  it('private ones are dropped before the guard or the window is asked, and end what was before them', async () => {
    const { say, told, dropped, asked, redacted } = await started({ focus: firefox('a') });
    say(WEB, tab('a'));
    const before = [asked.length, redacted.length];
    vi.advanceTimersByTime(5000);
    for (let n = 0; n < 3; n++) say(WEB, { ...tab(`secret ${n}`), incognito: true });
    vi.advanceTimersByTime(20_000);
    expect([asked.length, redacted.length]).toEqual(before);
    expect(told()).toHaveLength(1);
    expect(dropped()).toEqual([['web', 'private window', 3]]);
  });

  it('of before the start, as a queue of a pause has them, and of the future are dropped', async () => {
    const { say, told, dropped } = await started();
    const start = Date.now();
    say(WEB, tab('old'), start - 60_000, undefined, 30);
    say(WEB, tab('future'), start + 120_000);
    vi.advanceTimersByTime(20_000);
    expect(told()).toEqual([]);
    expect(dropped()).toEqual([
      ['web', 'before it was watching', 1],
      ['web', 'time in the future', 1],
    ]);
    // What began before and goes on counts from the start.
    say(WEB, tab('long'), start - 60_000, undefined, 70_000);
    expect(told()).toEqual([['long', 'firefox', 10_000]]);
  });

  it('many drops of one reason are one row', async () => {
    const { say, dropped } = await started();
    for (let n = 0; n < 500; n++) say('os.hid.input', { presses: n }, Date.now() + n);
    vi.advanceTimersByTime(20_000);
    expect(dropped()).toEqual([['keyboard', 'keys of another watcher', 500]]);
  });

  it('foreign windows and presence are used only where the own source is missing', async () => {
    const own = await started();
    own.say('currentwindow', { app: 'mousepad', title: 'a' }, undefined, 'w');
    own.say('afkstatus', { status: 'afk' }, undefined, 'p');
    vi.advanceTimersByTime(20_000);
    expect(own.dropped()).toEqual([
      ['window', 'window of another watcher', 1],
      ['idle', 'presence of another watcher', 1],
    ]);
    const { say, events } = await started({ foreign: true });
    say('currentwindow', { app: 'mousepad', title: 'a' }, undefined, 'w');
    say('afkstatus', { status: 'afk' }, undefined, 'p');
    expect(events.map((event) => [event.monitor, event.kind])).toEqual([
      ['window', 'window'],
      ['idle', 'afk'],
    ]);
    // And then it is that watcher which says what is in front.
    say(WEB, tab('b'));
    vi.advanceTimersByTime(2000);
    expect(events).toHaveLength(2);
    say('currentwindow', { app: 'firefox', title: 'b — Mozilla Firefox' }, undefined, 'w');
    expect(events.at(-1)).toMatchObject({ monitor: 'web', data: { title: 'b' } });
  });

  it('a file in an editor is told once for a thousand heartbeats', async () => {
    const { say, events, stop } = await started();
    const start = Date.now();
    const data = { file: '/home/x/work/cart.ts', project: 'shop', language: 'typescript', branch: 'main' };
    for (let n = 0; n < 1000; n++) {
      vi.advanceTimersByTime(1000);
      say('app.editor.activity', data, Date.now(), 'aw-watcher-vscode_host');
    }
    await stop();
    expect(events.map(({ kind, duration }) => [kind, duration])).toEqual([
      ['editor', 0],
      ['editor', 999_000],
    ]);
    expect(events[0]?.at).toBe(start + 1000);
  });
});
