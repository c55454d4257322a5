import { sigmoid } from '../model/sigmoid.ts';
import type { Sparse } from './tfidf.ts';

/** A linear model of a probability over sparse rows: sigmoid(bias + weights * row). */
export interface SparseLinear {
  readonly weights: readonly number[];
  readonly bias: number;
}

const NEWTON_STEPS = 50;
/** Gradient, against the one at the start, at which the fit counts as done. */
const STILL = 1e-6;

/**
 * L2-regularised logistic regression for many sparse columns: Newton's method whose steps are solved by conjugate
 * gradients (Lin, Weng and Keerthi, Trust region Newton method for large-scale logistic regression, JMLR 9, 2008; halving
 * the step here instead of a trust region). `ridge` is the weight of half the squared norm; the bias is not punished.
 * A label may be a share of yes, 0 to 1. Columns are taken as they stand. Deterministic; `start` only saves time. One label a row, at least one row; with labels
 * of one kind alone the bias grows until its gradient is still, which is a probability near that kind.
 */
export function fitSparseLogistic(
  rows: readonly Sparse[],
  labels: readonly (boolean | number)[],
  options: { readonly width: number; readonly ridge: number; readonly start?: SparseLinear },
): SparseLinear {
  const { width, ridge, start } = options;
  // The bias is one more column of ones without ridge.
  const weights = Float64Array.from([...(start?.weights ?? new Float64Array(width)), start?.bias ?? 0]);
  const targets = labels.map(Number);
  const { begins, at, values } = flat(rows);
  const times = (vector: Float64Array): Float64Array => {
    const out = new Float64Array(rows.length);
    for (let row = 0; row < rows.length; row += 1) {
      let sum = vector[width]!;
      for (let n = begins[row]!; n < begins[row + 1]!; n += 1) sum += vector[at[n]!]! * values[n]!;
      out[row] = sum;
    }
    return out;
  };
  const transposed = (vector: Float64Array, power: 1 | 2 = 1): Float64Array => {
    const out = new Float64Array(width + 1);
    for (let row = 0; row < rows.length; row += 1) {
      const factor = vector[row]!;
      for (let n = begins[row]!; n < begins[row + 1]!; n += 1)
        out[at[n]!]! += factor * (power === 1 ? values[n]! : values[n]! * values[n]!);
      out[width]! += factor;
    }
    return out;
  };
  /** Adds to `vector` the ridge's share for `from`. */
  const punish = (vector: Float64Array, from: Float64Array): Float64Array => {
    for (let column = 0; column < width; column += 1) vector[column]! += ridge * from[column]!;
    return vector;
  };
  const loss = (scores: Float64Array, w: Float64Array): number => {
    let sum = 0;
    for (const [row, score] of scores.entries()) sum += softplus(score) - targets[row]! * score;
    for (let at = 0; at < width; at += 1) sum += (ridge / 2) * w[at]! ** 2;
    return sum;
  };

  let scores = times(weights);
  let current = loss(scores, weights);
  let first = 0;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const p = scores.map(sigmoid);
    const gradient = punish(transposed(p.map((each, row) => each - targets[row]!)), weights);
    const size = norm(gradient);
    // A warm start must not loosen the goal, so that it is set by the rows and not by where the search began.
    first ||= Math.max(size, 1e-3 * rows.length);
    if (size <= STILL * first) break;
    const curve = p.map((each) => Math.max(each * (1 - each), 1e-12));
    const diagonal = punish(transposed(curve, 2), new Float64Array(width).fill(1));
    const move = conjugateGradients(
      (vector) => {
        const image = times(vector);
        for (let row = 0; row < image.length; row += 1) image[row]! *= curve[row]!;
        return punish(transposed(image), vector);
      },
      gradient.map((value) => -value),
      diagonal,
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

/**
 * Solves `apply(x) = right` for a positive definite `apply` until the rest is at most `enough`; `diagonal` is that of
 * `apply`, by which the columns are evened out (Jacobi's preconditioner).
 */
function conjugateGradients(
  apply: (vector: Float64Array) => Float64Array,
  right: Float64Array,
  diagonal: Float64Array,
  enough: number,
): Float64Array {
  const found = new Float64Array(right.length);
  const rest = right.slice();
  let evened = rest.map((value, at) => value / diagonal[at]!);
  const direction = evened.slice();
  let before = inner(rest, evened);
  for (let round = 0; round < right.length + 10 && norm(rest) > enough; round += 1) {
    const image = apply(direction);
    const length = before / inner(direction, image);
    for (let at = 0; at < right.length; at += 1) {
      found[at]! += length * direction[at]!;
      rest[at]! -= length * image[at]!;
    }
    evened = rest.map((value, at) => value / diagonal[at]!);
    const now = inner(rest, evened);
    for (let at = 0; at < right.length; at += 1)
      direction[at] = evened[at]! + (now / before) * direction[at]!;
    before = now;
  }
  return found;
}

/** All rows one behind the other: row n is from `begins[n]` to `begins[n + 1]`. */
function flat(rows: readonly Sparse[]) {
  const begins = new Int32Array(rows.length + 1);
  for (const [row, { at }] of rows.entries()) begins[row + 1] = begins[row]! + at.length;
  const at = new Int32Array(begins[rows.length]!);
  const values = new Float64Array(at.length);
  for (const [row, sparse] of rows.entries()) {
    at.set(sparse.at, begins[row]);
    values.set(sparse.values, begins[row]);
  }
  return { begins, at, values };
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
