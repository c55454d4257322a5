import { describe, expect, it } from 'vitest';
import { fitLogistic, scoreOf } from '../../src/agent/logistic.ts';
import { createRandom } from '../../src/bench/random.ts';
import { sigmoid } from '../../src/model/sigmoid.ts';
import { fitSparseLogistic, sparseScore } from '../../src/reward/sparseLogistic.ts';
import type { Sparse } from '../../src/reward/tfidf.ts';

const sparse = (row: readonly number[]): Sparse => {
  const at = [...row.keys()].filter((place) => row[place] !== 0);
  return { at, values: at.map((place) => row[place]!) };
};

describe('sparse logistic regression', () => {
  it('equals the dense fit on standardised columns', () => {
    const random = createRandom(7);
    const raw = Array.from({ length: 80 }, () => [random(), random() > 0.7 ? 1 : 0, random() * 3]);
    const labels = raw.map(([a, b]) => random() < sigmoid(3 * a! - 2 * b! - 1));
    for (const ridge of [0.01, 1, 30]) {
      const dense = fitLogistic(raw, labels, ridge);
      const rows = raw.map((row) =>
        sparse(row.map((value, at) => (value - dense.means[at]!) / dense.scales[at]!)),
      );
      const model = fitSparseLogistic(rows, labels, { width: 3, ridge });
      model.weights.forEach((weight, at) => expect(weight).toBeCloseTo(dense.weights[at]!, 5));
      expect(model.bias).toBeCloseTo(dense.bias, 5);
      expect(sparseScore(model, rows[0]!)).toBeCloseTo(scoreOf(dense, raw[0]!).score, 4);
    }
  });

  it('comes to rest where the gradient is 0 with many more columns than rows, from any start', () => {
    const random = createRandom(3);
    const width = 600;
    const rows = Array.from({ length: 60 }, () =>
      sparse(Array.from({ length: width }, () => (random() < 0.02 ? random() : 0))),
    );
    const labels = rows.map(() => random() < 0.4);
    const ridge = 0.5;
    const cold = fitSparseLogistic(rows, labels, { width, ridge });
    const start = fitSparseLogistic(rows, labels, { width, ridge: 20 });
    const warm = fitSparseLogistic(rows, labels, { width, ridge, start });
    warm.weights.forEach((weight, at) => expect(weight).toBeCloseTo(cold.weights[at]!, 4));
    const off = rows.map((row, n) => sigmoid(sparseScore(cold, row)) - Number(labels[n]));
    for (const column of [0, 17, 311, 599]) {
      const pull = rows.reduce(
        (sum, row, n) => sum + off[n]! * (row.values[row.at.indexOf(column)] ?? 0),
        ridge * cold.weights[column]!,
      );
      expect(pull).toBeCloseTo(0, 4);
    }
    expect(off.reduce((sum, each) => sum + each, 0)).toBeCloseTo(0, 4);
  });

  it('stays finite when all labels are of one kind', () => {
    const model = fitSparseLogistic([sparse([1]), sparse([2])], [true, true], { width: 1, ridge: 1 });
    expect(sigmoid(sparseScore(model, sparse([1])))).toBeGreaterThan(0.99);
    expect(Number.isFinite(model.bias)).toBe(true);
  });
});
