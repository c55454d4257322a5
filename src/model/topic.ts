import { splitFiles } from './fileName.ts';

/** Words that say nothing about what a text is about; question words are among them, since searches are full of them. */
const STOP = new Set(
  (
    'a an and any are as at be been but by can could did do does for from get had has have how i if in into is it its ' +
    'just like me my new not of off on one or our out over so some than that the their them then there these they ' +
    'this those to too up us use used using user via was way we were what when where which while who why will with ' +
    'would you your vs about after before between best please work works working make made find found need want ' +
    'pdf docx doc odt html htm txt md'
  ).split(' '),
);

const LONGEST = 300;
const WORD = /[\p{L}\p{N}_]+/gu;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * A light English stem: plural and verb endings go, so that "merging columns" meets "merge column".
 * Too blunt for prose; enough to compare two short texts.
 */
function stem(word: string): string {
  if (word.length < 4 || /[\d_]/.test(word)) return word;
  const bare = word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  const root = bare.length > 5 ? bare.replace(/(?:ing|ed)$/, '') : bare;
  return root.replace(/([bdgmnprt])\1$/, '$1').replace(/(?<=...)e$/, '');
}

/** Scripts without spaces are compared by pairs of signs. */
function pairs(word: string): readonly string[] {
  const signs = [...word];
  return signs.length < 3 ? [word] : signs.slice(1).map((sign, at) => signs[at]! + sign);
}

/** Words of a text that carry meaning, lower case, stemmed, in order, each once. */
export function contentWords(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    if (HAN.test(word)) for (const pair of pairs(word)) found.add(pair);
    else if (word.length > 1 && !STOP.has(word)) found.add(stem(word));
  }
  return [...found];
}

/**
 * The topic of some words: what they are about whatever their order and form, so that a no to one wording is a no to
 * all of them. A file counts as its kind and what its name says without number, date or version, so that `report-a.pdf`
 * and `report-b.pdf` are one topic; see `fileName.ts`. Sorted stems, at most 300 characters, never empty.
 */
export function topicOf(words: string): string {
  const { rest, names, kinds } = splitFiles(words);
  const named = names.flatMap((name) => contentWords(name)).map((word) => OF_FILE + word);
  const stems = [...new Set([...contentWords(rest), ...named, ...kinds.map((kind) => KIND + kind)])].sort();
  if (stems.length === 0) {
    const bare = words
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim();
    return bare.slice(0, LONGEST).trim() || 'nothing';
  }
  let topic = '';
  for (const word of stems) {
    if (topic.length + word.length + 1 > LONGEST) break;
    topic = topic ? `${topic} ${word}` : word;
  }
  return topic || stems[0]!.slice(0, LONGEST);
}

/**
 * Whether two topics are about the same thing: they share three fifths of all their words, or the shorter one (of at least
 * two words) stands almost wholly in the longer. One shared word alone never suffices, unless both are that word. Topics
 * that name different files are never the same, whatever else they share.
 */
export function sameTopic(a: string, b: string): boolean {
  if (a === b) return true;
  if (otherFiles(a, b)) return false;
  const one = wordsOf(a);
  const two = wordsOf(b);
  const shared = [...one].filter((word) => two.has(word)).length;
  if (shared < 2) return false;
  const smaller = Math.min(one.size, two.size);
  return shared / (one.size + two.size - shared) >= 0.6 || shared / smaller >= 0.75;
}

/**
 * Whether two topics ask the same of files of the same kind, whatever the files are called: what a person means who has
 * said no to several of them. False where either names no file.
 */
export function sameOfOtherFiles(a: string, b: string): boolean {
  const [one, two] = [a, b].map((topic) => topic.split(' ').filter((word) => !word.startsWith(OF_FILE)));
  const kinds = one!.filter((word) => word.startsWith(KIND));
  if (kinds.length === 0 || !kinds.some((kind) => two!.includes(kind))) return false;
  const shared = one!.filter((word) => two!.includes(word)).length;
  return shared / (one!.length + two!.length - shared) >= 0.6;
}

/** Marks of a topic's words: from a file's name, and what kind of file. No word of a text can begin with them. */
const OF_FILE = '~';
const KIND = '.';

function wordsOf(topic: string): ReadonlySet<string> {
  return new Set(topic.split(' ').map((word) => (word.startsWith(OF_FILE) ? word.slice(1) : word)));
}

/** Both name files, and the names share less than half of their words. */
function otherFiles(a: string, b: string): boolean {
  const [one, two] = [a, b].map((topic) => topic.split(' ').filter((word) => word.startsWith(OF_FILE)));
  if (one!.length === 0 || two!.length === 0) return false;
  const shared = one!.filter((word) => two!.includes(word)).length;
  return shared / (one!.length + two!.length - shared) < 0.5;
}
