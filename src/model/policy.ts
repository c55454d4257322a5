import { z } from 'zod';

/** The policy in force when a suggestion was made: logged so that replays under another dial are honest. */
export const PolicySnapshot = z.object({
  threshold: z.number().min(0).max(1),
  /** Probability with which this policy would have shown it; 1 unless it was sampled. */
  propensity: z.number().min(0).max(1),
  eagerness: z.number().min(0).max(1),
  /** Version of what was learnt of this user; absent where the shipped model alone decided. */
  learnt: z.string().max(64).optional(),
});
export type PolicySnapshot = z.infer<typeof PolicySnapshot>;
