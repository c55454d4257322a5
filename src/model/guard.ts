/** What has the focus, as far as the platform tells. Absent fields are unknown, and unknown means protected. */
export interface Context {
  readonly app?: string;
  readonly title?: string;
  /** Names of the targets a clipboard owner offers, read before any content. */
  readonly targets?: readonly string[];
  /** The folder or file a file event is about, absolute. */
  readonly path?: string;
  /** The source that asks. */
  readonly source: 'window' | 'clipboard' | 'keyboard' | 'file' | 'idle';
}

/** Answer before any content is read: all of it, counts and the app's name only, or nothing. */
export type Verdict =
  | { readonly allow: 'content' }
  | { readonly allow: 'counts'; readonly reason: string }
  | { readonly allow: 'nothing'; readonly reason: string };

/** Text with typed placeholders in place of secrets and personal data, and how many of each were found. */
export interface Redacted {
  readonly text: string;
  /** Placeholder type (EMAIL, CARD, TOKEN …) -> how many. */
  readonly found: Readonly<Record<string, number>>;
}

/** What was kept, redacted and dropped since the start, by source and reason; numbers only. */
export interface GuardCounts {
  readonly kept: number;
  readonly redacted: number;
  readonly dropped: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/**
 * The only way into the log.
 *
 * Contract: a monitor calls `before` with what it knows ahead of reading any content, obeys the verdict, and passes
 * every piece of captured text through `redact` before it is buffered or emitted. Neither throws. Neither waits.
 */
export interface Guard {
  before(context: Context): Verdict;
  redact(text: string): Redacted;
  counts(): GuardCounts;
}
