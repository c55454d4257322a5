import { parse as parseYaml } from 'yaml';
import { MEANINGS, type Meaning, type ReplyKeys } from './ownWords.ts';

/** What a reply says, by meaning; texts as they stand there, an absent one empty. */
export interface ToldReply extends Readonly<Record<Exclude<Meaning, 'help'>, string>> {
  /** Null where no decision is told apart from the task. */
  readonly help: boolean | null;
}

/** Longest reply that is looked into, in characters: longer ones are no reply but a flood. */
const LONGEST = 20_000;
/** Longest text, and most opening brackets in it, that is read as careless JSON: that parser slows down with both. */
const LONGEST_LOOSE = 6000;
const MOST_BRACKETS = 40;
/** How deep the object may lie within others. */
const DEEPEST = 4;
const NOTHING = /^(?:null|none|nil|undefined|n\/a|no task|-)?[.!]?$/i;

/**
 * Reads a reply of a model that was trained elsewhere, by its own key names: JSON, in a code fence or amid prose, with single
 * quotes, bare or differently spelled keys (`Proactive_Task` for `Proactive Task`), within another object or a list. A task
 * may be a list (its first counts), an object, or a word for nothing. Null where no object with such a key is found.
 *
 * Never throws: the text is a model's, which may have been told anything.
 */
export function readTolerantly(text: string, keys: ReplyKeys): ToldReply | null {
  const meanings = new Map(Object.entries(keys).map(([name, meaning]) => [spelling(name), meaning]));
  for (const piece of piecesOf(text.slice(0, LONGEST))) {
    for (const parse of [parseJson, parseLoosely]) {
      const found = objectWith(parse(piece), meanings, 0);
      if (found) return toldBy(found, meanings);
    }
  }
  return null;
}

/** Where the object may stand: the whole, what a fence holds, the first whole pair of braces, and that up to a cut end. */
function piecesOf(text: string): readonly string[] {
  const fence = /```[a-z0-9]*\s*([\s\S]*?)```/i.exec(text)?.[1];
  const from = text.indexOf('{');
  const braces = from < 0 ? undefined : balanced(text.slice(from));
  return [...new Set([text, fence, braces].filter((each) => each !== undefined))].filter((each) =>
    each.includes('{'),
  );
}

/** From the first brace to the one that closes it, braces within quotes not counted; undefined where none does. */
function balanced(text: string): string | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === '{') depth += 1;
    else if (!quoted && sign === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(0, at + 1);
    }
  }
  return undefined;
}

function brackets(text: string): number {
  return text.match(/[[{]/g)?.length ?? 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Flow mappings of YAML are what careless JSON comes to: single quotes, bare keys, a comma too many. No aliases. */
function parseLoosely(text: string): unknown {
  if (!text.trimStart().startsWith('{') || text.length > LONGEST_LOOSE || brackets(text) > MOST_BRACKETS) {
    return undefined;
  }
  try {
    return parseYaml(text, { maxAliasCount: 0, uniqueKeys: false, logLevel: 'silent' }) as unknown;
  } catch {
    return undefined;
  }
}

type Found = Readonly<Record<string, unknown>>;

function objectWith(value: unknown, meanings: ReadonlyMap<string, Meaning>, depth: number): Found | null {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return null;
  if (!Array.isArray(value) && Object.keys(value).some((key) => isDecision(meanings.get(spelling(key))))) {
    return value as Found;
  }
  for (const inner of Object.values(value).slice(0, 20)) {
    const found = objectWith(inner, meanings, depth + 1);
    if (found) return found;
  }
  return null;
}

function isDecision(meaning: Meaning | undefined): boolean {
  return meaning === 'task' || meaning === 'help';
}

function toldBy(found: Found, meanings: ReadonlyMap<string, Meaning>): ToldReply {
  const told = new Map<Meaning, unknown>();
  for (const [key, value] of Object.entries(found)) {
    const meaning = meanings.get(spelling(key));
    if (meaning && !told.has(meaning)) told.set(meaning, value);
  }
  const texts = Object.fromEntries(
    MEANINGS.filter((each) => each !== 'help').map((each) => [each, textOf(told.get(each))]),
  ) as Record<Exclude<Meaning, 'help'>, string>;
  return { ...texts, help: flagOf(told.get('help')) };
}

/** One text: the first of a list, an object as its JSON; empty for a word that means nothing. */
function textOf(value: unknown): string {
  const one: unknown = Array.isArray(value) ? value.find((each) => textOf(each) !== '') : value;
  if (typeof one === 'string') return NOTHING.test(one.trim()) ? '' : one;
  if (typeof one === 'number') return String(one);
  if (typeof one !== 'object' || one === null) return '';
  try {
    return JSON.stringify(one);
  } catch {
    return '';
  }
}

function flagOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  if (/^\s*(?:true|yes)\b/i.test(value)) return true;
  return /^\s*(?:false|no|none|null)\b/i.test(value) ? false : null;
}

/** Names are the same whatever their case and their spaces, underscores and dashes. */
function spelling(name: string): string {
  return name.replace(/[\s_.-]+/g, '').toLowerCase();
}
