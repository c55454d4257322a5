import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameTopic, topicOf } from '../../src/model/topic.ts';

const same = (a: string, b: string): boolean => sameTopic(topicOf(a), topicOf(b));

describe('topicOf', () => {
  it('collides for other words of the same thing', () => {
    expect(topicOf('How do I merge pandas columns?')).toBe(topicOf('merging columns in Pandas'));
    expect(topicOf('KeyError: “left_on”')).toBe(topicOf('left_on KEYERROR'));
    expect(topicOf('merge csv files')).not.toBe(topicOf('split csv files'));
  });

  it('is never empty, bounded and blind to order and case', () => {
    expect(topicOf('')).toBe('nothing');
    expect(topicOf('the of it')).toBe('the of it');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        const topic = topicOf(words.join(' '));
        expect(topic.length).toBeGreaterThan(0);
        expect(topic.length).toBeLessThanOrEqual(300);
        expect(topicOf(words.join(' '))).toBe(topic);
      }),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['pandas', 'merge', 'left_on', 'error', 'column'], { minLength: 1 }),
        (words) => {
          expect(topicOf(words.join(' ').toUpperCase())).toBe(topicOf(words.toReversed().join(', ')));
        },
      ),
    );
  });
});

describe('sameTopic', () => {
  it('knows a search in other words', () => {
    expect(
      same('pandas merge keyerror left_on', "KeyError 'left_on' when merging on different column names"),
    ).toBe(true);
    expect(same('best hotel in Porto', 'porto hotels cheap')).toBe(true);
    expect(same('智能手机发布', '智能手机发布 2024')).toBe(true);
  });

  it('keeps different things apart, one shared word included', () => {
    expect(same('pandas merge', 'pandas plot histogram')).toBe(false);
    expect(same('python', 'python list comprehension')).toBe(false);
    expect(same('weather Porto', 'train to Lisbon')).toBe(false);
  });

  it('is symmetric and reflexive', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(same(a, b)).toBe(same(b, a));
        expect(same(a, a)).toBe(true);
      }),
    );
  });
});
