import { z } from 'zod';

/** What one setting of the dial would have done over the replayed days; estimates with 90 % intervals. */
export const WhatIfPoint = z.object({
  eagerness: z.number().min(0).max(1),
  threshold: z.number().min(0).max(1),
  shown: z.number(),
  accepted: z.tuple([z.number(), z.number(), z.number()]),
  missed: z.tuple([z.number(), z.number(), z.number()]),
});
export type WhatIfPoint = z.infer<typeof WhatIfPoint>;

/** The user's own last days under other settings of the dial. Numbers: low, estimate, high. */
export const WhatIf = z.object({
  /** Local days replayed, moments with a logged score, and how many of these somebody answered for. */
  days: z.number().int().nonnegative(),
  moments: z.number().int().nonnegative(),
  answered: z.number().int().nonnegative(),
  asked: WhatIfPoint,
  now: WhatIfPoint,
  curve: z.array(WhatIfPoint),
  /** What the figures rest on, in one sentence. */
  basis: z.string().max(400),
});
export type WhatIf = z.infer<typeof WhatIf>;
