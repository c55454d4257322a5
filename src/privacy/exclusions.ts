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
  const entries = Object.entries(table)
    .flatMap(([reason, list]) => list.map((entry) => ({ entry, reason })))
    .map((each, order) => {
      const anywhere = unspaced.test(each.entry);
      return { ...each, order, anywhere, needle: anywhere ? words(each.entry).trim() : words(each.entry) };
    });
  // By first word, so that a title is compared with the few entries that can match and not with hundreds.
  const byWord = new Map<string, (typeof entries)[number][]>();
  for (const each of entries) {
    if (each.anywhere) continue;
    const first = each.needle.slice(1, each.needle.indexOf(' ', 1));
    byWord.set(first, [...(byWord.get(first) ?? []), each]);
  }
  const anywhere = entries.filter((each) => each.anywhere);
  return (text, allowed = []) => {
    const hay = words(text);
    let found: (typeof entries)[number] | undefined;
    const look = (each: (typeof entries)[number]) => {
      if (found && found.order < each.order) return;
      if (hay.includes(each.needle) && !allowed.includes(each.entry)) found = each;
    };
    for (const word of hay.split(' ')) byWord.get(word)?.forEach(look);
    if (unspaced.test(hay)) anywhere.forEach(look);
    return found?.reason ?? null;
  };
}

/** The lists as a person reads them: one by kind and reason, in the order in which they are asked. */
export function listExclusions({ apps, titles, sites, privateMarks }: Exclusions): {
  lists: { kind: 'app' | 'title' | 'site'; reason: string; entries: string[] }[];
  privateMarks: string[];
} {
  return {
    lists: [...listed('app', apps), ...listed('title', titles), ...listed('site', sites)],
    privateMarks,
  };
}

function listed<K extends string>(kind: K, table: Readonly<Record<string, string[]>>) {
  return Object.entries(table).map(([reason, entries]) => ({ kind, reason, entries }));
}
