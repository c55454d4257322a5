import { z } from 'zod';

/**
 * What one local day cost. A naive agent asks the model at every turn with the whole window. A turn that a rule stopped is
 * not counted: mostly nothing was new, and leaving them all out makes the share of skipped calls smaller, not larger.
 */
export const ReceiptDay = z.object({
  /** Local calendar day, `YYYY-MM-DD`. */
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** Turns that no rule stopped, and what became of them. */
  turns: z.number().int().nonnegative(),
  outcomes: z.record(z.string(), z.number().int()),
  /** Those turns in which a model was asked. A naive agent asks in each of them. */
  asked: z.number().int().nonnegative(),
  /** Answers that a model wrote. */
  answers: z.number().int().nonnegative(),
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
