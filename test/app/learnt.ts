import type { EventLog } from '../../src/model/log.ts';
import type { Decision } from '../../src/model/decision.ts';
import { feedbackOf } from '../../src/model/answered.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { step } from '../../src/suggestions/transitions.ts';

export const NOW = Date.UTC(2026, 2, 10, 9);
const MINUTE = 60_000;

/** One thing that was seen. */
export function sighting(at: number, app = 'Code', event = 'The user switches to the editor.'): Observation {
  const id = newId(at);
  return { id, time: at, duration: 0, kind: 'window', app, event, sources: [id] };
}

/** A suggestion that waits for its answer; of an even score, so that answers alone decide. */
export function pending(at: number, app = 'Code', more: Partial<Suggestion> = {}): Suggestion {
  const id = newId(at);
  return {
    id,
    at,
    proposal: {
      task: `Look up thing ${id}`,
      message: 'Shall I?',
      why: 'second search for it',
      topic: `thing ${id}`,
      // No pattern: those have priors of their own.
      proposer: 'test',
      lifetime: MINUTE,
    },
    seen: [sighting(at - MINUTE, app)],
    gate: { probability: 0.5, reasons: [] },
    reward: { judgement: 'accepted', probability: 0.5, by: 'judge-1' },
    reasons: [],
    state: 'held',
    history: [{ state: 'held', at }],
    until: at + MINUTE,
    policy: { threshold: 0.5, propensity: 1, eagerness: 0.4 },
    promptVersion: 'none',
    ...more,
  };
}

/** One that shadow mode let go by. */
export function letGo(at: number, app?: string, more: Partial<Suggestion> = {}): Suggestion {
  const { until: _, ...rest } = step(pending(at, app, more), 'expired', {
    at: at + MINUTE,
    note: 'kept for the daily digest',
  });
  return rest;
}

/** Writes answered suggestions, oldest first, as an earlier run left them. */
export async function answered(
  log: EventLog,
  count: number,
  accepts: (n: number) => boolean,
  options: { readonly app?: (n: number) => string; readonly from?: number } = {},
): Promise<void> {
  const rows: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const at = (options.from ?? NOW - 3 * 86_400_000) + n * 10_000;
    const state = accepts(n) ? 'accepted' : 'rejected';
    const suggestion = step(pending(at, options.app?.(n)), state, { at: at + 1000 });
    rows.push(
      log.suggest(suggestion),
      log.feedback(feedbackOf(suggestion, state, { at: at + 1000, via: 'inbox' })),
    );
  }
  await Promise.all(rows);
}

/** A suppressed moment that was drawn, of which the log has what was seen. */
export async function drawn(log: EventLog, at: number, more: Partial<Decision> = {}): Promise<Decision> {
  const seen = [sighting(at - 2 * MINUTE), sighting(at - MINUTE), sighting(at)];
  const decision: Decision = {
    id: newId(at),
    at,
    outcome: 'gate',
    reason: 'need 0.20 is below the threshold 0.50',
    observation: seen.at(-1)!.id,
    gate: { probability: 0.2, reasons: [] },
    policy: { threshold: 0.5, propensity: 0.015, eagerness: 0.4 },
    audit: true,
    receipts: [],
    ms: 1,
    ...more,
  };
  await log.observe(seen);
  await log.observe([sighting(at + MINUTE)]);
  await log.decide(decision);
  return decision;
}
