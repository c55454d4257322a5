import { AppError } from '../../errors.ts';
import type { Event } from '../../model/event.ts';
import { newId } from '../../model/id.ts';
import type { Trace } from '../../proactivebench/folder.ts';
import { timesOf } from '../../replay/time.ts';
import { createRandom } from '../random.ts';

const DAY = 86_400_000;
/** Between the end of one trace and the beginning of the next. */
const PAUSE = 600_000;

/** Events of one long session, in order; `next` begins another round of the same days, shifted on. */
export interface Session {
  readonly name: string;
  round(index: number): readonly Event[];
}

/** The recorded demo day again and again, each a day later; the first begins at a seeded moment of its first half. */
export function sessionOfDay(day: readonly Event[], seed: number): Session {
  const start = Math.floor((createRandom(seed)() * day.length) / 2);
  return {
    name: 'the recorded demo day, repeated',
    round: (index) =>
      (index === 0 ? day.slice(start) : day).map((event) => {
        const at = event.at + index * DAY;
        return { ...event, id: newId(at), at };
      }),
  };
}

/** All traces in a seeded order, one after the other; each round in another order. `bad-input` where there are none. */
export function sessionOfTraces(traces: readonly Trace[], seed: number): Session {
  if (traces.length === 0) {
    throw new AppError(
      'bad-input',
      '[bench] the folder holds no test_data: leave --data out to measure on the demo day',
    );
  }
  const random = createRandom(seed);
  let clock = Date.UTC(2024, 0, 1);
  return {
    name: `${traces.length} annotated traces, one after the other`,
    round: () =>
      traces
        .map((trace) => ({ trace, place: random() }))
        .toSorted((a, b) => a.place - b.place)
        .flatMap(({ trace }) => {
          const times = timesOf(trace.steps.map((step) => step.observation.time));
          const begin = clock;
          const events = trace.steps.map((step, at): Event => {
            clock = begin + times[at]! - times[0]!;
            const data = { sentence: step.observation.event.slice(0, 4000) };
            return { id: newId(clock), at: clock, duration: 0, monitor: 'replay', kind: 'described', data };
          });
          clock += PAUSE;
          return events;
        }),
  };
}
