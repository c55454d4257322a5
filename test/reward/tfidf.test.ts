import { describe, expect, it } from 'vitest';
import { createTfidf, dot, fitVocabulary, similarity, wordsOf } from '../../src/reward/tfidf.ts';

describe('TF-IDF', () => {
  it('takes runs of letters and digits of two or more, in one form of Unicode', () => {
    expect(wordsOf("The user's ﬁle, Q3-plan v2.1 – über uns!")).toEqual([
      'the',
      'user',
      'file',
      'q3',
      'plan',
      'v2',
      'über',
      'uns',
    ]);
    expect(wordsOf('')).toEqual([]);
  });

  it('keeps terms of two documents in alphabetical order and weighs them as worked out by hand', () => {
    const vocabulary = fitVocabulary(['tide table tide', 'tide chart', 'wind chart', 'lone words']);
    expect(vocabulary.terms).toEqual(['chart', 'tide']);
    expect(vocabulary.idf[0]).toBeCloseTo(Math.log(5 / 3) + 1, 12);
    const { vector } = createTfidf(vocabulary);
    const { at, values } = vector('Tide, tide and chart');
    expect(at).toEqual([0, 1]);
    const heavy = 1 + Math.log(2);
    expect(values[1]! / values[0]!).toBeCloseTo(heavy, 12);
    expect(Math.hypot(...values)).toBeCloseTo(1, 12);
    expect(vector('nothing known')).toEqual({ at: [], values: [] });
  });

  it('compares texts by all their words, the unknown ones as the rarest', () => {
    const tfidf = createTfidf(fitVocabulary(['tide table', 'tide chart', 'wind chart']));
    const unknown = Math.log(4) + 1;
    const known = Math.log(4 / 3) + 1;
    expect(tfidf.rarity('lantern')).toBeCloseTo(unknown, 12);
    expect(tfidf.rarity('tide')).toBeCloseTo(known, 12);
    const bag = tfidf.bag('The lantern tide');
    expect(bag.get('lantern')! / bag.get('tide')!).toBeCloseTo(unknown / known, 12);
    expect(similarity(bag, bag)).toBeCloseTo(1, 12);
    expect(similarity(bag, tfidf.bag('a lantern'))).toBeCloseTo(bag.get('lantern')!, 12);
    expect(similarity(bag, tfidf.bag(''))).toBe(0);
  });

  it('multiplies where both have something', () => {
    expect(dot({ at: [0, 2, 5], values: [1, 2, 3] }, { at: [2, 3, 5], values: [4, 5, 6] })).toBe(26);
    expect(dot({ at: [], values: [] }, { at: [1], values: [1] })).toBe(0);
  });
});
