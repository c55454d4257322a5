import type { AppError } from '../errors.ts';
import type { KeyboardEvent } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Monitor, Probe } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { appOf, contextOf, joinFocus, NO_FOCUS, type Focus, type FocusTracker } from './focus.ts';
import type { Press } from './press.ts';
import type { Stroke } from './strokes.ts';
import { createSupervised, type Life } from './supervised.ts';
import { createTypedKeys, TEXT_ELSEWHERE, type Unreadable } from './typedKeys.ts';

/** What a platform's keys adapter calls for each key pressed. */
export interface KeysListener {
  /**
   * The category of a key. `read` says which key it was; it answers during this call only, and null where nobody can
   * tell what a field makes of it. Absent on platforms where keys are never read.
   */
  pressed(stroke: Stroke, read?: () => Press | null): void;
  /** A button of the pointer was pressed: the caret may be elsewhere. */
  pointed?(): void;
  /** The keyboard's layout is another one from now on. */
  relaid?(): void;
  /** From now on `read` gives nothing, and why; null when it does. */
  unreadable?(why: Unreadable | null): void;
  died(error: AppError): void;
  /** A self-test of the source that is open now. */
  proves?(probe: Probe): void;
}

/** Watches the keys; resolves once it does. `text`: the listener may want to read some. */
export interface KeysAdapter {
  /** False where this platform never reads a key. */
  readonly reads: boolean;
  open(listener: KeysListener, options?: { readonly text?: boolean }): Promise<() => Promise<void>>;
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

/**
 * Emits one event a burst of typing: counts, words, corrections, chords. Where the Guard allows content, which needs
 * an app that the person chose and a field that is known to be harmless, the redacted text follows in events of its
 * own (no keys in them). Without that verdict no key is ever read.
 */
export function createKeyboardMonitor(options: {
  readonly adapter: KeysAdapter;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly focus: FocusTracker | null;
  /** A key was pressed just now; never which. */
  readonly onKey?: () => void;
  /** Some app was chosen for typed text. */
  readonly text?: boolean;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, guard, clock } = options;
  const focusNow = () => options.focus?.current() ?? NO_FOCUS;

  const guardAnswer = (focus: Focus) =>
    focus.own ? 'counts' : (guard.again ?? guard.before)(contextOf(focus, 'keyboard')).allow;

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

  const wantsText = options.text === true;

  const watch = (life: Life) => {
    const text = wantsText && adapter.reads ? createTypedKeys({ clock, guard, life, focusNow }) : null;
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

    const pressed = (stroke: Stroke, read?: () => Press | null) => {
      options.onKey?.();
      text?.pressed(stroke, read);
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
      text?.moved(focus);
      // Another window, or another page in it: what was typed there was typed under another verdict.
      if (burst && (focus.window !== burst.focus.window || focus.title !== burst.focus.title)) {
        const same = focus.window === burst.focus.window && guardAnswer(focus) === guardAnswer(burst.focus);
        if (!same) end();
      }
      // Into a password line of the same window, or out of one: its keys are not even counted.
      if (burst && !focus.pending && (guardAnswer(focus) === 'nothing') !== (burst.dropped !== null)) end();
    };

    const stop = () => {
      text?.drop();
      end();
    };

    return { pressed, moved, stop, text };
  };

  return createSupervised({
    name: 'keyboard',
    clock,
    backOff: options.backOff,
    async open(life) {
      const watching = watch(life);
      const { died, proves } = life;
      const unfocus = await joinFocus(options.focus, { changed: watching.moved, died, proves });
      try {
        const { pressed, text } = watching;
        const listener: KeysListener = { ...text, pressed, died, proves };
        const close = await adapter.open(listener, { text: text !== null });
        if (wantsText && !adapter.reads) life.note({ state: 'healthy', reason: TEXT_ELSEWHERE });
        return async () => {
          watching.stop();
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
