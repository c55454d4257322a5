import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Verdict } from '../../src/model/guard.ts';
import { Settings } from '../../src/model/settings.ts';
import type { Focus, FocusListener, FocusTracker } from '../../src/monitors/focus.ts';
import { createKeyboardMonitor, type KeysListener } from '../../src/monitors/keyboard.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { recordingGuard } from '../suites/monitor.ts';
import { characterPress, pressOf } from './typist.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FIELD: Focus = {
  own: false,
  window: 7,
  app: 'Mousepad',
  title: 'letter - Mousepad',
  private: false,
  field: 'text',
};

/** A keyboard monitor whose keys, focus and verdict a test makes. */
async function watched(options: {
  readonly text?: boolean;
  readonly reads?: boolean;
  readonly guard?: Parameters<typeof createKeyboardMonitor>[0]['guard'];
  readonly focus?: Focus;
}) {
  const events: Event[] = [];
  let focus = options.focus ?? FIELD;
  let focusListener: FocusListener | null = null;
  let keys: KeysListener | null = null;
  let asked: boolean | undefined;
  let reads = 0;
  const tracker: FocusTracker = {
    current: () => focus,
    open: async (listener) => {
      focusListener = listener;
      return async () => {};
    },
  };
  const monitor = createKeyboardMonitor({
    clock: { now: () => Date.now() },
    guard: options.guard ?? recordingGuard().guard,
    focus: tracker,
    text: options.text ?? true,
    adapter: {
      reads: options.reads ?? true,
      async open(listener, wanted) {
        keys = listener;
        asked = wanted?.text;
        return async () => {};
      },
    },
  });
  const stop = await monitor.start((event) => events.push(event));
  return {
    monitor,
    stop,
    events,
    wait: (ms: number) => vi.advanceTimersByTime(ms),
    listener: () => keys as unknown as KeysListener,
    asked: () => asked,
    reads: () => reads,
    move(next: Focus) {
      focus = next;
      focusListener?.changed(next);
    },
    type(text: string) {
      for (const character of text) {
        const kind = /\s/.test(character) ? ('boundary' as const) : ('letter' as const);
        keys?.pressed({ kind }, () => {
          reads += 1;
          return characterPress(character);
        });
        vi.advanceTimersByTime(60);
      }
    },
    key: (name: string) => keys?.pressed({ kind: 'other' }, () => pressOf(name)),
    texts: () =>
      events.flatMap((each) => (each.kind === 'keyboard' && each.data.text ? [each.data.text] : [])),
    counts: () =>
      events.flatMap((each) => (each.kind === 'keyboard' && each.data.keys > 0 ? [each.data.keys] : [])),
  };
}

/** The program's own guard with these apps chosen. */
const realGuard = (...typedApps: string[]) => createGuard({ settings: () => Settings.parse({ typedApps }) });

describe('keyboard content', () => {
  it('comes as text in events of its own, beside the same counts as without', async () => {
    const chosen = await watched({ guard: realGuard('mousepad') });
    const plain = await watched({ guard: realGuard(), text: false });
    for (const each of [chosen, plain]) {
      each.type('Dear Jane, write to jane@example.com\n');
      each.wait(6000);
    }
    expect(chosen.texts()).toEqual(['Dear Jane, write to [EMAIL_1]']);
    expect(chosen.counts()).toEqual(plain.counts());
    expect(plain.texts()).toEqual([]);
    expect(plain.asked()).toBe(false);
    expect(plain.reads()).toBe(0);
  });

  it.each<[string, Verdict['allow'] | Partial<Focus>]>([
    ['the Guard allows counts', 'counts'],
    ['the Guard allows nothing', 'nothing'],
    ['the app was not chosen', { app: 'gedit', title: 'gedit' }],
    ['the app is unknown', { app: undefined }],
    ['the field is unknown', { field: undefined }],
    ['the field is a password', { field: 'password' }],
    ['the field is a terminal', { field: 'terminal' }],
    ['the field is none for text', { field: 'other' }],
    ['the window is private', { private: true }],
    ['the title is unknown', { title: undefined }],
    ['the title is protected', { app: 'firefox', title: 'Sign in - My Bank' }],
    ['the window is our own', { own: true }],
  ])('reads no key where %s', async (_, state) => {
    const verdict = typeof state === 'string' ? ({ allow: state, reason: 'test' } as Verdict) : null;
    const guard = verdict ? recordingGuard(verdict).guard : realGuard('mousepad', 'firefox');
    const patch = typeof state === 'string' ? {} : state;
    const focus = Object.fromEntries(
      Object.entries({ ...FIELD, ...patch }).filter(([, value]) => value !== undefined),
    ) as unknown as Focus;
    const keyboard = await watched({ guard, focus });
    keyboard.type('nobody may read this line\n');
    keyboard.wait(40_000);
    expect(keyboard.reads()).toBe(0);
    expect(keyboard.texts()).toEqual([]);
    await keyboard.stop();
    expect(JSON.stringify(keyboard.events)).not.toMatch(/nobody|line/);
  });

  it('asks at every key: a verdict that changes by itself drops what is held', async () => {
    let allow = true;
    const { guard } = recordingGuard(() =>
      allow ? { allow: 'content' } : { allow: 'counts', reason: 'changed' },
    );
    const keyboard = await watched({ guard });
    keyboard.type('held for now ');
    allow = false;
    keyboard.type('x');
    allow = true;
    keyboard.type('y the rest\nnew line\n');
    keyboard.wait(6000);
    expect(keyboard.texts()).toEqual(['new line']);
    expect(keyboard.events.filter((each) => each.kind === 'dropped').map((each) => each.data)).toContainEqual(
      {
        source: 'keyboard',
        reason: 'the focus moved',
        count: 1,
      },
    );
  });

  it('drops what was typed when the field turns out to be a password, late as it may be', async () => {
    const keyboard = await watched({ guard: realGuard('mousepad') });
    keyboard.type('hello there\n');
    keyboard.wait(1500);
    keyboard.type('jane');
    keyboard.key('Tab');
    keyboard.type('hunter2hunter2');
    keyboard.move({ ...FIELD, field: 'password' });
    keyboard.type('more\n');
    keyboard.wait(60_000);
    expect(keyboard.texts()).toEqual(['hello there']);
    expect(JSON.stringify(keyboard.events)).not.toMatch(/hunter|jane|more/);
  });

  it('goes on over a title that changes and stays harmless', async () => {
    const keyboard = await watched({ guard: realGuard('mousepad') });
    keyboard.type('hello ');
    keyboard.move({ ...FIELD, title: '*letter - Mousepad' });
    keyboard.type('there\n');
    keyboard.wait(6000);
    expect(keyboard.texts()).toEqual(['hello there']);
  });

  it('waits while the field is being asked for, and reads no key meanwhile', async () => {
    const keyboard = await watched({ guard: realGuard('mousepad') });
    keyboard.move(FIELD);
    keyboard.type('hello there ');
    keyboard.wait(4500);
    keyboard.move({ ...FIELD, pending: true });
    keyboard.wait(6000);
    expect(keyboard.texts()).toEqual([]);
    keyboard.move(FIELD);
    keyboard.wait(6000);
    expect(keyboard.texts()).toEqual(['hello there']);

    keyboard.type('and another one ');
    keyboard.wait(2000);
    keyboard.move({ ...FIELD, pending: true });
    const before = keyboard.reads();
    keyboard.type('secret ');
    expect(keyboard.reads()).toBe(before);
    keyboard.move({ ...FIELD, field: 'password' });
    keyboard.wait(60_000);
    expect(keyboard.texts()).toEqual(['hello there']);
  });

  it('drops everything that is held when it stops', async () => {
    const keyboard = await watched({ guard: realGuard('mousepad') });
    keyboard.type('on its way out ');
    await keyboard.stop();
    keyboard.wait(60_000);
    expect(keyboard.texts()).toEqual([]);
    expect(JSON.stringify(keyboard.events)).not.toContain('way');
  });

  it('says in a sentence why there is none: an input method, no layout, another platform', async () => {
    const keyboard = await watched({});
    keyboard.listener().unreadable?.({ because: 'input method', name: 'ibus' });
    expect(keyboard.monitor.health()).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('ibus'),
    });
    keyboard.listener().unreadable?.(null);
    expect(keyboard.monitor.health().reason).toBeUndefined();
    const elsewhere = await watched({ reads: false });
    expect(elsewhere.asked()).toBe(false);
    expect(elsewhere.monitor.health()).toMatchObject({
      state: 'healthy',
      reason: expect.stringContaining('not kept on this platform'),
    });
    elsewhere.type('never read\n');
    elsewhere.wait(40_000);
    expect(elsewhere.reads()).toBe(0);
  });
});
