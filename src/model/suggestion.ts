import { z } from 'zod';
import { Judgement, Need } from './judgement.ts';
import { Observation } from './observation.ts';
import { PolicySnapshot } from './policy.ts';
import { Proposal } from './proposal.ts';
import { StudyMark } from './study.ts';

/**
 * held -> shown -> accepted | rejected | ignored | snoozed -> held …; held -> expired | withdrawn.
 * Ignored means busy: it is not a reject and gives no training label.
 */
export const SuggestionState = z.enum([
  'held',
  'shown',
  'accepted',
  'rejected',
  'ignored',
  'snoozed',
  'expired',
  'withdrawn',
]);
export type SuggestionState = z.infer<typeof SuggestionState>;

/** A proposal with a lifecycle, and exactly what was seen when it was made. Times are epoch milliseconds. */
export const Suggestion = z.object({
  id: z.uuid(),
  at: z.number().int(),
  proposal: Proposal,
  /** Exactly the observations the prompt was made of. */
  seen: z.array(Observation),
  gate: Need,
  reward: Judgement.optional(),
  /** P(it is accepted now): need and judgement together, what the threshold was held against. */
  score: z.number().min(0).max(1).optional(),
  /** Never shown by itself: a suppressed candidate that was drawn to be asked about in the digest. */
  audit: z.boolean().optional(),
  /** The task as the person worded it before accepting. */
  edited: z.string().min(1).max(300).optional(),
  /** Why it was offered, in words, for the card and its page. */
  reasons: z.array(z.string().max(400)),
  state: SuggestionState,
  history: z.array(
    z.object({ state: SuggestionState, at: z.number().int(), note: z.string().max(200).optional() }),
  ),
  /** When it goes by itself in its present state. */
  until: z.number().int().optional(),
  policy: PolicySnapshot,
  promptVersion: z.string().max(64),
  /** The study in force when it was made, if any. */
  study: StudyMark.optional(),
});
export type Suggestion = z.infer<typeof Suggestion>;
