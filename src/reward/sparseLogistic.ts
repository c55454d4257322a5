import { sigmoid } from '../model/sigmoid.ts';
import type { Sparse } from './tfidf.ts';

/** A linear model of a probability over sparse rows: sigmoid(bias + weights * row). */
export interface SparseLinear {
  readonly weights: readonly number[];
  readonly bias: number;
}

const NEWTON_STEPS = 50;
/** Gradient, against the one at the start, at which the fit counts as done. */
const STILL = 1e-7;

/**
 * L2-regularised logistic regression for many sparse columns: Newton's method whose steps are solved by conjugate
 * gradients (Lin, Weng and Keerthi, Trust region Newton method for large-scale logistic regression, JMLR 9, 2008; halving
 * the step here instead of a trust region). `ridge` is the weight of half the squared norm; the bias is not punished.
 * Columns are taken as they stand. Deterministic; `start` only saves time. One label a row, at least one row; with labels
 * of one kind alone the bias grows until its gradient is still, which is a probability near that kind.
 */
export function fitSparseLogistic(
  rows: readonly Sparse[],
  labels: readonly boolean[],
  options: { readonly width: number; readonly ridge: number; readonly start?: SparseLinear },
): SparseLinear {
  const { width, ridge, start } = options;
  // The bias is one more column of ones without ridge.
  const weights = Float64Array.from([...(start?.weights ?? new Float64Array(width)), start?.bias ?? 0]);
  const times = (vector: Float64Array): Float64Array =>
    Float64Array.from(rows, ({ at, values }) => {
      let sum = vector[width]!;
      for (let n = 0; n < at.length; n += 1) sum += vector[at[n]!]! * values[n]!;
      return sum;
    });
  const transposed = (vector: Float64Array): Float64Array => {
    const out = new Float64Array(width + 1);
    for (const [row, { at, values }] of rows.entries()) {
      const factor = vector[row]!;
      for (let n = 0; n < at.length; n += 1) out[at[n]!]! += factor * values[n]!;
      out[width]! += factor;
    }
    return out;
  };
  const punish = (vector: Float64Array, from: Float64Array): Float64Array =>
    vector.map((value, at) => value + (at < width ? ridge * from[at]! : 0));
  const loss = (scores: Float64Array, w: Float64Array): number => {
    let sum = 0;
    for (const [row, score] of scores.entries()) sum += softplus(labels[row] ? -score : score);
    for (let at = 0; at < width; at += 1) sum += (ridge / 2) * w[at]! ** 2;
    return sum;
  };

  let scores = times(weights);
  let current = loss(scores, weights);
  let first = 0;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const p = scores.map(sigmoid);
    const gradient = punish(transposed(p.map((each, row) => each - (labels[row] ? 1 : 0))), weights);
    const size = norm(gradient);
    // A warm start must not loosen the goal, so that it is set by the rows and not by where the search began.
    first ||= Math.max(size, 1e-3 * rows.length);
    if (size <= STILL * first) break;
    const curve = p.map((each) => Math.max(each * (1 - each), 1e-12));
    const move = conjugateGradients(
      (vector) => punish(transposed(times(vector).map((value, row) => value * curve[row]!)), vector),
      gradient.map((value) => -value),
      Math.min(0.1, Math.sqrt(size / first)) * size,
    );
    const shift = times(move);
    let share = 1;
    for (; share > 1e-8; share /= 2) {
      const tried = weights.map((weight, at) => weight + share * move[at]!);
      const triedScores = scores.map((score, row) => score + share * shift[row]!);
      const after = loss(triedScores, tried);
      if (after < current) {
        weights.set(tried);
        scores = triedScores;
        current = after;
        break;
      }
    }
    if (share <= 1e-8) break;
  }
  return { weights: [...weights.subarray(0, width)], bias: weights[width]! };
}

/** The score of a row in log-odds. */
export function sparseScore(model: SparseLinear, row: Sparse): number {
  let sum = model.bias;
  for (const [n, at] of row.at.entries()) sum += model.weights[at]! * row.values[n]!;
  return sum;
}

/** Solves `apply(x) = right` for a positive definite `apply` until the rest is at most `enough`. */
function conjugateGradients(
  apply: (vector: Float64Array) => Float64Array,
  right: Float64Array,
  enough: number,
): Float64Array {
  const found = new Float64Array(right.length);
  const rest = right.slice();
  const direction = right.slice();
  let before = inner(rest, rest);
  for (let round = 0; round < right.length + 10 && Math.sqrt(before) > enough; round += 1) {
    const image = apply(direction);
    const length = before / inner(direction, image);
    for (let at = 0; at < right.length; at += 1) {
      found[at]! += length * direction[at]!;
      rest[at]! -= length * image[at]!;
    }
    const now = inner(rest, rest);
    for (let at = 0; at < right.length; at += 1) direction[at] = rest[at]! + (now / before) * direction[at]!;
    before = now;
  }
  return found;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(inner(a, a));
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
