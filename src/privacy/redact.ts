import type { Redacted } from '../model/guard.ts';
import { findInAddresses } from './addresses.ts';
import { findAssigned } from './assignments.ts';
import { findCodes } from './codes.ts';
import { findInCommands } from './commands.ts';
import { findLone, findRandom, findScrambled } from './entropy.ts';
import { findEncoded } from './encoded.ts';
import { type Finding, type FindingType, placeholder } from './finding.ts';
import { findUser, type Person, shortenHomes } from './person.ts';
import { findPersonal } from './pii.ts';
import { findTokens } from './tokens.ts';
import { inText, invisible, isAscii, joinedView, percentView, plainView, type View } from './view.ts';

/** Characters of a text that are looked at; the rest is cut, at a space where there is one near. */
export const longestText = 20_000;

/** What redaction knows of its surroundings. */
export interface RedactOptions {
  readonly person?: Person;
  /** ISO country whose national phone numbers are meant, e.g. `DE`. */
  readonly region?: string;
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
 * same value gets the same number within one text. Never throws, never waits; linear in at most `longestText`.
 */
export function redact(text: string, options: RedactOptions = {}): Redacted {
  const person = options.person ?? {};
  let current = cut(text.replace(invisible, ''));
  const found: Record<string, number> = {};
  const numbers = createNumbers(current);
  for (let pass = 0; pass < maxPasses; pass += 1) {
    const short = shortenHomes(current, person);
    const findings = merge(findAll(short, person, options.region), short);
    if (findings.length === 0) return { text: short, found };
    current = replace(short, findings, numbers, found);
  }
  return { text: cut(current), found };
}

/** All findings of a text, in its own units: in the plain view, in the one without escapes, in the one of joined lines. */
function findAll(text: string, person: Person, region?: string): Finding[] {
  const ascii = isAscii(text);
  const plain = plainView(text, ascii);
  const findings = back(plain, findIn(plain.text, person, region, ascii));
  const decoded = percentView(plain);
  if (decoded) findings.push(...back(decoded, findIn(decoded.text, person, region, ascii)));
  const joined = joinedView(plain);
  if (joined) findings.push(...back(joined, findLong(joined.text)).filter((each) => crosses(text, each)));
  findings.push(...back(plain, findEncoded(plain.text, (inner) => findSecrets(inner, isAscii(inner)))));
  return findings;
}

function back(view: View, findings: readonly Finding[]): Finding[] {
  return view.map ? findings.map((each) => ({ ...each, ...inText(view, each.start, each.end) })) : [...findings];
}

/** Line ends are joined only to see words that were broken; what is whole was seen before. */
function crosses(text: string, { start, end }: Finding): boolean {
  return text.slice(start, end).includes('\n');
}

function findIn(text: string, person: Person, region: string | undefined, ascii: boolean): Finding[] {
  return [...findSecrets(text, ascii), ...findPersonal(text, region), ...findUser(text, person)];
}

function findSecrets(text: string, ascii: boolean): Finding[] {
  return [
    ...findTokens(text),
    ...findAssigned(text, ascii),
    ...findInAddresses(text),
    ...findInCommands(text),
    ...findCodes(text),
    ...findRandom(text),
    ...findLone(text),
    ...findScrambled(text),
  ];
}

/** Finders of long words, for lines that were broken inside one. */
function findLong(text: string): Finding[] {
  return [...findTokens(text), ...findRandom(text)];
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
  numbers: (type: FindingType, value: string) => string,
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

/** Numbers go on after those a text has already. */
function createNumbers(text: string): (type: FindingType, value: string) => string {
  const last = new Map<string, number>();
  const given = new Map<string, string>();
  for (const [whole] of text.matchAll(placeholder)) {
    const [type, number] = whole.slice(1, -1).split('_');
    if (type && number) last.set(type, Math.max(last.get(type) ?? 0, Number(number)));
  }
  return (type, value) => {
    if (type === 'USER') return '[USER]';
    const key = `${type} ${value.toLowerCase().replace(/[\s-]/g, '')}`;
    const known = given.get(key);
    if (known) return known;
    const number = (last.get(type) ?? 0) + 1;
    last.set(type, number);
    const name = `[${type}_${number}]`;
    given.set(key, name);
    return name;
  };
}
