import { createHmac, hash, randomBytes } from 'node:crypto';
import { findHosts, hostAt } from './hosts.ts';
import { isOrdinary } from './ordinary.ts';
import { endingOf, findPaths, stemOf } from './paths.ts';
import { findPeople, namesOf, nameKey } from './people.ts';
import { findInSentence } from './sentences.ts';
import { type Found, type Span, spanAt, withoutOverlaps } from './span.ts';
import { createTrie } from './trie.ts';
import { fold, holdsPlaceholder, legible, PLACEHOLDER, type Value } from './value.ts';
import type { Kind, Replaced } from '../../model/exporting.ts';

/** Who uses this machine, and words that the person wants replaced too. All of it is replaced wherever it stands. */
export interface Known {
  readonly user?: string;
  readonly fullName?: string;
  readonly machine?: string;
  readonly words?: readonly string[];
}

/** Finds secrets and personal data by the privacy stage's own rules; `type` names the placeholder. */
export type FindSecrets = (
  text: string,
) => readonly { readonly start: number; readonly end: number; readonly type: string }[];

/** What a whole field is the name of. */
export type Place = 'file' | 'folder';

/** What replaces: the same value gets the same placeholder wherever it stands. */
export interface Pseudonyms {
  /** `place` says that the whole text is the name of a file or folder. */
  replace(text: string, heard?: (replaced: Replaced) => void, place?: Place): string;
  /** Another id of the same form, the same one for the same id. */
  id(uuid: string): string;
  /** Distinct values by kind. */
  readonly values: Readonly<Partial<Record<Kind, number>>>;
}

/** Collects first, over all that will be written, so that a value found late is replaced early too. */
export interface PseudonymBook {
  /** Looks a text through. */
  take(text: string): void;
  /** Notes a value whose kind is known by where it came from. */
  note(kind: 'host' | Place, text: string): void;
  /** Numbers what was found. Nothing is taken afterwards. */
  seal(): Pseudonyms;
}

/** Texts whose stretches are remembered: the windows of answers overlap. */
const MOST_REMEMBERED = 4000;

/**
 * An empty book. Numbers are drawn by a random key that nobody keeps, so that two exports cannot be put side by side by
 * their placeholders; the order of appearance says nothing. A test passes `key`.
 */
export function createPseudonymBook(
  options: { readonly known?: Known; readonly findSecrets?: FindSecrets; readonly key?: Buffer } = {},
): PseudonymBook {
  const key = options.key ?? randomBytes(32);
  const known = knownValues(options.known ?? {});
  const wanted = new Map<string, Value>();
  const everywhere = new Map<string, Value>();
  /** The kind that names a spelling which was taken for several. */
  const first = new Map<string, Value>();
  const remembered = new Map<string, Found>();

  const want = (value: Value, anywhere: boolean) => {
    const group = groupOf(value);
    if (!wanted.has(group)) wanted.set(group, value);
    const spelled = fold(value.text);
    const other = first.get(spelled);
    if (!other || rank(value.kind) < rank(other.kind)) first.set(spelled, value);
    if (!anywhere) return;
    const spelling = `${value.exact === true ? `= ${value.text}` : fold(value.text)} ${value.kind}`;
    if (!everywhere.has(spelling)) everywhere.set(spelling, value);
  };
  const find = (text: string): Found => {
    const before = remembered.get(text);
    if (before) return before;
    const found = findAll(text, options.findSecrets);
    if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(text, found);
    return found;
  };
  for (const value of known) want(value, true);

  return {
    take(given) {
      const { spans, others } = find(legible(given));
      for (const { value, anywhere } of spans) {
        want(value, anywhere);
        const stem = stemOf(value);
        if (stem) want(stem, true);
      }
      for (const value of others) want(value, true);
    },
    note(kind, given) {
      const text = legible(given);
      if (text === '' || holdsPlaceholder(text)) return;
      const spans = kind === 'host' ? hostAt(text, 0) : findInSentence(`the ${kind} '${text}'`);
      for (const { value, anywhere } of spans) want(value, anywhere);
    },
    seal() {
      const numbers = numbered([...wanted.keys()], key);
      const secret = key.toString('hex');
      const name = (given: Value) => {
        const value = first.get(fold(given.text)) ?? given;
        return placeholderOf(value, given.text, numbers.get(groupOf(value)) ?? 0);
      };
      const trie = createTrie();
      // What the person named comes first, then who they are.
      for (const value of [...everywhere.values()].toSorted((a, b) => rank(a.kind) - rank(b.kind)))
        trie.add(value, name(value));
      const values: Partial<Record<Kind, number>> = {};
      for (const group of wanted.keys()) {
        const kind = group.slice(0, group.indexOf(' ')) as Kind;
        values[kind] = (values[kind] ?? 0) + 1;
      }
      return {
        values,
        id: (uuid) => uuidOf(hash('sha256', `${secret} ${uuid}`)),
        replace(given, heard, place) {
          if (place) {
            const front = `the ${place} '`;
            return this.replace(`${front}${given}'`, heard).slice(front.length, -1);
          }
          const text = legible(given);
          const spans = find(text).spans.filter(({ value }) => wanted.has(groupOf(value)));
          const named = spans.map(({ start, end, value }) => ({
            start,
            end,
            kind: value.kind,
            placeholder: name(value),
          }));
          const taken = [...named, ...placeholdersIn(text)].toSorted((a, b) => a.start - b.start);
          const all = [...named, ...trie.search(text, taken)].toSorted((a, b) => a.start - b.start);
          let out = '';
          let from = 0;
          for (const { start, end, kind, placeholder } of all) {
            // Inside of a word it needs a joint, so that `user-1` and a digit are not another one.
            const joint = (sign: string | undefined) =>
              sign !== undefined && ALPHANUMERIC.test(sign) ? '_' : '';
            out += text.slice(from, start);
            out += joint(out.at(-1)) + placeholder + joint(text[end]);
            from = end;
            heard?.({ kind, from: text.slice(start, end), to: placeholder });
          }
          return out + text.slice(from);
        },
      };
    },
  };
}

/** The order in which kinds are asked where one spelling has several. */
const RANK: readonly Kind[] = [
  'word',
  'user',
  'machine',
  'person',
  'secret',
  'host',
  'file',
  'folder',
  'page',
];
const rank = (kind: Kind) => RANK.indexOf(kind);

const ALPHANUMERIC = /[\p{L}\p{N}]/u;

/** What shares a number. */
function groupOf({ kind, key, text }: Value): string {
  return `${kind} ${fold(key ?? text)}`;
}

function findAll(text: string, findSecrets: FindSecrets | undefined): Found {
  const people = findPeople(text);
  const places = [...findHosts(text), ...findPaths(text), ...findInSentence(text)];
  const held = placeholdersIn(text);
  const secrets = (findSecrets?.(text) ?? []).flatMap(({ start, end, type }): Span[] => {
    const value = text.slice(start, end);
    // Mail addresses keep their form; what is taken care of already stays.
    if (type === 'EMAIL' || type === 'USER' || holdsPlaceholder(value)) return [];
    if (type === 'IP') return [spanAt(start, value, 'host', { anywhere: true })];
    return [spanAt(start, value, 'secret', { type, anywhere: value.length >= 6 })];
  });
  const spans = [...people.spans, ...places, ...secrets].filter(
    ({ start, end }) => !held.some((hole) => hole.start < end && start < hole.end),
  );
  return { spans: withoutOverlaps(spans), others: people.others };
}

function placeholdersIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(PLACEHOLDER)].map(({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }));
}

function knownValues({ user, fullName, machine, words = [] }: Known): Value[] {
  const values: Value[] = words
    .map((word) => legible(word).trim())
    .filter((word) => word.length > 0)
    .map((text) => ({ kind: 'word', text, inside: text.length >= 5 }));
  for (const [kind, text] of [
    ['user', user],
    ['machine', machine],
    ['machine', machine?.split('.')[0]],
  ] as const) {
    if (text !== undefined && text.length >= 3 && !isOrdinary(text) && !holdsPlaceholder(text))
      values.push({ kind, text: text.normalize('NFC'), inside: text.length >= 5 });
  }
  if (fullName !== undefined && fullName.trim().length >= 3)
    for (const spelled of [
      fullName.normalize('NFC').trim(),
      fullName.normalize('NFC').replaceAll('-', ' ').trim(),
    ])
      values.push(...namesOf(spelled, nameKey(fullName)));
  return values;
}

/** Numbers from 1 in each kind, in an order that only the key knows. */
function numbered(groups: readonly string[], key: Buffer): ReadonlyMap<string, number> {
  const drawn = groups
    .map((group) => ({ group, at: createHmac('sha256', key).update(group).digest('hex') }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const last = new Map<string, number>();
  return new Map(
    drawn.map(({ group }) => {
      const kind = group.slice(0, group.indexOf(' '));
      const number = (last.get(kind) ?? 0) + 1;
      last.set(kind, number);
      return [group, number];
    }),
  );
}

/** `text` is the value as it stands: its ending is kept as it is written. */
function placeholderOf({ kind, key, type }: Value, text: string, number: number): string {
  if (kind === 'host') return `host-${number}.example`;
  if (kind === 'secret') return `[${type ?? 'TOKEN'}_${number}]`;
  const ending = kind === 'file' && text !== key ? endingOf(text) : '';
  return `${kind}-${number}${ending === '' ? '' : `.${ending}`}`;
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
