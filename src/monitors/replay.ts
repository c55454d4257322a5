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
 * get new ids and move to the present: the first to the moment of the start, the others at their sped up distance, and
 * at infinite speed each as if it had just ended.
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
          // An event is known when it is over: a closing heartbeat carries the time of its beginning.
          const moment = Math.max(0, event.at + event.duration - first) / speed;
          if (Number.isFinite(speed)) await pause(begun + moment - performance.now(), stop.signal);
          else if (index % BREATH === 0) await breathe();
          if (stop.signal.aborted) return;
          played++;
          life.emit(retime ? moved(event, start + (event.at - first) / speed) : event);
        }
        played = 0;
        finished.resolve();
      };
      const moved = (event: Event, at: number): Event => {
        if (!Number.isFinite(speed)) {
          const now = clock.now() - event.duration;
          return { ...event, id: newId(now), at: now };
        }
        return {
          ...event,
          id: newId(Math.round(at)),
          at: Math.round(at),
          duration: Math.round(event.duration / speed),
        };
      };
      play().catch((thrown: unknown) => life.died(thrown));
      // Not awaited: a source that hangs in its next event must not hold the stop; nothing is emitted after the abort.
      return () => stop.abort();
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
