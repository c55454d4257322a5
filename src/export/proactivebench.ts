import { z } from 'zod';
import type { Feedback } from '../model/feedback.ts';
import { CATEGORIES, categoryOf, labelOf } from '../model/label.ts';
import type { LeftOut } from '../model/exporting.ts';

/**
 * One row of ProactiveBench's reward data (github.com/thunlp/ProactiveAgent, `reward_data/*.jsonl`): a window of
 * observations, the task proposed at its end or null for silence, and what people said of it. `time` is Unix seconds
 * as a string, or prose in rows of their own.
 */
export const ProactiveBenchRow = z
  .strictObject({
    obs: z.array(z.strictObject({ time: z.string().min(1), event: z.string().min(1) })).min(1),
    pred_task: z.string().min(1).nullable(),
    /** Whether the proposal, or the silence, was right. */
    valid: z.boolean(),
    help_needed: z.boolean(),
    /** One vote an annotator. */
    annotation: z.array(z.boolean()).min(1),
    category: z.enum(CATEGORIES),
  })
  .refine(
    (row) => row.category === categoryOf(row.pred_task, row.valid),
    'the category does not follow from pred_task and valid',
  )
  .refine(
    (row) => row.pred_task !== null || row.valid !== row.help_needed,
    'a silence is right where no help is needed',
  );
export type ProactiveBenchRow = z.infer<typeof ProactiveBenchRow>;

/** Epoch milliseconds as ProactiveBench writes a time: seconds with a decimal point, e.g. `1717377997.0`. */
export function benchTime(at: number): string {
  const seconds = String(at / 1000);
  return seconds.includes('.') ? seconds : `${seconds}.0`;
}

/** One answer as a row, or the reason why it is none. The person's answer is one vote. */
export function benchRow(feedback: Feedback): ProactiveBenchRow | LeftOut {
  const label = labelOf(feedback);
  if (typeof label === 'string') return label;
  const { pred_task, valid, help_needed, category } = label;
  if (help_needed === null) return 'need-unknown';
  return {
    obs: feedback.seen.map(({ time, event }) => ({ time: benchTime(time), event })),
    pred_task,
    valid,
    help_needed,
    annotation: [valid],
    category,
  };
}
