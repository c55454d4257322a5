import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/model/language.ts';
import { SPOKEN } from '../../src/model/spoken.ts';
import { language, setLanguage, strings } from '../../renderer/strings.ts';
import { en } from '../../renderer/strings/en.ts';
import { parametersOf, type Parameter } from './catalogueTypes.ts';

/** Texts that are the same in another language because they are names, commands or the same word there. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: [
    'exporting.formats.activitywatch.title',
    'exporting.formats.agent-alpaca.title',
    'exporting.formats.agent-sharegpt.title',
    'exporting.formats.proactivebench.title',
    'insights.capture.sources.editor',
    'learning.card.columns.auc',
    'learning.mutes.whats.app',
    'today.stripColumns.app',
    'link.command',
    'name',
    'protection.kinds.app',
    'settings.languageSystem',
    'settings.minutes',
    'settings.modes.live',
    'settings.themes.system',
    'settings.version',
    'shelf.pathExample',
    'shelf.urlExample',
    'suggestion.columns.prompt',
    'teaching.columns.alpha',
    'teaching.columns.cohen',
    'teaching.columns.fleiss',
    'timeline.noApp',
    'typed.example',
    'welcome.live',
  ],
};

/** Words that only English has: one of them in another catalogue is a text that was left over. */
const ENGLISH =
  /\b(the|and|of|with|you|your|is|are|from|this|that|what|which|have|were|been|it|its|nothing|every|when)\b/i;
/** Where they may stand: an example that is English in every language. */
const QUOTED = ['typed.example'];
/** Counts that are never large enough to need their thousands told apart. */
const FEW = ['spoken.capture.sources', 'spoken.privacy.ways.server'];

type Leaf = string | readonly unknown[] | ((...given: never[]) => unknown);

/** Every text of a catalogue by its path; a list counts as one. */
function leavesOf(part: unknown, path = ''): Map<string, Leaf> {
  if (typeof part === 'string' || typeof part === 'function' || Array.isArray(part))
    return new Map([[path, part as Leaf]]);
  const found = new Map<string, Leaf>();
  for (const [key, inside] of Object.entries(part as object))
    for (const [at, leaf] of leavesOf(inside, path ? `${path}.${key}` : key)) found.set(at, leaf);
  return found;
}

/** How a leaf is built: its kind, and for a list that of each place. */
function kindOf(leaf: unknown): string {
  return Array.isArray(leaf) ? `[${leaf.map(kindOf).join(', ')}]` : typeof leaf;
}

/** The words of a text with some arguments. */
function said(leaf: Leaf, given: readonly unknown[]): string {
  const text =
    typeof leaf === 'function' ? (leaf as (...given: readonly unknown[]) => unknown)(...given) : leaf;
  return Array.isArray(text) ? text.flat().join(' ') : String(text);
}

let parameters: ReadonlyMap<string, readonly Parameter[]>;
const english = leavesOf({ ...en, spoken: SPOKEN.en });
const firsts = (path: string) => (parameters.get(path) ?? []).map(({ values }) => values[0]);

beforeAll(() => {
  parameters = parametersOf();
});

it('the types tell the arguments of every text that takes some', () => {
  const functions = [...english].filter(([, leaf]) => typeof leaf === 'function').map(([path]) => path);
  expect(functions.filter((path) => !parameters.has(path))).toEqual([]);
  expect(functions.length).toBeGreaterThan(100);
});

describe.each(LANGUAGES)('the catalogue in %s', (code) => {
  let texts: ReadonlyMap<string, Leaf>;
  beforeAll(async () => {
    await setLanguage(code);
    expect(language).toBe(code);
    texts = leavesOf({ ...strings, spoken: SPOKEN[code] });
  });

  it('has every text, of the same kind, and none beside', () => {
    const kinds = (leaves: ReadonlyMap<string, Leaf>) =>
      Object.fromEntries([...leaves].map(([path, leaf]) => [path, kindOf(leaf)]));
    expect(kinds(texts)).toEqual(kinds(english));
  });

  it('has no empty text, and none with a hole in it', () => {
    const bad: string[] = [];
    for (const [path, leaf] of texts) {
      for (const few of [firsts(path), ...smaller(firsts(path))]) {
        const text = said(leaf, few);
        if (text.trim() === '' || /undefined|NaN|null|\[object|function|=>/.test(text))
          bad.push(`${path}: ${text}`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('uses each argument that the English text uses', () => {
    const bad: string[] = [];
    for (const [path, leaf] of texts) {
      const given = firsts(path);
      for (const [at, { name, values }] of (parameters.get(path) ?? []).entries()) {
        const other = given.with(at, values[1]);
        const tells = (each: Leaf) => said(each, given) !== said(each, other);
        if (tells(leaf) !== tells(english.get(path)!)) bad.push(`${path}(${name})`);
      }
    }
    expect(bad).toEqual([]);
  });

  it('writes numbers as the language does', () => {
    const bad = [...texts]
      .filter(([path]) => !FEW.includes(path))
      .map(([path, leaf]) => `${path}: ${said(leaf, firsts(path))}`)
      .filter((text) => /\d{4}/.test(text.replace(/(port|Port|example).*\d{4}/, '')));
    expect(bad).toEqual([]);
  });

  // English is what the others are compared with.
  if (code === 'en') return;
  it('is translated', () => {
    const same: string[] = [];
    const left: string[] = [];
    for (const [path, leaf] of texts) {
      const text = said(leaf, firsts(path));
      const words = text.replace(/‹[^›]*›/g, '');
      if (text === said(english.get(path)!, firsts(path)) && /\p{L}{2}/u.test(words)) same.push(path);
      if (ENGLISH.test(words) && !QUOTED.includes(path)) left.push(`${path}: ${text}`);
    }
    expect(left).toEqual([]);
    expect(same.toSorted()).toEqual(SAME[code]!.toSorted());
  });
});

/** The same arguments with numbers that have forms of their own. */
function smaller(given: readonly unknown[]): (readonly unknown[])[] {
  return [0, 1, 2].map((few) => given.map((each) => (typeof each === 'number' ? few : each)));
}
