import { describe, expect, it } from 'vitest';
import { rewardFigures } from '../../src/bench/reward/figures.ts';
import { HUMANS, pairsAgreeing } from '../../src/bench/reward/humans.ts';
import { bestThreshold } from '../../src/bench/reward/linear.ts';
import { lookup, majority } from '../../src/bench/reward/lookup.ts';
import { entriesOf, traceDisjointSplit } from '../../src/bench/reward/splits.ts';
import type { RewardRow } from '../../src/proactivebench/rows.ts';
import { CATEGORY, row, seaside } from './rewardFixture.ts';

describe('judges of the reward bench', () => {
  const window = ['The user reads the tide table.'];
  const train = [
    row(window, 'Summarize the tide table', true, [true, true, true]),
    row(window, 'Print the tide table', true, [false, false, true]),
    row(window, 'Print the wind chart', true, [false, false, false]),
    row(['The user closes the window.'], 'Open the window again', false, [false, false, false]),
  ];
  const judged = (...test: readonly RewardRow[]) => {
    const parts = entriesOf(train, test);
    return { name: 'paper', ...parts };
  };

  it('looks up the label of the nearest task of the same window, and need for silence', () => {
    const said = lookup(
      judged(
        row(window, 'summarize, the TIDE table!', true, [true, true, true]),
        row(window, 'Print the big chart', true, [false, false, false]),
        row(window, null, true, [false, false, false]),
        row(['The user closes the window.'], null, false, [true, true, true]),
        // As near to a task that was right as to one that was not, then nothing in common with any, then a new window.
        row(window, 'the tide table', true, [true, true, true]),
        row(['Elsewhere.'], null, false, [true, true, true]),
      ),
    );
    expect(said).toEqual([
      { accepted: true, probability: 1 },
      { accepted: false, probability: 0 },
      { accepted: false, probability: 0 },
      { accepted: true, probability: 1 },
      { accepted: false, probability: 0.5 },
      { accepted: false, probability: 0.5 },
    ]);
  });

  it('says the commoner label, rejected for an even split', () => {
    const test = row(window, null, true, [true]);
    expect(majority(judged(test))).toEqual([{ accepted: false, probability: null }]);
    const yes = row(window, 'Fold a boat', true, [true, true]);
    const even = entriesOf([yes, train[1]!], [test]);
    expect(majority({ name: 'even', ...even })[0]!.accepted).toBe(false);
    expect(majority({ name: 'two', ...entriesOf([yes, yes, train[1]!], [test]) })[0]!.accepted).toBe(true);
  });

  it('leaves every trace out once and whole', () => {
    const { train, test } = seaside();
    const entries = entriesOf(train, test);
    const split = traceDisjointSplit([...entries.train, ...entries.test])!;
    expect(split.folds).toHaveLength(5);
    for (const { train, test } of split.folds) {
      const held = new Set(test.map(({ trace }) => trace));
      expect(held.size).toBe(1);
      expect(train.some(({ trace }) => held.has(trace))).toBe(false);
      expect(train.length + test.length).toBe(split.entries.length);
    }
    expect(split.folds.flatMap(({ test }) => test.map(({ at }) => at)).sort((a, b) => a - b)).toEqual(
      split.entries.map(({ at }) => at),
    );
  });

  it('chooses the lowest threshold of the best F1', () => {
    expect(bestThreshold([0.9, 0.4, 0.4, 0.1], [true, true, false, false])).toBe(0.4);
    expect(bestThreshold([0.2, 0.8], [false, true])).toBe(0.8);
  });

  it('measures votes against the majority, the label and the others', () => {
    const { train: entries } = entriesOf(
      [row(window, 'Fold a boat', true, [true, true, false]), row(window, null, false, [true, false])],
      [],
    );
    const shares = Object.entries(HUMANS).map(([name, votes]) => {
      const judged = votes(entries);
      return [name, judged.length, judged.filter(({ proposed, needed }) => proposed === needed).length];
    });
    expect(shares).toEqual([
      ['human votes', 5, 3],
      ['human votes against the label', 5, 3],
      // Two of the first row's votes face an even split; the second row's face each other.
      ['one human against the others', 3, 0],
    ]);
    expect(pairsAgreeing(entries.map(({ row }) => row))).toBe(1 / 4);
    expect(pairsAgreeing([])).toBeNull();
  });

  it('counts accuracy and accepted by category, and F1 of the lenient threshold', () => {
    const judged = [
      { trace: 'a', proposed: true, needed: true, category: CATEGORY.CD, score: 0.9, lenient: true },
      { trace: 'a', proposed: false, needed: true, category: CATEGORY.CD, score: 0.4, lenient: true },
      { trace: 'b', proposed: false, needed: false, category: CATEGORY.FA, score: 0.2, lenient: true },
    ] as const;
    const figures = rewardFigures('x', 'paper', judged, 1);
    expect(figures.byCategory['CD']).toEqual({ entries: 2, accuracy: 0.5, accepted: 0.5 });
    expect(figures.byCategory['MN']!.entries).toBe(0);
    expect(figures.f1).toBeCloseTo(2 / 3, 12);
    expect(figures.f1Tuned).toBeCloseTo(4 / 5, 12);
    expect(figures.auc).toBe(1);
    expect(Object.keys(figures.ci)).toContain('accuracy FA');
  });
});
