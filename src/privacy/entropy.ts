import type { Finding } from './finding.ts';

/** Words of the alphabets of base64 and base64url. Paths and dotted names fall apart at their separators. */
const word = /[A-Za-z0-9+_=-]{20,20000}/g;
const slashed = /(?<![\w./~-])[A-Za-z0-9+/]{30,20000}={0,2}(?![\w./-])/g;
const uuid = /^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[)}]?$/i;
const run = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;

/**
 * Words that look random: letters of both cases and digits (or lower case, digits and no hexadecimal), whose runs of
 * one class are short. Random base62 has runs of about 1.9 characters, names and file names of more than 3.
 */
export function findRandom(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const pattern of [word, slashed]) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      if (!looksRandom(match[0])) continue;
      // A digest that a lock file or a page pins is public.
      if (/(?:sha\d{3}-|SHA256:)$/.test(text.slice(Math.max(0, start - 7), start))) continue;
      if (/^sha\d{3}-/.test(match[0])) continue;
      findings.push({ start, end: start + match[0].length, type: 'TOKEN' });
    }
  }
  return findings;
}

/**
 * A text that is one word of all four classes, as password generators make them: nothing around it says so, and
 * losing a rare word that is none costs less than keeping one. Addresses, paths and code have marks that it may not.
 */
export function findLone(text: string): Finding[] {
  const lone = /^\s*([A-Za-z\d!@#$%^&*?~+_.-]{8,64})\s*$/.exec(text)?.[1];
  if (lone === undefined) return [];
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[!#$%^&*?~+]|@(?!\w+\.\w)/];
  if (!classes.every((each) => each.test(lone))) return [];
  const start = text.indexOf(lone);
  return [{ start, end: start + lone.length, type: 'PASSWORD' }];
}

/** True for a word that no person or program chose for its meaning. */
export function looksRandom(text: string): boolean {
  const bare = text.replace(/^[-_=+]+|[-_=+]+$/g, '');
  if (bare.length < 20 || uuid.test(bare)) return false;
  const lower = /[a-z]/.test(bare);
  const upper = /[A-Z]/.test(bare);
  const digits = (bare.match(/\d/g) ?? []).length;
  if (!lower || digits < 1) return false;
  if (/^[0-9a-f_-]+$/i.test(bare)) return false;
  const runs = bare.match(run) ?? [];
  const mean = runs.reduce((sum, part) => sum + part.length, 0) / Math.max(1, runs.length);
  if (!upper) return mean < 2.4 && digits >= 4 && entropy(bare) > 3.4;
  return mean < 2.9 && entropy(bare) > 3.5;
}

/** Shannon entropy in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
