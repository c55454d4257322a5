import type { Kind } from '../../model/exporting.ts';

/** Something that tells who or where: its kind and its text as it stands. */
export interface Value {
  readonly kind: Kind;
  readonly text: string;
  /** Two values of one kind and one `key` are the same thing, e.g. a name and its parts. The text where absent. */
  readonly key?: string;
  /** Only as it is written: a first name is also a word of the language. */
  readonly exact?: boolean;
  /** Also inside of other words. */
  readonly inside?: boolean;
  /** For a secret, the type the privacy stage gave it. */
  readonly type?: string;
}

/** The placeholders that this stage writes, and those of the privacy stage. */
export const PLACEHOLDER =
  /(?<![\p{L}\p{N}])(?:(?:word|user|machine|person|folder|page)-\d{1,6}|file-\d{1,6}(?:\.[\p{L}\p{N}]{1,12}){0,2}|host-\d{1,6}\.example)(?![\p{L}\p{N}])|\[[A-Z]{2,8}(?:_\d{1,6})?\]/gu;

/** Whether a text holds a placeholder: it was taken care of before. */
export function holdsPlaceholder(text: string): boolean {
  PLACEHOLDER.lastIndex = 0;
  return PLACEHOLDER.test(text);
}

/**
 * A text as it is looked through: composed, and without the signs that break no line and show nothing (soft hyphen, zero-width
 * space, word joiner, byte order mark), under which a name would be another one. Joiners stay: scripts and emoji need them.
 */
export function legible(text: string): string {
  return text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').normalize('NFC');
}

/** The one form under which spellings of a value meet: composed, lower case. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
