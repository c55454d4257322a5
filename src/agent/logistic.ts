import { sigmoid } from '../model/sigmoid.ts';

/** A linear model of a probability over standardised features. */
export interface Linear {
  readonly means: readonly number[];
  readonly scales: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

const STEPS = 30;
const STILL = 1e-9;

/** What each feature adds to the score, and the score in log-odds. */
export function scoreOf(
  model: Linear,
  row: readonly number[],
): { readonly score: number; readonly parts: readonly number[] } {
  const parts = model.weights.map(
    (weight, at) => (weight * ((row[at] ?? 0) - model.means[at]!)) / model.scales[at]!,
  );
  return { score: parts.reduce((sum, part) => sum + part, model.bias), parts };
}

/**
 * L2-regularised logistic regression by Newton's method (Hastie, Tibshirani and Friedman, section 4.4.1) on
 * standardised columns; the bias is not punished. Deterministic. `ridge` is the weight of half the squared distance from
 * `prior`, weights of the standardised columns, 0 where absent. A label is true, false or a share between 0 and 1.
 * Rows and labels have equal length, at least one row; a constant column gets its prior's weight.
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly (boolean | number)[],
  ridge: number,
  prior: readonly number[] = [],
): Linear {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, at) => rows.map((row) => row[at]!));
  const means = columns.map((column) => mean(column));
  const scales = columns.map((column, at) => Math.sqrt(mean(column.map((x) => (x - means[at]!) ** 2))) || 1);
  const design = rows.map((row) => [1, ...row.map((x, at) => (x - means[at]!) / scales[at]!)]);
  let weights = [0, ...means.map((_, at) => prior[at] ?? 0)];
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : -ridge * (weight - (prior[at - 1] ?? 0))));
    const curve = weights.map((_, i) => weights.map((_, j) => (i === j ? (i === 0 ? 1e-9 : ridge) : 0)));
    for (const [n, row] of design.entries()) {
      const p = sigmoid(row.reduce((sum, x, at) => sum + x * weights[at]!, 0));
      for (const [i, x] of row.entries()) {
        gradient[i]! += x * (Number(labels[n]) - p);
        for (const [j, y] of row.entries()) curve[i]![j]! += x * y * p * (1 - p);
      }
    }
    const move = solve(curve, gradient);
    weights = weights.map((weight, at) => weight + move[at]!);
    if (Math.max(...move.map(Math.abs)) < STILL) break;
  }
  return { means, scales, weights: weights.slice(1), bias: weights[0]! };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gaussian elimination with partial pivoting; the matrix is small and positive definite. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, at) => [...row, right[at]!]);
  const size = rows.length;
  for (let at = 0; at < size; at += 1) {
    let best = at;
    for (let below = at + 1; below < size; below += 1) {
      if (Math.abs(rows[below]![at]!) > Math.abs(rows[best]![at]!)) best = below;
    }
    [rows[at], rows[best]] = [rows[best]!, rows[at]!];
    for (let other = 0; other < size; other += 1) {
      if (other === at || rows[at]![at] === 0) continue;
      const factor = rows[other]![at]! / rows[at]![at]!;
      for (let column = at; column <= size; column += 1) rows[other]![column]! -= factor * rows[at]![column]!;
    }
  }
  return rows.map((row, at) => (row[at] === 0 ? 0 : row[size]! / row[at]!));
}
