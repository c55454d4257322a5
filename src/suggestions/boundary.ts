import type { Event } from '../model/event.ts';
import type { Clock } from '../model/ports.ts';
import { systemTimers, type Timers } from './timers.ts';

/** A moment at which an interruption costs least. */
export type Boundary = 'app-switch' | 'save' | 'typing-pause' | 'return';

/** Milliseconds without a key after which a burst of typing counts as over. */
export const TYPING_PAUSE = 4000;

/** The assistant's own window: looking at it, or back from it, ends no piece of work. */
function isOwn(event: Event): boolean {
  if (event.app?.toLowerCase() === 'beforehand') return true;
  return event.kind === 'window' && /^Beforehand(?:$| [-–—] )/.test(event.data.title ?? '');
}

/**
 * Which boundary an event is, if any. `previous` is the event before it: of the same kind for a window or an arrival,
 * of any kind otherwise. A pause in typing shows here only afterwards, by an event that is no key; live, `createBoundaries`
 * tells it when it happens.
 */
export function boundary(event: Event, previous: Event | undefined): Boundary | null {
  if (isOwn(event)) return null;
  if (event.kind === 'keyboard' && event.data.chords.includes('save')) return 'save';
  if (event.kind === 'file') {
    return event.data.action === 'modified' || event.data.action === 'created' ? 'save' : null;
  }
  if (!previous || isOwn(previous)) return null;
  if (event.kind === 'afk') {
    const away = previous.kind !== 'afk' || previous.data.status === 'afk';
    return event.data.status === 'not-afk' && away ? 'return' : null;
  }
  if (event.kind === 'window' && event.app !== previous.app) return 'app-switch';
  const paused = event.at - (previous.at + previous.duration) >= TYPING_PAUSE;
  return previous.kind === 'keyboard' && event.kind !== 'keyboard' && paused ? 'typing-pause' : null;
}

/** Watches a stream of events for boundaries. */
export interface Boundaries {
  /** Takes the next event; tells of a boundary at once, or of a pause in typing 4 s after its last key. */
  take(event: Event): void;
  /** Ends a pause that is being waited for. */
  close(): void;
}

/** Boundaries of a live stream. `onBoundary` is called synchronously from `take` or from a timer and must not throw. */
export function createBoundaries(options: {
  readonly clock: Clock;
  readonly timers?: Timers;
  /** When a key was pressed last, epoch milliseconds: a burst is told only when it is over, so the next may have begun. */
  readonly lastKey?: () => number;
  readonly onBoundary: (boundary: Boundary) => void;
}): Boundaries {
  const timers = options.timers ?? systemTimers;
  const latest = new Map<Event['kind'], Event>();
  let last: Event | undefined;
  let pause: unknown;
  let waiting = false;

  const stopWaiting = () => {
    if (waiting) timers.clear(pause);
    waiting = false;
  };

  const await4s = (lastKey: number) => {
    stopWaiting();
    // A burst arrives when it is over or while it lasts: what has passed since its end counts.
    const since = Math.min(Math.max(options.clock.now() - lastKey, 0), TYPING_PAUSE);
    waiting = true;
    pause = timers.set(() => {
      waiting = false;
      const pressed = options.lastKey?.() ?? -Infinity;
      // Keys came since: the pause has not begun.
      if (pressed > lastKey && options.clock.now() - pressed < TYPING_PAUSE) await4s(pressed);
      else options.onBoundary('typing-pause');
    }, TYPING_PAUSE - since);
  };

  return {
    take(event) {
      if (isOwn(event)) return;
      const sameKind = event.kind === 'window' || event.kind === 'afk';
      const found = boundary(event, sameKind ? latest.get(event.kind) : last);
      latest.set(event.kind, event);
      last = event;
      if (event.kind === 'keyboard') await4s(event.at + event.duration);
      // The timer has told this pause already.
      if (found && found !== 'typing-pause') options.onBoundary(found);
    },
    close: stopWaiting,
  };
}
