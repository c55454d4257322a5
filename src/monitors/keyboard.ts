import type { AppError } from '../errors.ts';
import type { KeyboardEvent } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { appOf, contextOf, joinFocus, NO_FOCUS, type Focus, type FocusTracker } from './focus.ts';
import type { Stroke } from './strokes.ts';
import { createSupervised, type Life } from './supervised.ts';

/** What a platform's keys adapter calls for each key pressed: its category, never which key it was. */
export interface KeysListener {
  pressed(stroke: Stroke): void;
  died(error: AppError): void;
}

/** Watches the keys; resolves once it does. */
export interface KeysAdapter {
  open(listener: KeysListener): Promise<() => Promise<void>>;
}

/** A burst of typing ends after this long without a key, or when it is this long. */
const PAUSE_MS = 2000;
const LONGEST_MS = 15_000;

/** Chords kept of one burst, as the event allows. */
const MOST_CHORDS = 64;

interface Burst {
  readonly focus: Focus;
  /** The Guard's reason to drop it; null when it counts. */
  readonly dropped: string | null;
  readonly at: number;
  last: number;
  keys: number;
  words: number;
  corrections: number;
  inWord: boolean;
  readonly chords: KeyboardEvent['data']['chords'];
}

/** Emits one event a burst of typing: counts, words, corrections, chords. Never characters. */
export function createKeyboardMonitor(options: {
  readonly adapter: KeysAdapter;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly focus: FocusTracker | null;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, guard, clock } = options;
  const focusNow = () => options.focus?.current() ?? NO_FOCUS;

  const guardAnswer = (focus: Focus) => guard.before(contextOf(focus, 'keyboard')).allow;

  const begin = (now: number): Burst => {
    const focus = focusNow();
    const verdict = guard.before(contextOf(focus, 'keyboard'));
    const dropped = verdict.allow === 'nothing' && !focus.own ? verdict.reason : null;
    return {
      focus,
      dropped,
      at: now,
      last: now,
      keys: 0,
      words: 0,
      corrections: 0,
      inWord: false,
      chords: [],
    };
  };

  const watch = (life: Life) => {
    let burst: Burst | null = null;
    let timer: NodeJS.Timeout | undefined;

    const end = () => {
      clearTimeout(timer);
      const done = burst;
      burst = null;
      if (!done) return;
      const base = {
        id: newId(),
        at: done.at,
        duration: Math.max(0, done.last - done.at),
        monitor: 'keyboard',
      };
      if (done.dropped !== null) {
        const data = { source: 'keyboard', reason: done.dropped.slice(0, 128), count: 1 };
        life.emit({ ...base, kind: 'dropped', data });
        return;
      }
      const words = done.words + (done.inWord ? 1 : 0);
      const { keys, corrections, chords } = done;
      life.emit({
        ...base,
        ...appOf(done.focus),
        kind: 'keyboard',
        data: { keys, words, corrections, chords },
      });
    };

    const pressed = (stroke: Stroke) => {
      const now = clock.now();
      if (burst && (now - burst.at >= LONGEST_MS || now < burst.last)) end();
      burst ??= begin(now);
      burst.last = now;
      burst.keys++;
      if (stroke.kind === 'correction') burst.corrections++;
      if (stroke.kind === 'letter') burst.inWord = true;
      if (stroke.kind === 'boundary') {
        if (burst.inWord) burst.words++;
        burst.inWord = false;
      }
      if (stroke.chord && burst.chords.length < MOST_CHORDS) burst.chords.push(stroke.chord);
      clearTimeout(timer);
      timer = setTimeout(end, PAUSE_MS);
    };

    const moved = (focus: Focus) => {
      // Another window, or another page in it: what was typed there was typed under another verdict.
      if (burst && (focus.window !== burst.focus.window || focus.title !== burst.focus.title)) {
        const same = focus.window === burst.focus.window && guardAnswer(focus) === guardAnswer(burst.focus);
        if (!same) end();
      }
    };

    return { pressed, moved, end };
  };

  return createSupervised({
    name: 'keyboard',
    clock,
    backOff: options.backOff,
    async open(life) {
      const watching = watch(life);
      const unfocus = await joinFocus(options.focus, { changed: watching.moved, died: life.died });
      try {
        const close = await adapter.open({ pressed: watching.pressed, died: life.died });
        return async () => {
          watching.end();
          await close();
          await unfocus();
        };
      } catch (thrown) {
        await unfocus();
        throw thrown;
      }
    },
  });
}
