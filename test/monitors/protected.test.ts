import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Context } from '../../src/model/guard.ts';
import { Settings } from '../../src/model/settings.ts';
import { createClipboardMonitor, type ClipboardListener } from '../../src/monitors/clipboard.ts';
import { createFocusTracker, type Focus, type FocusListener } from '../../src/monitors/focus.ts';
import { createKeyboardMonitor, type KeysListener } from '../../src/monitors/keyboard.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { SETTINGS, STATES, TEXT } from '../privacy/states.ts';
import { characterPress } from './typist.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const CANARY = 'zebrafinch';
const clock = { now: () => Date.now() };
const person = { home: '/home/ada', user: 'ada' };

/** Runs the real window, clipboard and keyboard monitors under the real Guard in one state, and gives their events. */
async function eventsIn(state: Partial<Context>, more: Partial<Focus> = {}): Promise<Event[]> {
  const events: Event[] = [];
  const guard = createGuard({ settings: () => Settings.parse(SETTINGS), person });
  let focus!: FocusListener;
  let clipboard!: ClipboardListener;
  let keys!: KeysListener;
  const tracker = createFocusTracker({
    async open(listener) {
      focus = listener;
      return async () => {};
    },
  });
  const monitors = [
    createWindowMonitor({ adapter: tracker, guard, clock }),
    createClipboardMonitor({
      adapter: {
        async open(listener) {
          clipboard = listener;
          return async () => {};
        },
      },
      guard,
      clock,
      focus: tracker,
    }),
    createKeyboardMonitor({
      adapter: {
        reads: true,
        async open(listener) {
          keys = listener;
          return async () => {};
        },
      },
      guard,
      clock,
      focus: tracker,
      text: true,
    }),
  ];
  const stops = await Promise.all(monitors.map((each) => each.start((event) => events.push(event))));
  const { app, title, page, field } = state;
  focus.changed({
    window: 5,
    own: false,
    ...(app !== undefined && { app }),
    ...(title !== undefined && { title: `${CANARY} ${title}` }),
    ...(page !== undefined && { page }),
    ...(state.private !== undefined && { private: state.private }),
    ...(field !== undefined && { field }),
    ...more,
  });
  const front = `some ${CANARY} words`;
  await clipboard.copied({
    targets: ['TARGETS', 'UTF8_STRING'],
    text: async () => ({ front, size: front.length, words: 3 }),
    bytes: async () => front.length,
  });
  for (const character of `There was a ${CANARY} in the tree. It sang until noon.\n`) {
    keys.pressed({ kind: /\w/.test(character) ? 'letter' : 'boundary' }, () => characterPress(character));
    await vi.advanceTimersByTimeAsync(90);
  }
  await vi.advanceTimersByTimeAsync(60_000);
  await Promise.all(stops.map((stop) => stop()));
  return events;
}

/** Events of a kind that kept the canary. */
const keeping = (events: readonly Event[]) =>
  events.filter((event) => JSON.stringify(event).includes(CANARY)).map((event) => event.kind);

describe('P4, through the monitors themselves', () => {
  it('would be seen to fail: an open state keeps the canary in every source', async () => {
    const kinds = keeping(await eventsIn({ ...TEXT, app: 'mousepad', title: 'notes' }));
    expect(new Set(kinds)).toEqual(new Set(['window', 'clipboard', 'keyboard']));
  });

  it.each(Object.keys(STATES))('keeps no character in %s', async (name) => {
    const events = await eventsIn(STATES[name]!);
    expect(events.length).toBeGreaterThan(0);
    expect(keeping(events)).toEqual([]);
    for (const event of events) {
      expect(event.data).not.toHaveProperty('title');
      expect(event.data).not.toHaveProperty('text');
    }
  });

  it('keeps no character while anything about the focus is still being asked for', async () => {
    expect(keeping(await eventsIn({ ...TEXT, app: 'mousepad', title: 'notes' }, { pending: true }))).toEqual(
      [],
    );
  });

  it.each([undefined, 'other', 'terminal'] as const)(
    'keeps no typed character in a field that is %s',
    async (field) => {
      const events = await eventsIn({ ...TEXT, app: 'mousepad', title: 'notes', field });
      expect(keeping(events)).not.toContain('keyboard');
      expect(events.some((event) => event.kind === 'keyboard' && event.data.keys > 0)).toBe(true);
    },
  );

  it('keeps neither keys nor copies of a password field', async () => {
    const events = await eventsIn({ ...TEXT, app: 'mousepad', title: 'notes', field: 'password' });
    expect(keeping(events).filter((kind) => kind !== 'window')).toEqual([]);
    expect(events.filter((event) => event.kind === 'keyboard')).toEqual([]);
  });
});
