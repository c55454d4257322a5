import { z } from 'zod';
import { type Decision, Outcome } from './decision.ts';

/**
 * What a replay under another dial needs of one decision, and no more: tens of thousands are read at once. Turns that the
 * rules stopped are there only where cool-down or cap did it, since another dial would have let some of them go on.
 */
export const Moment = z.object({
  id: z.uuid(),
  at: z.number().int(),
  outcome: Outcome,
  score: z.number().optional(),
  /** Of the policy then in force: probability with which an answer to it would have been asked for. */
  propensity: z.number().optional(),
  audit: z.boolean().optional(),
  task: z.string().optional(),
  suggestion: z.uuid().optional(),
});
export type Moment = z.infer<typeof Moment>;

/** Outcomes of turns that looked, whatever came of it. */
export const LOOKED: readonly Outcome[] = ['gate', 'silence', 'judge', 'policy', 'proposal'];

/** How the reasons of the rules begin, or what they hold, that another dial would have changed (agent/rules.ts). */
export const STOPPED = { begins: 'cool-down', holds: 'the daily cap is' } as const;

/** The part of a decision that a replay needs, or null where it needs none. */
export function momentOf(decision: Decision): Moment | null {
  const { id, at, outcome, reason, score, policy, audit, task, suggestion } = decision;
  const stopped = outcome === 'rule' && (reason.startsWith(STOPPED.begins) || reason.includes(STOPPED.holds));
  if (!stopped && !LOOKED.includes(outcome)) return null;
  return {
    id,
    at,
    outcome,
    ...(score !== undefined && { score }),
    ...(policy && { propensity: policy.propensity }),
    ...(audit !== undefined && { audit }),
    ...(task !== undefined && { task }),
    ...(suggestion !== undefined && { suggestion }),
  };
}
