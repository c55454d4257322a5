import type { Redacted } from '../model/guard.ts';
import type { Episode } from './episode.ts';
import { findAll } from './find.ts';
import { type Finding, type FindingType, placeholder } from './finding.ts';
import { type Person, shortenHomes } from './person.ts';
import { invisible, mayBeInvisible } from './view.ts';

/** Characters of a text that are looked at; the rest is cut, at a space where there is one near. */
export const longestText = 20_000;

/** What redaction knows of its surroundings. */
export interface RedactOptions {
  readonly person?: Person;
  /** ISO country whose national phone numbers are meant, e.g. `DE`. */
  readonly region?: string;
  /** The sitting whose numbers are used; without one, every text counts from 1. */
  readonly episode?: Episode;
}

/** Where findings overlap, the one that says most about the danger names the placeholder. */
const rank: readonly FindingType[] = [
  'KEY',
  'CARD',
  'IBAN',
  'PASSWORD',
  'TOKEN',
  'CODE',
  'SSN',
  'BIRTH',
  'ADDRESS',
  'EMAIL',
  'PHONE',
  'MAC',
  'IP',
  'USER',
];

/** Replacing can bring two halves together or free a word: repeated until nothing is found, so twice is once. */
const maxPasses = 5;

/**
 * Text with every secret and piece of personal data that can be told replaced by a typed, numbered placeholder; the
 * same value gets the same number within one text, and within one episode if there is one. Never throws, never waits;
 * linear in at most `longestText`.
 */
export function redact(text: string, options: RedactOptions = {}): Redacted {
  const person = options.person ?? {};
  let current = cut(mayBeInvisible.test(text) ? text.replace(invisible, '') : text);
  const found: Record<string, number> = {};
  let numbers: Numbers | undefined;
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const short = shortenHomes(current, person);
    const findings = merge(findAll(short, person, options.region), short);
    if (findings.length === 0) return { text: short, found };
    numbers ??= createNumbers(current, options.episode);
    current = replace(short, findings, numbers, found);
  }
  return { text: cut(current), found };
}

function cut(text: string): string {
  if (text.length <= longestText) return text;
  const space = text.lastIndexOf(' ', longestText);
  return text.slice(0, space > longestText - 512 ? space : longestText);
}

/** Joins overlapping findings, and takes out of them the placeholders that are there already. */
function merge(findings: Finding[], text: string): Finding[] {
  const joined: Finding[] = [];
  for (const next of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = joined.at(-1);
    if (!last || next.start >= last.end) {
      joined.push(next);
      continue;
    }
    const type = rank.indexOf(next.type) < rank.indexOf(last.type) ? next.type : last.type;
    joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end), type };
  }
  if (joined.length === 0) return joined;
  const holes = [...text.matchAll(placeholder)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  return holes.length === 0 ? joined : joined.flatMap((finding) => around(finding, holes));
}

/** Pieces of at least four characters beside placeholders; what is shorter was punctuation between them. */
function around(finding: Finding, holes: readonly (readonly [number, number])[]): Finding[] {
  const touching = holes.filter(([start, end]) => start < finding.end && end > finding.start);
  if (touching.length === 0) return [finding];
  const pieces: Finding[] = [];
  let start = finding.start;
  for (const [from, to] of [...touching, [finding.end, finding.end] as const]) {
    if (from - start >= 4) pieces.push({ ...finding, start, end: from });
    start = Math.max(start, to);
  }
  return pieces;
}

function replace(
  text: string,
  findings: readonly Finding[],
  numbers: Numbers,
  found: Record<string, number>,
): string {
  let out = '';
  let from = 0;
  for (const { start, end, type } of findings) {
    out += text.slice(from, start) + numbers(type, text.slice(start, end));
    found[type] = (found[type] ?? 0) + 1;
    from = end;
  }
  return out + text.slice(from);
}

type Numbers = (type: FindingType, value: string) => string;

/** Numbers go on after those a text has already. */
function createNumbers(text: string, episode?: Episode): Numbers {
  const last = new Map<string, number>();
  const given = new Map<string, number>();
  for (const [whole] of text.matchAll(placeholder)) {
    const [type, number] = whole.slice(1, -1).split('_');
    if (type && number) last.set(type, Math.max(last.get(type) ?? 0, Number(number)));
  }
  return (type, value) => {
    if (type === 'USER') return '[USER]';
    const plain = value.normalize('NFKC').toLowerCase().replace(/[\s-]/g, '');
    const floor = last.get(type) ?? 0;
    const number = episode
      ? episode.number(type, plain, floor)
      : (given.get(`${type} ${plain}`) ?? floor + 1);
    if (!episode) {
      given.set(`${type} ${plain}`, number);
      last.set(type, Math.max(floor, number));
    }
    return `[${type}_${number}]`;
  };
}
