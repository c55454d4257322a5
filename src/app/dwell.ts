import { newId } from '../model/id.ts';
import type { Event, WindowEvent } from '../model/event.ts';
import type { Clock } from '../model/ports.ts';

/**
 * When a window that stays in front is looked at again, in milliseconds since it came: just past the five and eight
 * minutes after which reading counts as long. Who reads presses no key, so no event would start a turn.
 */
const LOOKS: readonly number[] = [5.5 * 60_000, 8.5 * 60_000, 15 * 60_000];

/** Makes a long stay in one window known while it lasts. */
export interface Dwell {
  /** Takes every event; a new window, leaving this one, or an end of watching ends the wait. */
  follow(event: Event): void;
  /** Forgets the window in front. */
  reset(): void;
  close(): void;
}

/** `emit` gets a heartbeat of the same window with the time it has lasted, then `onDwell` is called. */
export function createDwell(options: {
  readonly clock: Clock;
  readonly afk: () => boolean;
  readonly emit: (event: WindowEvent) => void;
  readonly onDwell: () => void;
}): Dwell {
  const { clock } = options;
  let front: WindowEvent | null = null;
  let timer: NodeJS.Timeout | undefined;
  let own = '';

  function reset(): void {
    front = null;
    clearTimeout(timer);
  }

  function wait(look: number): void {
    clearTimeout(timer);
    const after = LOOKS[look];
    if (!front || after === undefined) return;
    const window = front;
    timer = setTimeout(
      () => {
        if (!options.afk()) {
          own = newId(clock.now());
          options.emit({ ...window, id: own, duration: Math.max(0, clock.now() - window.at) });
          options.onDwell();
        }
        wait(look + 1);
      },
      Math.max(0, window.at + after - clock.now()),
    ).unref();
  }

  return {
    follow(event) {
      // What is not watched, or not kept, must not be told of later as if it had been seen.
      if (
        (event.kind === 'capture' && event.data.source === undefined) ||
        (event.kind === 'dropped' && event.monitor === front?.monitor)
      ) {
        reset();
      } else if (event.kind === 'window' && event.id !== own) {
        // A page tells its end after the next window has come to the front.
        if (front && event.at < front.at && event.duration > 0) return;
        // A monitor tells of the same window again when it is left.
        const left = event.at === front?.at;
        reset();
        if (left) return;
        front = event;
        wait(0);
      }
    },
    reset,
    close: reset,
  };
}
