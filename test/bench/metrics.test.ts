import { describe, expect, it } from 'vitest';
import { traceBootstrap } from '../../src/bench/bootstrap.ts';
import { aucOf, countsOf, figuresOf } from '../../src/bench/metrics.ts';

const moments = [
  { trace: 'a', proposed: true, needed: true, score: 0.9 },
  { trace: 'a', proposed: true, needed: false, score: 0.6 },
  { trace: 'b', proposed: false, needed: true, score: 0.4 },
  { trace: 'b', proposed: false, needed: false, score: 0.4 },
  { trace: 'c', proposed: true, needed: true, score: 0.7 },
];

describe('figures of decisions', () => {
  it('are the ones of their definitions', () => {
    expect(figuresOf(countsOf(moments))).toEqual({
      cd: 2,
      fa: 1,
      mn: 1,
      nr: 1,
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 2 / 3,
      accuracy: 3 / 5,
      falseAlarm: 1 / 3,
      falsePositiveRate: 1 / 2,
      proposalRate: 3 / 5,
    });
  });

  it('are 0 where nothing was proposed', () => {
    const { precision, recall, f1, falseAlarm } = figuresOf({ cd: 0, fa: 0, mn: 3, nr: 4 });
    expect([precision, recall, f1, falseAlarm]).toEqual([0, 0, 0, 0]);
  });

  it('have an AUC with ties counting half', () => {
    // Needed 0.9, 0.4, 0.7 against 0.6, 0.4: four wins and one tie of six pairs.
    expect(aucOf(moments)).toBeCloseTo(4.5 / 6, 12);
    expect(aucOf([{ needed: true, score: 1 }])).toBeNull();
    expect(aucOf([{ needed: true, score: 1 }, { needed: false }])).toBeNull();
  });
});

describe('the trace bootstrap', () => {
  const share = (all: readonly { needed: boolean }[]) => ({
    share: all.filter((each) => each.needed).length / all.length,
  });

  it('draws whole traces, the same for the same seed', () => {
    const first = traceBootstrap(moments, share, { seed: 7 });
    expect(traceBootstrap(moments, share, { seed: 7 })).toEqual(first);
    const [low, high] = first['share']!;
    // Every sample holds at least half of need; all of one is one draw in 27, more than the 2.5 % above the high end.
    expect(low).toBeCloseTo(0.5, 12);
    expect(high).toBeGreaterThan(0.7);
  });

  it('has no width where there is one trace', () => {
    const [low, high] = traceBootstrap(moments.slice(0, 2), share, { seed: 1 })['share']!;
    expect([low, high]).toEqual([0.5, 0.5]);
  });
});
