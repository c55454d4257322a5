import type { Clock } from '../../model/ports.ts';
import type { Timers } from '../../suggestions/timers.ts';

/** A clock that stands still until it is told, with the timers that hang on it. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Goes on to `at` (epoch milliseconds), firing what is due on the way, in order; `settle` is awaited after each. */
  pass(at: number, settle: () => Promise<void>): Promise<void>;
}

/** Begins at `start`, epoch milliseconds. */
export function createVirtualTime(start: number): VirtualTime {
  let now = start;
  let next = 1;
  const due = new Map<number, { readonly at: number; readonly fire: () => void }>();

  const first = () => {
    let found: readonly [number, { readonly at: number; readonly fire: () => void }] | undefined;
    for (const each of due) if (!found || each[1].at < found[1].at) found = each;
    return found;
  };
  return {
    clock: { now: () => now },
    timers: {
      set(fire, ms) {
        due.set(next, { at: now + Math.max(0, ms), fire });
        return next++;
      },
      clear: (timer) => void due.delete(timer as number),
    },
    async pass(at, settle) {
      for (let timer = first(); timer && timer[1].at <= at; timer = first()) {
        due.delete(timer[0]);
        now = Math.max(now, timer[1].at);
        timer[1].fire();
        await settle();
      }
      now = Math.max(now, at);
    },
  };
}
