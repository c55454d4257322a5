import { z } from 'zod';
import { RejectReason } from './feedback.ts';
import { SuggestionState } from './suggestion.ts';

/** Local calendar day, `YYYY-MM-DD`. */
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.number().int().nonnegative();

/**
 * What became of a suggestion, and needs that had none. `waiting` is not over yet; `unseen` never came onto the screen;
 * `asked` was drawn for the digest and nothing was missed; `missed` is help that was wanted and not offered.
 */
export const Became = z.enum([
  'accepted',
  'rejected',
  'ignored',
  'snoozed',
  'waiting',
  'unseen',
  'missed',
  'asked',
]);
export type Became = z.infer<typeof Became>;

/** Cells of need by offer (DESIGN section 7): missed need, non-response, correct detection, false alarm. */
export const Cell = z.enum(['CD', 'FA', 'MN', 'NR']);
export type Cell = z.infer<typeof Cell>;

/** One suggestion, or one moment without one, that a number of the insights is made of. */
export const InsightRow = z.object({
  id: z.uuid(),
  /** `suggestion` has a page; a `need` was told by the person; a `moment` was asked about in the digest. */
  what: z.enum(['suggestion', 'need', 'moment']),
  at: z.number().int(),
  day: Day,
  task: z.string().optional(),
  state: SuggestionState.optional(),
  became: Became,
  /** Absent where nobody said anything: ignored gives no label. */
  cell: Cell.optional(),
  reason: RejectReason.optional(),
  score: z.number().min(0).max(1).optional(),
  /** Number of its bin in the reliability plot, where it stands in one. */
  bin: z.number().int().optional(),
});
export type InsightRow = z.infer<typeof InsightRow>;

/** Which rows: all that a number counts. */
export const InsightPick = z.strictObject({
  /** First and last day. */
  from: Day.optional(),
  to: Day.optional(),
  became: Became.optional(),
  cell: Cell.optional(),
  bin: z.number().int().min(0).max(9).optional(),
});
export type InsightPick = z.infer<typeof InsightPick>;

/** A share of a count with its 95 % Wilson interval; bins hold `from` (inclusive) to `to`. */
export const Bin = z.object({
  from: z.number(),
  to: z.number(),
  count,
  /** Mean of what was said. */
  said: z.number(),
  /** Share that became so. */
  share: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Bin = z.infer<typeof Bin>;

/** One source on one day. Nulls: no program recorded it then. Times are milliseconds. */
export const SourceDay = z.object({
  source: z.string(),
  events: count,
  healthyMs: z.number().nonnegative().nullable(),
  stalledMs: z.number().nonnegative().nullable(),
  restarts: count.nullable(),
  drops: z.array(z.object({ reason: z.string(), count })),
});
export type SourceDay = z.infer<typeof SourceDay>;

/** Capture on one local day. `crashes` are starts that nobody ended before. Times are milliseconds. */
export const CaptureDay = z.object({
  day: Day,
  watchedMs: z.number().nonnegative(),
  pausedMs: z.number().nonnegative(),
  starts: count,
  crashes: count,
  sources: z.array(SourceDay),
});
export type CaptureDay = z.infer<typeof CaptureDay>;

/** How the assistant did over the last local days, oldest day first, every day there. */
export const Insights = z.object({
  days: z.array(
    z.object({
      day: Day,
      counts: z.partialRecord(Became, count),
    }),
  ),
  cells: z.object({ CD: count, FA: count, MN: count, NR: count }),
  /** Reasons that were given with the false alarms. */
  reasons: z.partialRecord(RejectReason, count),
  /** Suggestions that were offered and that nobody said anything about. */
  unlabelled: count,
  reliability: z.object({
    /** Suggestions that were accepted or rejected and had a score. */
    answers: count,
    own: z.array(Bin),
    /** Of the gate as it is shipped, on windows it did not learn from: P(help is needed). */
    shipped: z.object({ version: z.string(), windows: count, bins: z.array(Bin) }),
  }),
  capture: z.object({
    /** Since when the health of sources is recorded (epoch milliseconds); null: not yet. */
    since: z.number().int().nullable(),
    days: z.array(CaptureDay),
  }),
  /** What is in it was made up, for the recorded day. */
  madeUp: z.boolean(),
});
export type Insights = z.infer<typeof Insights>;
