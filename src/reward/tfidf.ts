import { z } from 'zod';

/** A sparse vector: the places that are not 0 in rising order, and their values. */
export interface Sparse {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** The terms that count, in alphabetical order, and how rare each is. Equal lengths. */
export const Vocabulary = z
  .object({
    terms: z.array(z.string().min(1).max(100)),
    idf: z.array(z.number().nonnegative()),
    /** Rarity of every other word. */
    unknown: z.number().nonnegative(),
  })
  .refine(({ terms, idf }) => terms.length === idf.length, 'a vocabulary needs one idf for each term');
export type Vocabulary = z.infer<typeof Vocabulary>;

/** Weighs the words of a text. */
export interface Tfidf {
  /** Number of terms: the vectors' width. */
  readonly width: number;
  /** The text as a vector of length 1, or the empty one when none of its words is known. */
  vector(text: string): Sparse;
  /**
   * The weights of all words of the text, those outside the vocabulary included, scaled to length 1; empty without words.
   * For comparing two texts: what a new day is about are words that no earlier day held.
   */
  bag(text: string): Bag;
  /** How rare a word is. */
  rarity(word: string): number;
}

/** Weights by word. */
export type Bag = ReadonlyMap<string, number>;

/** The words of a text in order: runs of letters and digits of at least two characters, lower case, as one Unicode form. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).filter((word) => word.length > 1);
}

/**
 * The vocabulary of documents (each a text): terms that stand in at least `minDocuments` of them, with the smoothed
 * inverse document frequency ln((1 + n) / (1 + df)) + 1, that of scikit-learn's documentation: as if one more document
 * held every term, so that nothing is divided by 0 and no term weighs nothing.
 */
export function fitVocabulary(documents: readonly string[], minDocuments = 2): Vocabulary {
  const counts = new Map<string, number>();
  for (const text of documents) {
    for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const kept = [...counts]
    .filter(([word, count]) => count >= minDocuments && word.length <= 100)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    terms: kept.map(([word]) => word),
    idf: kept.map(([, count]) => Math.log((1 + documents.length) / (1 + count)) + 1),
    unknown: Math.log(1 + documents.length) + 1,
  };
}

/**
 * Weights of words by a vocabulary: (1 + ln tf) * idf, scaled to length 1 (Manning, Raghavan and Schütze, Introduction to
 * Information Retrieval, 2008, sections 6.2 to 6.4).
 */
export function createTfidf(vocabulary: Vocabulary): Tfidf {
  const places = new Map(vocabulary.terms.map((term, at) => [term, at]));
  const rarity = (word: string): number => {
    const at = places.get(word);
    return at === undefined ? vocabulary.unknown : vocabulary.idf[at]!;
  };
  return {
    ...createBags(rarity),
    width: vocabulary.terms.length,
    vector(text) {
      const counts = new Map<number, number>();
      for (const word of wordsOf(text)) {
        const at = places.get(word);
        if (at !== undefined) counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      const sorted = [...counts].sort(([a], [b]) => a - b);
      const weights = sorted.map(([at, count]) => (1 + Math.log(count)) * vocabulary.idf[at]!);
      const length = Math.hypot(...weights) || 1;
      return { at: sorted.map(([at]) => at), values: weights.map((weight) => weight / length) };
    },
  };
}

/** Weights of words by a rule of how rare each is, where nothing was learnt: no term is known, so vectors are empty. */
export function createBags(rarity: (word: string) => number): Tfidf {
  return {
    rarity,
    width: 0,
    vector: () => ({ at: [], values: [] }),
    bag(text) {
      const counts = new Map<string, number>();
      for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
      const weights = [...counts].map(([word, count]): [string, number] => [
        word,
        (1 + Math.log(count)) * rarity(word),
      ]);
      const length = Math.hypot(...weights.map(([, weight]) => weight)) || 1;
      return new Map(weights.map(([word, weight]) => [word, weight / length]));
    },
  };
}

/** Weighs each text once, for where texts repeat from window to window; it keeps them all. */
export function remembering(tfidf: Tfidf): Tfidf {
  return { ...tfidf, vector: once(tfidf.vector), bag: once(tfidf.bag) };
}

function once<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text) ?? work(text);
    known.set(text, found);
    return found;
  };
}

/** The cosine of two bags. */
export function similarity(a: Bag, b: Bag): number {
  let sum = 0;
  for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0);
  return sum;
}

/** Sum of products; of two vectors of length 1, the cosine of their angle. */
export function dot(a: Sparse, b: Sparse): number {
  let sum = 0;
  for (let i = 0, j = 0; i < a.at.length && j < b.at.length;) {
    const difference = a.at[i]! - b.at[j]!;
    if (difference === 0) sum += a.values[i]! * b.values[j]!;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return sum;
}
