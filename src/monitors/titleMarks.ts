/** Braille and quarter-circle spinners, hourglasses and asterisks that programs animate at the front of a title. */
const SPINNER = /^(?:[\u2800-\u28FF◐-◓◴-◷◜-◟⏳⌛✳✶✻✽✢·] ?)+(?=\S)/u;
/** Unsaved marks: `● file`, `•file`, `*file`. One star only, so that `**bold**` stays. */
const UNSAVED = /^(?:[●•◦] ?|\*(?![*\s]))/u;
/** Unread counters: `(3) Inbox`. Three digits at most, so that a year in brackets stays. */
const COUNTER = /^\(\d{1,3}\+?\) (?=\S)/;
/** Unsaved marks at the end: `file.txt ●`, and Vim's ` + ` is left alone because it is also arithmetic. */
const UNSAVED_END = / [●•]$/u;

/**
 * A title without the marks that change while the window stays the same, so that heartbeats merge.
 * Conservative: what might be part of the name stays.
 */
export function withoutMarks(title: string): string {
  let clean = title
    .replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  for (const mark of [SPINNER, COUNTER, UNSAVED, UNSAVED_END]) clean = clean.replace(mark, '').trim();
  return clean;
}
