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
 * all of them. Sorted stems, at most 300 characters, never empty.
 */
export function topicOf(words: string): string {
  const stems = [...contentWords(words)].sort();
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
 * two words) stands almost wholly in the longer. One shared word alone never suffices, unless both are that word.
 */
export function sameTopic(a: string, b: string): boolean {
  if (a === b) return true;
  const one = new Set(a.split(' '));
  const two = new Set(b.split(' '));
  const shared = [...one].filter((word) => two.has(word)).length;
  if (shared < 2) return false;
  const smaller = Math.min(one.size, two.size);
  return shared / (one.size + two.size - shared) >= 0.6 || shared / smaller >= 0.75;
}
