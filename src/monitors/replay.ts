import { setImmediate as breathe } from 'node:timers/promises';
import type { Event } from '../model/event.ts';
import { newId } from '../model/id.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { createSupervised } from './supervised.ts';

/** A monitor that plays a recording. `finished` resolves when the last event was emitted, or at the stop. */
export interface ReplayMonitor extends Monitor {
  readonly finished: Promise<void>;
}

/** Events emitted between two breaths at infinite speed, so that whoever listens gets to run. */
const BREATH = 64;

/**
 * Plays recorded events, oldest first, through the interface of any monitor.
 *
 *     recorded   a....b..c          speed 2, retimed   a..b.c
 *
 * `speed` is recorded time over real time; Infinity plays as fast as the listener can take. With `retime` the events
 * get new ids and move to the present: the first to the moment of the start, the others at their (sped up) distance.
 * Without it they keep ids and times. A recording that cannot be read is a death of the source: health says so, and
 * it goes on after the last event that was played.
 */
export function createReplayMonitor(options: {
  readonly events: Iterable<Event> | AsyncIterable<Event>;
  readonly clock: Clock;
  readonly speed?: number;
  readonly retime?: boolean;
  readonly name?: string;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): ReplayMonitor {
  const { clock, speed = 1, retime = false } = options;
  const finished = Promise.withResolvers<void>();

  let played = 0;
  const monitor = createSupervised({
    name: options.name ?? 'replay',
    clock,
    backOff: options.backOff,
    async open(life) {
      const stop = new AbortController();
      const start = clock.now();
      const begun = performance.now();
      let first: number | undefined;

      const play = async () => {
        let index = 0;
        for await (const event of options.events) {
          if (stop.signal.aborted) return;
          if (index++ < played) continue;
          first ??= event.at;
          const offset = Number.isFinite(speed) ? Math.max(0, (event.at - first) / speed) : 0;
          if (Number.isFinite(speed)) await pause(begun + offset - performance.now(), stop.signal);
          else if (index % BREATH === 0) await breathe();
          if (stop.signal.aborted) return;
          played++;
          if (!retime) life.emit(event);
          else {
            const distance = Number.isFinite(speed) ? offset : event.at - first;
            const at = Math.round(start + distance);
            life.emit({ ...event, id: newId(at), at });
          }
        }
        played = 0;
        finished.resolve();
      };
      const playing = play().catch((thrown: unknown) => life.died(thrown));
      return async () => {
        stop.abort();
        await playing;
      };
    },
  });

  return {
    ...monitor,
    finished: finished.promise,
    async start(emit) {
      played = 0;
      const stop = await monitor.start(emit);
      return async () => {
        await stop();
        finished.resolve();
      };
    },
  };
}

/** Sleeps, in steps a timer can hold (24.8 days), until the time is over or the signal comes. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  for (let left = ms; left > 0 && !signal.aborted; left -= 0x7fffffff) {
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(left, 0x7fffffff));
      signal.addEventListener('abort', end);
    });
  }
}
