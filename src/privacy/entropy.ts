import type { Finding } from './finding.ts';

/** Words of the alphabets of base64 and base64url. Paths and dotted names fall apart at their separators. */
const word = /[A-Za-z0-9+_-]{16,20000}={0,2}/g;
const slashed = /(?<![\w./~+-])[A-Za-z0-9+/]{30,20000}={0,2}(?![\w./-])/g;
const uuid = /^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[)}]?$/i;
const run = /[A-Z]?[a-z]+|[A-Z]+|\d+/g;
/** Digests that a lock file, a log or a page pins, and names of built files, are public. */
const digestBefore =
  /(?:sha\d{1,3}[-:][\w+/]{0,90}|SHA256:|md5[-:]|integrity[":= ]{1,3}|etag[":= ]{1,4}|\/d\/|[?&]v=|nonce="?|"(?:x|y|n|e|kid|x5[tuc])" ?: ?"|"(?:x|y|n)" ?: ?"[\w-]{0,90})$/i;
const prefixed = /^[a-z][a-z0-9]{1,14}_[0-9a-f]{32,64}$/;
const publicPrefix =
  /^(?:sha|md5|index|chunk|commit|hash|etag|trace|span|cache|req|img|image|file|tmp|build|v\d)/;

/**
 * Words that look random: letters of both cases and digits (or lower case and digits beyond hexadecimal), whose runs of
 * one class are short. Random base62 has runs of about 1.9 characters, names and file names of more than 3.
 */
export function findRandom(text: string, words: readonly number[]): Finding[] {
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const from = words[at]!;
    const run = text.slice(from, words[at + 1]);
    if (run.length < 16 || !/\d/.test(run)) continue;
    for (const pattern of [word, slashed]) {
      for (const match of run.matchAll(pattern)) {
        const start = from + match.index;
        if (!looksRandom(match[0]) || isPublished(text, start, match[0])) continue;
        findings.push({ start, end: start + match[0].length, type: 'TOKEN' });
      }
    }
  }
  return findings;
}

function isPublished(text: string, start: number, value: string): boolean {
  if (digestBefore.test(text.slice(Math.max(0, start - 100), start)) || /^sha\d{3}-/.test(value)) return true;
  // A built file's name: `index-DkQ81xZa.js`.
  const end = start + value.length;
  return value.length < 40 && /^\.[a-z]{1,5}\b/.test(text.slice(end, end + 7));
}

const scrambled = /(?<![^\s"'`|,:;(/])[A-Za-z\d!#$%^&*?+~@_.-]{10,64}(?![^\s"'`|,;:)])/g;

/** A password as generators make them: all four classes, changing nearly at every character. */
export function findScrambled(text: string): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(scrambled)) {
    const value = match[0];
    if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value) || !/[!#$%^&*?+~]/.test(value))
      continue;
    if (
      /^[#$%&*?+~.-]*[A-Za-z]+[\d.+~^-]*$/.test(value) ||
      /%[0-9A-F]{2}|&&|\?\.|\$[A-Z_]{4,}|\.\w{2,4}$/.test(value)
    )
      continue;
    if (changes(value) >= (value.length - 1) * 0.45)
      findings.push({ start: match.index, end: match.index + value.length, type: 'PASSWORD' });
  }
  return findings;
}

function classOf(character: string): number {
  return /[a-z]/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : /\d/.test(character) ? 2 : 3;
}

function changes(value: string): number {
  let count = 0;
  for (let at = 1; at < value.length; at += 1)
    if (classOf(value[at]!) !== classOf(value[at - 1]!)) count += 1;
  return count;
}

/** Lengths of digests that are published: md5, sha1, sha224 to sha512. */
const digests = new Set([32, 40, 56, 64, 96, 128]);

/**
 * A text that is one word of all four classes, as password generators make them, or one hexadecimal word of no
 * digest's length: nothing around it says so, and losing a rare word that is none costs less than keeping one.
 */
export function findLone(text: string): Finding[] {
  if (text.length > 200) return [];
  const lone = /^\s*([A-Za-z\d!@#$%^&*?~+_.-]{8,140})\s*$/.exec(text)?.[1];
  if (lone === undefined) return [];
  const start = text.indexOf(lone);
  const hex = lone.replaceAll('-', '');
  if (
    /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(hex) &&
    hex.length >= 42 &&
    !digests.has(hex.length) &&
    /\d/.test(hex)
  ) {
    return [{ start, end: start + lone.length, type: 'KEY' }];
  }
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[!#$%^&*?~+]|@(?!\w+\.\w)/];
  if (lone.length > 64 || !classes.every((each) => each.test(lone))) return [];
  return [{ start, end: start + lone.length, type: 'PASSWORD' }];
}

/** The word without dashes, underscores and padding at its ends. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && '-_=+'.includes(text[start]!)) start += 1;
  while (end > start && '-_=+'.includes(text[end - 1]!)) end -= 1;
  return text.slice(start, end);
}

/** True for a word that no person or program chose for its meaning. */
export function looksRandom(text: string): boolean {
  const bare = withoutEdges(text);
  if (bare.length < 16 || uuid.test(bare)) return false;
  if (prefixed.test(bare)) return !publicPrefix.test(bare);
  const lower = /[a-z]/.test(bare);
  const upper = /[A-Z]/.test(bare);
  const digits = bare.length - bare.replace(/\d/g, '').length;
  if (!lower || digits < 1) return false;
  if (/^[0-9a-f_-]+$/i.test(bare)) return false;
  const runs = bare.match(run) ?? [];
  const mean = bare.replace(/[-_=+]/g, '').length / Math.max(1, runs.length);
  if (bare.length < 20) return upper && mean < 2.4 && !/[-_+=]|[a-z]{5}/.test(bare) && entropy(bare) > 3.3;
  if (!upper) return lowerRandom(bare, digits, mean);
  return mean < (bare.length >= 32 && digits >= 5 ? 3.1 : 2.9) && entropy(bare) > 3.5;
}

/** True for the parts of a long key that was broken by line ends: no words of a language, no digests, no files. */
export function isBrokenKey(pieces: readonly string[]): boolean {
  const whole = pieces.join('');
  const capitals = whole.replace(/[^A-Z]/g, '').length;
  const small = whole.replace(/[^a-z]/g, '').length;
  if (pieces.length < 2) return false;
  // `vendor_…` says itself that it goes on.
  if (/^[a-z][a-z0-9]{1,14}_[A-Za-z0-9_]{24,}$/.test(whole) && /\d.*\d.*\d/.test(whole)) return true;
  return capitals >= 4 && small >= 4 && pieces.every(isPiece);
}

function isPiece(piece: string): boolean {
  // The rest behind the last line end.
  if (piece.length < 6) return /[A-Z\d]/.test(piece);
  if (/^[0-9a-f]+$/.test(piece) || /^[A-Z]?[a-z-]+$/.test(piece)) return false;
  return piece.replace(/[^A-Za-z0-9]/g, '').length / Math.max(1, (piece.match(run) ?? []).length) < 3.4;
}

/** Lower case and digits: short runs all over, or one long part without marks that has them. */
function lowerRandom(bare: string, digits: number, mean: number): boolean {
  if (digits < 4 || entropy(bare) <= 3.4) return false;
  const longest = bare.split(/[-_+=]/).reduce((best, part) => (part.length > best.length ? part : best), '');
  if (/^[0-9a-f]+$/.test(longest) && longest.length >= 7)
    return mean < 2.4 && bare.split(/[-_]/).length <= 2 && longest.length >= 24 && /_/.test(bare);
  if (longest.length < 20) return false;
  const parts = longest.match(run) ?? [];
  return parts.length >= 6 && longest.length / parts.length < (longest.length >= 36 ? 3.7 : 3.2);
}

/** Shannon entropy in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
