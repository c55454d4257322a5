import { createAgent } from '../../agent/agent.ts';
import { createPatterns } from '../../agent/proposers/patterns/index.ts';
import { AppError } from '../../errors.ts';
import type { Gate, Proposer } from '../../model/agent.ts';
import type { Event } from '../../model/event.ts';
import { createObserver } from '../../observations/window.ts';
import { type BenchRun, eachInTurn } from '../run.ts';

/** Observations a turn looks at, as in the product. */
const WINDOW = 40;
const EVENTS = 200;

/** One recorded day, events oldest first. */
export interface RecordedDay {
  readonly name: string;
  readonly events: readonly Event[];
}

/** How often a day would have asked a model. */
export interface DaySkips {
  readonly name: string;
  readonly events: number;
  /** Hours from the first to the last event. */
  readonly hours: number;
  /** Turns with something new to see: a naive agent asks in each. Nothing idle is among them. */
  readonly turns: number;
  /** Turns in which the agent asked its model. */
  readonly asked: number;
  readonly skipped: number;
  /** P(need) of each turn with its time, in order; for other thresholds. */
  readonly times: readonly { readonly at: number; readonly need: number }[];
}

/**
 * Replays days through the agent of the product, patterns and gate, with a model that offers nothing and counts how often
 * it is asked. Cool-down, daily cap and the like are left out: they would skip more. Null when interrupted.
 */
export async function countDays(
  run: BenchRun,
  days: readonly RecordedDay[],
  options: { readonly gate: Gate; readonly threshold: number },
): Promise<readonly DaySkips[] | null> {
  const found: DaySkips[] = [];
  for (const day of days) {
    let asked = 0;
    let now = 0;
    const times: { at: number; need: number }[] = [];
    const counting: Proposer = {
      name: 'model',
      propose: async () => {
        asked += 1;
        return [];
      },
    };
    const observer = createObserver({});
    const agent = createAgent({
      clock: { now: () => now },
      gate: options.gate,
      proposers: [...createPatterns(), counting],
      threshold: () => options.threshold,
      suppressed: () => false,
      rules: () => {
        throw new AppError('internal', '[bench] rules are off');
      },
      rulesOff: true,
    });
    const done = await eachInTurn(
      run,
      `Replaying ${day.name}`,
      (n) => `${n} events`,
      day.events,
      async (event) => {
        const observed = observer.observe(event);
        // What only lasts on, or is somebody leaving, shows nothing new.
        if (!observed?.isNew || event.kind === 'afk') return;
        now = event.at + event.duration;
        const { decision } = await agent.turn({
          observations: observer.window(WINDOW),
          events: event.kind === 'described' ? [] : observer.events(EVENTS),
          signal: run.signal,
        });
        if (decision.gate) times.push({ at: now, need: decision.gate.probability });
      },
    );
    if (!done) return null;
    const [first, last] = [day.events[0], day.events.at(-1)];
    found.push({
      name: day.name,
      events: day.events.length,
      hours: first && last ? (last.at - first.at) / 3_600_000 : 0,
      turns: times.length,
      asked,
      skipped: times.length === 0 ? 0 : 1 - asked / times.length,
      times,
    });
  }
  return found;
}
