import { z } from 'zod';
import type { Decision } from './decision.ts';
import type { Event, EventKind } from './event.ts';
import type { Answer, AuditEntry, Feedback } from './feedback.ts';
import type { Moment } from './moment.ts';
import type { KeptMute } from './mute.ts';
import type { Observation } from './observation.ts';
import type { Captured, Offered, Told } from './outcome.ts';
import type { StudyReply } from './study.ts';
import type { Suggestion, SuggestionState } from './suggestion.ts';

/** A page of something, newest first. Keyed by `seq`, the log's own monotonic number: clocks go back, it does not. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** Pass as `before` for the next page; absent at the end. */
  readonly next?: number;
}

/** Which rows to read: newest first below `before` (a seq), at most `limit` (default 100, at most 1,000). */
export interface Range {
  readonly before?: number;
  readonly limit?: number;
  /** Epoch milliseconds, inclusive. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * What to forget. A `site` goes with its subdomains. `everything` also drops decisions, feedback and answers, the copies
 * that the program made and the key.
 */
export const ForgetFilter = z.union([
  /**
   * Observations that began within one of these stretches (ends included), of one application where `only` names it, but
   * for those in `except`; and those in `also`. What a person selected in a list, whether its rows were ever read or not.
   */
  z.strictObject({
    began: z
      .array(z.strictObject({ from: z.number().int(), to: z.number().int() }))
      .min(1)
      .max(1000),
    only: z.string().max(256).optional(),
    except: z.array(z.uuid()).max(10_000).optional(),
    also: z.array(z.uuid()).max(10_000).optional(),
  }),
  z.object({ observations: z.array(z.uuid()).min(1).max(10_000) }),
  z.object({ suggestion: z.uuid() }),
  z.object({ events: z.array(z.uuid()).min(1).max(10_000) }),
  z.object({ app: z.string().min(1).max(256) }),
  z.object({ site: z.string().min(1).max(253) }),
  z.object({ from: z.number().int(), to: z.number().int() }),
  /** What a study marked: suggestions, answers, decisions; not what was watched meanwhile. */
  z.object({ study: z.string().regex(/^[a-z0-9-]{2,48}$/) }),
  z.object({ everything: z.literal(true) }),
]);
export type ForgetFilter = z.infer<typeof ForgetFilter>;

/** The oldest time (epoch milliseconds) that each kind of row is kept from. What is older goes. */
export const KeepFrom = z.object({
  window: z.number().int(),
  clipboard: z.number().int(),
  keyboard: z.number().int(),
  files: z.number().int(),
  idle: z.number().int(),
  /** Windows with a page. */
  web: z.number().int(),
  editor: z.number().int(),
  suggestions: z.number().int(),
});
export type KeepFrom = z.infer<typeof KeepFrom>;

/** A copy of the log outside the program's reach: it still holds what is forgotten after it was made. */
export const LogCopy = z.object({
  file: z.string().max(4096),
  at: z.number().int(),
  /**
   * A `backup` opens with the key of this log only, an `archive` with its passphrase, an `export` with nothing; `aside` lies
   * in the data folder, out of use.
   */
  kind: z.enum(['backup', 'archive', 'aside', 'export']),
});
export type LogCopy = z.infer<typeof LogCopy>;

/** The start of a quarter of an hour, epoch milliseconds, and how many observations began in it. */
export type Quarter = readonly [at: number, many: number];

/** A window in front: an observation without its words, which is all that a picture of a day needs. */
export type Stay = Readonly<Pick<Observation, 'id' | 'time' | 'duration'> & { app: string }>;

/** A place in time to read from: newest first by their own time, `skip` of them left out, at most 1,000 (100 unless told). */
export interface Stretch {
  /** Epoch milliseconds, inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly skip?: number;
  readonly limit?: number;
  readonly app?: string;
}

/** Where the store stands. `key` says where the encryption key lives; `file` is a 0600 file and is shown as a warning. */
export interface LogState {
  readonly place: string;
  readonly encrypted: boolean;
  readonly key: 'keyring' | 'file' | 'none';
  readonly events: number;
  readonly observations: number;
  readonly bytes: number;
  readonly schema: number;
  readonly warning?: string;
}

/**
 * The durable, encrypted, queryable record. One writer.
 *
 * Contract: a promise of a writing method resolves when the rows are on disk (WAL, synchronous FULL, batches of at
 * most 100 ms) and rejects with an AppError (`disk-full`, `log-damaged`) when they are not; after `disk-full` the same
 * rows may be written again. Append-only, except for `observe` and `suggest`, which replace the row of the same id,
 * `mute`, `reply` and `forget`. Forgetting an observation cascades to its events and to suggestions, feedback and answers that saw it.
 */
export interface EventLog {
  append(events: readonly Event[]): Promise<void>;
  observe(observations: readonly Observation[]): Promise<void>;
  suggest(suggestion: Suggestion): Promise<void>;
  answer(answer: Answer): Promise<void>;
  feedback(feedback: Feedback): Promise<void>;
  /**
   * Adds what was said to a study's questions to the row of an answer; `at` is when they were put, epoch milliseconds.
   * False where that row was forgotten or belongs to no study: nothing is written then.
   */
  reply(feedback: string, at: number, replies: readonly StudyReply[]): Promise<boolean>;
  decide(decision: Decision): Promise<void>;
  audit(entry: AuditEntry): Promise<void>;
  /** Keeps a mute, or that it was taken back, in place of the one of the same kind and name. */
  mute(mute: KeptMute): Promise<void>;

  events(range?: Range & { readonly kinds?: readonly EventKind[] }): Promise<Page<Event>>;
  /** `text` is a full-text search over the sentences: every word must occur, as the start of a word. */
  observations(
    range?: Range & { readonly text?: string; readonly app?: string; readonly site?: string },
  ): Promise<Page<Observation>>;
  /** How many observations began in each quarter of an hour since `from`, of one application or of all, newest first. */
  quarters(of?: { readonly app?: string; readonly from?: number }): Promise<readonly Quarter[]>;
  /** Observations by their own time rather than in the order in which they were written. */
  byTime(stretch: Stretch): Promise<readonly Observation[]>;
  /** Windows in front since `from` (epoch milliseconds), newest first, at most 10,000. */
  stays(from: number): Promise<readonly Stay[]>;
  suggestions(range?: Range & { readonly states?: readonly SuggestionState[] }): Promise<Page<Suggestion>>;
  suggestion(id: string): Promise<Suggestion | null>;
  answerOf(suggestion: string): Promise<Answer | null>;
  feedbacks(range?: Range): Promise<Page<Feedback>>;
  decisions(range?: Range): Promise<Page<Decision>>;
  audits(range?: Range): Promise<Page<AuditEntry>>;
  /** What a replay under another dial needs of the decisions, at most 5,000 a page (1,000 unless told). */
  moments(range?: Range): Promise<Page<Moment>>;
  /** What insights need of the suggestions and of the answers, at most 5,000 a page (1,000 unless told). */
  offered(range?: Range): Promise<Page<Offered>>;
  told(range?: Range): Promise<Page<Told>>;
  /** What was captured between two moments (epoch milliseconds, inclusive), as counts. To be asked for a day at a time. */
  captured(range: { readonly from: number; readonly to: number }): Promise<Captured>;
  /** Every mute there is, those taken back too, oldest first. */
  mutes(): Promise<readonly KeptMute[]>;

  /**
   * Removes rows, from the index, the WAL, free pages and the program's own copies too; resolves with how many
   * observations went. `everything` starts a new file under a new key. Rejects with `disk-full` when nothing was.
   */
  forget(filter: ForgetFilter): Promise<number>;
  /**
   * Removes at most `limit` rows that are too old, as thoroughly as `forget`; resolves with how many went. To be called
   * again while it removes any. Suggestions and feedback keep what they saw until they are too old themselves.
   */
  retain(from: KeepFrom, limit: number): Promise<number>;
  /** Encrypts the log anew under a new key and destroys the old one: copies made with that open no more. */
  rotateKey(): Promise<void>;
  /** The copies that people made with `backup` or an archive and that are still where they were put. */
  copies(): Promise<readonly LogCopy[]>;
  /** Remembers that a copy was made, for `copies`. */
  noteCopy(copy: LogCopy): Promise<void>;
  /** Writes an encrypted copy to `file` while running. Fails if `file` exists. */
  backup(file: string): Promise<void>;
  /** Sees to it that the program's own folder holds a copy of the last day, and one before. False when there is no room. */
  keepBackup(): Promise<boolean>;
  /** `ok`, or what SQLite's integrity check found. */
  check(): Promise<string>;
  state(): Promise<LogState>;
  /** Flushes what is buffered, then closes. May be called twice. */
  close(): Promise<void>;
}
