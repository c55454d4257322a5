import { z } from 'zod';
import { FeedbackLabel, FeedbackVia, RejectReason } from './feedback.ts';
import { SuggestionState } from './suggestion.ts';

/** What insights need of one suggestion, and no more: what it saw stays in the log. Times are epoch milliseconds. */
export const Offered = z.object({
  id: z.uuid(),
  at: z.number().int(),
  state: SuggestionState,
  task: z.string(),
  proposer: z.string(),
  /** P(it is accepted now) as it was said then; absent in rows of older programs. */
  score: z.number().optional(),
  /** Drawn from the suppressed ones to be asked about in the digest: it was never shown. */
  audit: z.boolean().optional(),
  /** When it came onto the screen last; absent where it never did. */
  shownAt: z.number().int().optional(),
});
export type Offered = z.infer<typeof Offered>;

/** What insights need of one answer. */
export const Told = z.object({
  id: z.uuid(),
  at: z.number().int(),
  label: FeedbackLabel,
  via: FeedbackVia,
  suggestion: z.uuid().optional(),
  decision: z.uuid().optional(),
  reason: RejectReason.optional(),
  needed: z.boolean().optional(),
});
export type Told = z.infer<typeof Told>;

/** A step of capture itself, or of one source. */
export const CaptureMark = z.object({
  at: z.number().int(),
  state: z.enum(['started', 'paused', 'resumed', 'stopped', 'healthy', 'stalled', 'off']),
  source: z.string().optional(),
  restarts: z.number().int().optional(),
  /** When the event before it happened: after a crash nothing says when watching ended. */
  previous: z.number().int().nullable(),
});
export type CaptureMark = z.infer<typeof CaptureMark>;

/** What was captured between two moments, as counts: never what. */
export const Captured = z.object({
  /** Events by kind. */
  kinds: z.record(z.string(), z.number().int()),
  drops: z.array(z.object({ source: z.string(), reason: z.string(), count: z.number().int() })),
  /** Oldest first. */
  marks: z.array(CaptureMark),
  /** The last steps before the first moment: of capture, and of each source since then, oldest first. */
  before: z.array(CaptureMark),
});
export type Captured = z.infer<typeof Captured>;
