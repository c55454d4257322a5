import { z } from 'zod';
import { Need } from './judgement.ts';
import { PolicySnapshot } from './policy.ts';
import { StudyMark } from './study.ts';

/** What one model call cost. Tokens are counts, times milliseconds, memory bytes of the model process. */
export const Receipt = z.object({
  id: z.uuid(),
  at: z.number().int(),
  purpose: z.enum(['decide', 'answer', 'score', 'bench']),
  model: z.string().max(200),
  promptVersion: z.string().max(64),
  /** Tokens of the whole prompt: what a naive full re-prompt would prefill. */
  promptTokens: z.number().int().nonnegative(),
  /** Tokens really evaluated this time; the rest was reused. */
  prefillTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  firstTokenMs: z.number().nonnegative(),
  totalMs: z.number().nonnegative(),
  memoryBytes: z.number().nonnegative(),
  /** Of the whole processor while the call ran, where the platform tells: an upper bound of the model's own work. */
  joules: z.number().nonnegative().optional(),
  stop: z.enum(['end', 'length', 'abort', 'timeout', 'error']),
});
export type Receipt = z.infer<typeof Receipt>;

/** How a turn ended; `judge`: a candidate was there, and would be refused. Every turn has one: the trail of "why not" is data. */
export const Outcome = z.enum(['rule', 'gate', 'silence', 'judge', 'policy', 'proposal', 'error']);
export type Outcome = z.infer<typeof Outcome>;

/** One turn of the agent: what it saw last, how far it came, why it ended there and what it cost. */
export const Decision = z.object({
  id: z.uuid(),
  at: z.number().int(),
  outcome: Outcome,
  /** Plain words: the rule that stopped it, the gate's score against the threshold, the error. */
  reason: z.string().max(500),
  /** Last observation of the window. */
  observation: z.uuid().optional(),
  gate: Need.optional(),
  /** P(the best candidate is accepted), where there was one. */
  score: z.number().min(0).max(1).optional(),
  /** Threshold and propensity then in force; absent where a rule stopped the turn. */
  policy: PolicySnapshot.optional(),
  /** Drawn from the suppressed moments to be asked about in the digest, with the probability `policy.propensity`. */
  audit: z.boolean().optional(),
  task: z.string().max(300).optional(),
  suggestion: z.uuid().optional(),
  receipts: z.array(Receipt),
  ms: z.number().nonnegative(),
  /** The study then in force, if any. */
  study: StudyMark.optional(),
});
export type Decision = z.infer<typeof Decision>;
