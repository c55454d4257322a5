import { z } from 'zod';

/** What one local day cost. A naive agent asks the model at every turn with the whole window; idle ticks are not counted. */
export const ReceiptDay = z.object({
  /** Local calendar day, `YYYY-MM-DD`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Turns that saw something new, and what became of them. */
  turns: z.number().int().nonnegative(),
  outcomes: z.record(z.string(), z.number().int()),
  inferences: z.number().int().nonnegative(),
  promptTokens: z.number().int().nonnegative(),
  prefillTokens: z.number().int().nonnegative(),
  outputTokens: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** Of the model's own work where the platform tells (RAPL), else null. */
  joules: z.number().nonnegative().nullable(),
});
export type ReceiptDay = z.infer<typeof ReceiptDay>;

/** Receipts, newest day first. `power` says where joules come from, or why there are none. */
export const Receipts = z.object({ days: z.array(ReceiptDay), power: z.string().max(300) });
export type Receipts = z.infer<typeof Receipts>;
