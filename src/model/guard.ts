/** The sources that a Guard is asked for; one row each in the privacy report. */
export const SOURCES = [
  'window',
  'clipboard',
  'keyboard',
  'file',
  'idle',
  'web',
  'editor',
  'import',
] as const;
export type Source = (typeof SOURCES)[number];

/** What kind of control has the keyboard focus, where the platform's accessibility tells. Absent means unknown. */
export type Field = 'password' | 'text' | 'terminal' | 'other';

/** What has the focus, as far as the platform tells. Absent fields are unknown, and unknown means protected. */
export interface Context {
  readonly app?: string;
  readonly title?: string;
  /** Address of the page in front, where a source gives one. Never kept as it is: see `Verdict`. */
  readonly page?: string;
  /** True in a private (incognito) window, false where the platform says that it is none. */
  readonly private?: boolean;
  readonly field?: Field;
  /** Names of the targets a clipboard owner offers, read before any content. */
  readonly targets?: readonly string[];
  /** The folder or file a file event is about, absolute. */
  readonly path?: string;
  /** The source that asks. */
  readonly source: Source;
}

/** Answer before any content is read: all of it, counts and the app's name only, or nothing. */
export type Verdict =
  | { readonly allow: 'content' }
  | { readonly allow: 'counts'; readonly reason: string }
  | { readonly allow: 'nothing'; readonly reason: string };

/** The reason where nobody can tell whether a browser's window is private; the window's health names the mend. */
export const UNTOLD_PRIVATE = 'private windows cannot be told';

/** The reason where the owner of a clipboard entry says that it is not for monitors. */
export const MARKED_COPY = 'marked clipboard entry';

/** Text with typed placeholders in place of secrets and personal data, and how many of each were found. */
export interface Redacted {
  readonly text: string;
  /** Placeholder type (EMAIL, CARD, TOKEN …) -> how many. */
  readonly found: Readonly<Record<string, number>>;
}

/** How often one source was kept, redacted and dropped, and why; numbers only. */
export interface SourceCounts {
  readonly kept: number;
  readonly redacted: number;
  readonly dropped: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** What was kept, redacted and dropped since the start, over all and by source; numbers only. */
export interface GuardCounts extends SourceCounts {
  readonly sources: Readonly<Partial<Record<Source, SourceCounts>>>;
}

/**
 * The only way into the log.
 *
 * Contract: a monitor calls `before` with what it knows ahead of reading any content, obeys the verdict, and passes
 * every piece of captured text through `redact` before it is buffered or emitted. Neither throws. Neither waits.
 * `source` names who asks, for the counts. The same value gets the same placeholder within one episode.
 */
export interface Guard {
  before(context: Context): Verdict;
  /**
   * The same answer without counting it: for what belongs to something that `before` was asked for, such as each key of
   * a burst. A guard without it is asked by `before` again.
   */
  again?(context: Context): Verdict;
  /** Counts something that a monitor dropped after the verdict, by a fixed reason; never what. */
  lost?(source: Source, reason: string): void;
  redact(text: string, source: Source): Redacted;
  counts(): GuardCounts;
}
