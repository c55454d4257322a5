import type { Value } from './value.ts';
import type { Kind } from '../../model/exporting.ts';

/** A stretch of text that tells who or where, in UTF-16 units, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly value: Value;
  /** Also to be replaced wherever else the same text stands. */
  readonly anywhere: boolean;
}

/** What one text gave: stretches of it, and values that follow from them (the name in a mail address). */
export interface Found {
  readonly spans: readonly Span[];
  readonly others: readonly Value[];
}

/** A stretch that begins at `start` and reads `text`. */
export function spanAt(
  start: number,
  text: string,
  kind: Kind,
  more: Partial<Value> & { anywhere: boolean },
): Span {
  const { anywhere, ...rest } = more;
  return { start, end: start + text.length, value: { kind, text, ...rest }, anywhere };
}

/** Where stretches overlap the longer one stays; in their order. */
export function withoutOverlaps(spans: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const next of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || next.start >= last.end) kept.push(next);
    else if (next.end - next.start > last.end - last.start) kept[kept.length - 1] = next;
  }
  return kept;
}

/** Whether a name cannot be a word of a sentence: it has a digit, a joint or a capital inside. */
export function isDistinctive(name: string): boolean {
  return name.length >= 5 && /[\d_.\- ]|\p{Ll}\p{Lu}/u.test(name);
}
