import { z } from 'zod';
import { InsightPick, InsightRow, Insights } from '../model/insights.ts';
import type { Contract } from '../rpc.ts';

const days = z.number().int().min(1).max(366);

/** How the assistant did, and what each of those numbers is made of. */
export const insightChannels = {
  'insights.get': { input: z.strictObject({ days }), output: Insights },
  /** Newest first, at most 2,000; `total` counts all. */
  'insights.rows': {
    input: z.strictObject({ days, pick: InsightPick }),
    output: z.object({ rows: z.array(InsightRow), total: z.number().int().nonnegative() }),
  },
} satisfies Contract['channels'];
