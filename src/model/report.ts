import { z } from 'zod';
import { SOURCES } from './guard.ts';

/** What the guard did for one source, or for all; numbers only. */
export const SourceCounts = z.object({
  kept: z.number(),
  redacted: z.number(),
  dropped: z.number(),
  /** Reason -> how often. */
  reasons: z.record(z.string(), z.number()),
});

/** One source in the privacy report. Sentences are for a person; counts are since the core started. */
export const SourceReport = z.object({
  source: z.enum(SOURCES),
  on: z.boolean(),
  /** State of its monitor, and what is wrong with it. */
  state: z.string(),
  reason: z.string().optional(),
  /** What is kept of it, and what never is, whatever the settings. */
  stored: z.string(),
  never: z.string(),
  /** Days after which it is removed. */
  days: z.number().int(),
  counts: SourceCounts,
});
export type SourceReport = z.infer<typeof SourceReport>;

/** What the program keeps, of which source, for how long, and whether anything can leave. Never content. */
export const PrivacyReport = z.object({
  /** Epoch milliseconds of the start of the counting; null when nothing runs and so nothing was counted. */
  since: z.number().int().nullable(),
  /** False before Welcome and while paused: then nothing below is being added to. */
  watching: z.boolean(),
  sources: z.array(SourceReport),
  store: z.object({ encrypted: z.boolean(), key: z.enum(['keyring', 'file', 'none']), place: z.string() }),
  /** Ways out of this machine or to another program, and ports that listen, one sentence each. Empty: none. */
  leaves: z.array(z.string()),
  listens: z.array(z.string()),
  /** What lies in the data folder outside the log, in files that this user alone can read, one sentence each. */
  beside: z.array(z.string()),
});
export type PrivacyReport = z.infer<typeof PrivacyReport>;
