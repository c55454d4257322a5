import { z } from 'zod';
import { RejectReason } from './feedback.ts';
import { Judgement, Need } from './judgement.ts';
import { Observation } from './observation.ts';
import { Proposal } from './proposal.ts';

/**
 * One moment that the daily digest asks about: a suggestion of shadow mode that nobody was interrupted with, or a moment
 * drawn from the suppressed ones (`audit`). `proposal` is null where nothing was proposed.
 */
export const DigestItem = z.object({
  /** Id of the suggestion, or of the decision where there is none. */
  id: z.uuid(),
  at: z.number().int(),
  from: z.enum(['shadow', 'audit']),
  seen: z.array(Observation),
  proposal: Proposal.nullable(),
  gate: Need,
  reward: Judgement.optional(),
});
export type DigestItem = z.infer<typeof DigestItem>;

/**
 * `accept` and `reject` judge a proposal and tell of need too; `needed` and `not-needed` answer for a moment without one.
 * A skipped item is not asked about again and gives no label.
 */
export const DigestAnswer = z.strictObject({
  id: z.uuid(),
  answer: z.enum(['accept', 'reject', 'needed', 'not-needed', 'skip']),
  reason: RejectReason.optional(),
});
export type DigestAnswer = z.infer<typeof DigestAnswer>;

/** The digest: what is still to be asked, oldest first, and how many were answered since local midnight. */
export const Digest = z.object({
  items: z.array(DigestItem),
  answered: z.number().int().nonnegative(),
});
export type Digest = z.infer<typeof Digest>;
