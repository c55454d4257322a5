import { fold } from './fold.ts';
import { STEMS } from './words.ts';

/** What a stem means in an order to a machine. */
export type Meaning = keyof typeof STEMS;

interface Stem {
  readonly text: string;
  readonly meaning: Meaning;
  /** Nothing may follow it in its word. */
  readonly whole: boolean;
}

/** Scripts without spaces between words, or with particles written together with them. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Arab}]/u;
/** A dot in front makes a name of it: `kimi.ai` is a site. */
const IN_WORD = /[\p{L}\p{N}.]/u;
const LETTER = /[\p{L}\p{N}]/u;

/** By their first letter, so that a place in a text is compared with few of them. */
const byFirst = new Map<string, Stem[]>();
for (const [meaning, groups] of Object.entries(STEMS) as [Meaning, readonly string[]][]) {
  for (const given of groups.join(' ').split(' ')) {
    const text = fold(given.replace(/^=/, '').replaceAll('_', ' '));
    const stem = { text, meaning, whole: given.startsWith('=') };
    byFirst.set(text[0]!, [...(byFirst.get(text[0]!) ?? []), stem]);
  }
}

/** Where each meaning stands in a folded text. */
export function meaningsIn(text: string): ReadonlyMap<Meaning, readonly number[]> {
  const found = new Map<Meaning, number[]>();
  for (let at = 0; at < text.length; at++) {
    const stems = byFirst.get(text[at]!);
    if (!stems) continue;
    const begins = at === 0 || !IN_WORD.test(text[at - 1]!) || UNSPACED.test(text[at]!);
    if (!begins) continue;
    for (const { text: stem, meaning, whole } of stems) {
      if (!text.startsWith(stem, at)) continue;
      const next = text[at + stem.length];
      if (whole && next !== undefined && LETTER.test(next) && !UNSPACED.test(stem[0]!)) continue;
      found.set(meaning, [...(found.get(meaning) ?? []), at]);
    }
  }
  return found;
}

/** Whether two meanings stand within so many letters of each other, in either order. */
export function near(
  found: ReadonlyMap<Meaning, readonly number[]>,
  one: Meaning,
  other: Meaning,
  gap: number,
): boolean {
  const others = found.get(other) ?? [];
  return (found.get(one) ?? []).some((a) => others.some((b) => a !== b && Math.abs(a - b) <= gap));
}
