/** One file that got another name. */
export interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** What all the renames have in common, in words, and what the next ones would be. */
export interface Scheme {
  readonly words: string;
  /** The next names, first the next one; `guessed` where the old name was not seen but counted on. */
  readonly next: readonly { readonly from: string; readonly to: string; readonly guessed: boolean }[];
}

/** Next names at most: enough to see the scheme hold. */
const NEXT = 8;
/** How many follow where nobody knows how many files there are. */
const GUESSES = 3;

/**
 * Reads the scheme of some renames, oldest first, and continues it over `others`, the names of files still waiting, for at
 * most `most` of them; null where no rule explains them all.
 */
export function schemeOf(renames: readonly Renamed[], others: readonly string[], most = NEXT): Scheme | null {
  const counted = counting(renames);
  if (counted) return continueCount(counted, renames, others, most);
  const rule = RULES.map((make) => make(renames)).find((each) => each !== null);
  if (!rule) return null;
  const last = renames.at(-1)!;
  const waiting = sorted(others).filter(
    (name) => typeOf(name).toLowerCase() === typeOf(last.from).toLowerCase(),
  );
  return {
    words: rule.words,
    next: waiting.slice(0, most).map((from) => ({ from, to: rule.apply(from), guessed: false })),
  };
}

interface Rule {
  readonly words: string;
  readonly apply: (name: string) => string;
}

/** Rules that work on each name alone, the plainest first; each explains every rename or is null. */
const RULES: readonly ((renames: readonly Renamed[]) => Rule | null)[] = [
  (all) =>
    added(all, (from, to) => (to.endsWith(from) ? to.slice(0, to.length - from.length) : null), 'front'),
  (all) => added(all, (from, to) => (to.startsWith(from) ? to.slice(from.length) : null), 'end'),
  (all) => always(all, 'Spaces become “-”', (stem) => stem.trim().replace(/\s+/g, '-')),
  (all) => always(all, 'Spaces become “_”', (stem) => stem.trim().replace(/\s+/g, '_')),
  (all) => always(all, 'Lower case', (stem) => stem.toLowerCase()),
  (all) =>
    always(all, 'Lower case, spaces become “-”', (stem) => stem.trim().replace(/\s+/g, '-').toLowerCase()),
  (all) =>
    always(all, 'Lower case, spaces become “_”', (stem) => stem.trim().replace(/\s+/g, '_').toLowerCase()),
];

function always(renames: readonly Renamed[], words: string, change: (stem: string) => string): Rule | null {
  const apply = (name: string) => `${change(stemOf(name))}${typeOf(name)}`;
  const holds =
    renames.every(({ from, to }) => apply(from) === to) && renames.some(({ from, to }) => from !== to);
  return holds ? { words, apply } : null;
}

/** The same text is put in front of, or behind, every name. */
function added(
  renames: readonly Renamed[],
  part: (from: string, to: string) => string | null,
  where: 'front' | 'end',
): Rule | null {
  const parts = new Set(renames.map(({ from, to }) => part(stemOf(from), stemOf(to))));
  const [text] = parts;
  if (parts.size !== 1 || !text) return null;
  return where === 'front'
    ? { words: `“${text}” in front of the name`, apply: (name) => `${text}${name}` }
    : { words: `“${text}” at the end of the name`, apply: (name) => `${stemOf(name)}${text}${typeOf(name)}` };
}

/** Names that count: what stands before and after the number, and how many digits it has. */
interface Count {
  readonly head: string;
  readonly tail: string;
  readonly type: string;
  readonly width: number;
  readonly last: number;
}

const NUMBER = /^(.*?)(\d+)(\D*)$/;

/** The new names have one text and a number that rises by one. */
function counting(renames: readonly Renamed[]): Count | null {
  const read = renames.map(({ to }) => ({ found: NUMBER.exec(stemOf(to)), type: typeOf(to) }));
  const counts = read.map(({ found, type }) =>
    found
      ? { head: found[1]!, tail: found[3]!, type, width: found[2]!.length, last: Number(found[2]) }
      : null,
  );
  const first = counts[0];
  if (!first || renames.length < 2) return null;
  const rises = counts.every(
    (each, at) =>
      each !== null && each.head === first.head && each.tail === first.tail && each.last === first.last + at,
  );
  // Numbers that were there before are kept, not counted.
  const kept = renames.every(
    ({ from }, at) => NUMBER.exec(stemOf(from))?.[2] === NUMBER.exec(stemOf(renames[at]!.to))?.[2],
  );
  return rises && !kept ? counts.at(-1)! : null;
}

function continueCount(
  count: Count,
  renames: readonly Renamed[],
  others: readonly string[],
  most: number,
): Scheme {
  const last = renames.at(-1)!;
  const name = (step: number) =>
    `${count.head}${String(count.last + step).padStart(count.width, '0')}${count.tail}${count.type}`;
  const shape = shapeOf(last.from);
  const waiting = sorted(others).filter((each) => shapeOf(each) === shape);
  const known = waiting.slice(0, most).map((from, at) => ({ from, to: name(at + 1), guessed: false }));
  const guesses =
    known.length > 0 ? [] : counted(last.from).map((from, at) => ({ from, to: name(at + 1), guessed: true }));
  const pattern = `${count.head}${'0'.repeat(Math.max(0, count.width - 1))}1${count.tail}${count.type}`;
  return {
    words: `Numbered on as “${pattern}”, in the order of the old names`,
    next: [...known, ...guesses],
  };
}

/** The names that would come after this one, if it counts. */
function counted(name: string): readonly string[] {
  const found = NUMBER.exec(stemOf(name));
  if (!found) return [];
  const [, head = '', digits = '', tail = ''] = found;
  // Longer numbers are dates or ids and are not counted on.
  if (digits.length > 6) return [];
  return Array.from({ length: GUESSES }, (_, at) => {
    const number = String(Number(digits) + at + 1).padStart(digits.length, '0');
    return `${head}${number}${tail}${typeOf(name)}`;
  });
}

const sorted = (names: readonly string[]) =>
  [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
const shapeOf = (name: string) => name.toLowerCase().replace(/\d+/g, '#');

function typeOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

function stemOf(name: string): string {
  return name.slice(0, name.length - typeOf(name).length);
}
