import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { createPaths } from '../paths.ts';

/** Lists of words by reason; the reason is shown to the user. Matched on whole words, case and punctuation ignored. */
export const Exclusions = z.object({
  /** Reason -> names of applications. */
  apps: z.record(z.string(), z.array(z.string().min(2))),
  /** What browsers put at the end of a private window's title. */
  privateMarks: z.array(z.string().min(2)),
  /** Reason -> words in titles of pages and dialogs. */
  titles: z.record(z.string(), z.array(z.string().min(2))),
  /** Reason -> host names; subdomains are meant too. */
  sites: z.record(z.string(), z.array(z.string().regex(/^[a-z0-9.-]{3,100}$/))),
});
export type Exclusions = z.infer<typeof Exclusions>;

/**
 * The rules that come with the program, read once and whole: a guard without them would be open, so a file that is
 * missing or damaged is an AppError.
 */
export function loadExclusions(file = join(createPaths().assets, 'exclusions.json')): Exclusions {
  try {
    return Exclusions.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new AppError(
      'unreadable',
      `[privacy] the exclusion rules in ${file} cannot be read: install the program again`,
      thrown,
    );
  }
}

/** Scripts written without spaces have no whole words to match: there a part is enough. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Lower case words with single spaces around each, so that ` key ` is a whole word. Invisible characters go. */
export function words(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
  return ` ${plain} `;
}

/**
 * Answers which list a text belongs to: its reason, or null. Built once for a table, cheap to ask. `allowed` are entries
 * that the person switched off, spelled as the table spells them.
 */
export function createMatcher(
  table: Readonly<Record<string, readonly string[]>>,
): (text: string, allowed?: readonly string[]) => string | null {
  const entries = Object.entries(table).flatMap(([reason, list]) =>
    list.map((entry) => ({
      entry,
      reason,
      needle: unspaced.test(entry) ? words(entry).trim() : words(entry),
    })),
  );
  return (text, allowed = []) => {
    const hay = words(text);
    const found = entries.find((each) => hay.includes(each.needle) && !allowed.includes(each.entry));
    return found?.reason ?? null;
  };
}
