import { z } from 'zod';

/** The policy in force when a suggestion was made: logged so that replays under another dial are honest. */
export const PolicySnapshot = z.object({
  threshold: z.number().min(0).max(1),
  /** Probability with which this policy would have shown it; 1 unless it was sampled. */
  propensity: z.number().min(0).max(1),
  eagerness: z.number().min(0).max(1),
});
export type PolicySnapshot = z.infer<typeof PolicySnapshot>;
