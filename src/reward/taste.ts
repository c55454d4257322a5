import type { Taste } from '../model/agent.ts';
import { sigmoid } from '../model/sigmoid.ts';
import { solve } from './solve.ts';

/** One answer to an offer. */
export interface RatedOffer {
  /** What the score said without any taste, in log-odds. */
  readonly logit: number;
  readonly accepted: boolean;
  /** Kind of proposer, e.g. `pattern:error` or `model`. */
  readonly kind: string;
  /** App in front. */
  readonly app?: string;
  /** How much it counts; 1 unless told. */
  readonly weight?: number;
}

/** What was learnt of one user, in log-odds. A kind or app that is not named adds nothing. */
export interface LearntTaste {
  readonly bias: number;
  readonly kinds: readonly { readonly kind: string; readonly bias: number }[];
  readonly apps: readonly { readonly app: string; readonly bias: number }[];
}

/** A taste with the numbers that it is made of. */
export interface FittedTaste extends Taste {
  readonly learnt: LearntTaste;
  /** Answers that it was fitted on. */
  readonly answers: number;
}

/**
 * Variance of the Gaussian prior of each bias, in squared log-odds: a strict user's acceptance of 0.1 and a lenient one's
 * of 0.6, where 0.35 is usual, are both within about one and a half standard deviations.
 */
export const TASTE_VARIANCE = 1.5;
/** A kind or an app with fewer answers has no bias of its own. */
const LEAST_ANSWERS = 3;
/** More kinds, or apps, than these are not told apart: those with most answers are. */
const MOST_GROUPS = 50;
const FOLDS = 10;
/** Log-odds: beyond this nothing is ever, or always, shown. A stored version holds no more. */
export const MOST_BIAS = 8;
const STEPS = 40;
const STILL = 1e-6;

/** The taste of whom nothing is known. */
export const NO_TASTE: FittedTaste = createTaste('none', { bias: 0, kinds: [], apps: [] });

/** A taste of known numbers, as a stored version holds them. */
export function createTaste(version: string, learnt: LearntTaste, answers = 0): FittedTaste {
  const kinds = new Map(learnt.kinds.map(({ kind, bias }) => [kind, bias]));
  const apps = new Map(learnt.apps.map(({ app, bias }) => [app, bias]));
  return {
    version,
    learnt,
    answers,
    bias: (kind, app) =>
      learnt.bias + (kinds.get(kind) ?? 0) + (app === undefined ? 0 : (apps.get(app) ?? 0)),
  };
}

/**
 * Learns one user's taste from answers: the most likely bias under a Gaussian prior of mean 0, with each answer's score as a
 * fixed offset (a random intercept; Gelman and Hill, Data Analysis Using Regression and Multilevel/Hierarchical Models, 2007,
 * chapter 14). A bias for each kind, or app, under the same prior, is taken only where it makes answers that were left out more
 * likely, by more than the standard error of that gain. Pure and deterministic; without answers all is 0.
 */
export function fitTaste(
  answers: readonly RatedOffer[],
  options: { readonly version?: string; readonly variance?: number } = {},
): FittedTaste {
  const { version = `taste-${answers.length}`, variance = TASTE_VARIANCE } = options;
  if (answers.length === 0) return createTaste(version, { bias: 0, kinds: [], apps: [] });
  const kinds = groupsOf(answers, ({ kind }) => kind);
  const apps = groupsOf(answers, ({ app }) => app);
  const shapes: readonly Shape[] = [
    { kinds: [], apps: [] },
    ...(kinds.length > 0 ? [{ kinds, apps: [] }] : []),
    ...(apps.length > 0 ? [{ kinds: [], apps }] : []),
    ...(kinds.length > 0 && apps.length > 0 ? [{ kinds, apps }] : []),
  ];
  const plain = shapes.length > 1 ? heldBack(answers, shapes[0]!, variance) : [];
  let best = { shape: shapes[0]!, gain: 0 };
  for (const shape of shapes.slice(1)) {
    const gains = heldBack(answers, shape, variance).map((each, at) => each - plain[at]!);
    const gain = gains.reduce((sum, each) => sum + each, 0);
    const mean = gain / gains.length;
    const error = Math.sqrt(gains.reduce((sum, each) => sum + (each - mean) ** 2, 0));
    if (gain > error && gain > best.gain) best = { shape, gain };
  }
  return createTaste(version, fit(answers, best.shape, variance), answers.length);
}

/** The kinds and apps that get a bias of their own. */
interface Shape {
  readonly kinds: readonly string[];
  readonly apps: readonly string[];
}

/** The names with answers enough, most first; one that holds every answer tells nothing that the user's own bias does not. */
function groupsOf(
  answers: readonly RatedOffer[],
  nameOf: (answer: RatedOffer) => string | undefined,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const name = nameOf(answer);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= LEAST_ANSWERS && count < answers.length)
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, MOST_GROUPS)
    .map(([name]) => name);
}

/** Log-likelihood of each answer, times its weight, by a fit of those of the other folds; every tenth answer is one fold. */
function heldBack(answers: readonly RatedOffer[], shape: Shape, variance: number): readonly number[] {
  const folds = Math.min(FOLDS, answers.length);
  const placed = place(answers, shape);
  // The whole fit is near each fold's, so that beginning there saves time and changes nothing: there is one mode.
  const start = newton(placed, variance);
  const out: number[] = Array.from({ length: answers.length });
  for (let fold = 0; fold < folds; fold += 1) {
    const biases = newton(placed, variance, { start, without: (at) => at % folds === fold });
    for (let at = fold; at < answers.length; at += folds) {
      const score = scoreAt(placed, biases, at);
      // Beyond this the exponential would overflow, and one answer is not worth more.
      const surprise = Math.log1p(Math.exp(Math.min(50, placed.accepted[at] ? -score : score)));
      out[at] = -placed.weight[at]! * surprise;
    }
  }
  return out;
}

function fit(answers: readonly RatedOffer[], shape: Shape, variance: number): LearntTaste {
  const biases = newton(place(answers, shape), variance).map((each) =>
    Math.max(-MOST_BIAS, Math.min(MOST_BIAS, each)),
  );
  return {
    bias: biases[0]!,
    kinds: shape.kinds.map((kind, at) => ({ kind, bias: biases[1 + at]! })),
    apps: shape.apps.map((app, at) => ({ app, bias: biases[1 + shape.kinds.length + at]! })),
  };
}

/** Answers as columns: `kind` and `app` are places among the biases, 0 (the user's own) where they have none. */
interface Placed {
  readonly width: number;
  readonly logit: Float64Array;
  readonly accepted: Uint8Array;
  readonly weight: Float64Array;
  readonly kind: Int32Array;
  readonly app: Int32Array;
}

function place(answers: readonly RatedOffer[], { kinds, apps }: Shape): Placed {
  const kindAt = new Map(kinds.map((kind, at) => [kind, 1 + at]));
  const appAt = new Map(apps.map((app, at) => [app, 1 + kinds.length + at]));
  return {
    width: 1 + kinds.length + apps.length,
    logit: Float64Array.from(answers, ({ logit }) => logit),
    accepted: Uint8Array.from(answers, ({ accepted }) => Number(accepted)),
    weight: Float64Array.from(answers, ({ weight = 1 }) => weight),
    kind: Int32Array.from(answers, ({ kind }) => kindAt.get(kind) ?? 0),
    app: Int32Array.from(answers, ({ app }) => (app === undefined ? 0 : (appAt.get(app) ?? 0))),
  };
}

function scoreAt({ logit, kind, app }: Placed, biases: Float64Array, at: number): number {
  const own = kind[at]!;
  const here = app[at]!;
  return logit[at]! + biases[0]! + (own > 0 ? biases[own]! : 0) + (here > 0 ? biases[here]! : 0);
}

/** The mode of the posterior, by Newton's method over the user's bias, then those of kinds and apps. */
function newton(
  placed: Placed,
  variance: number,
  options: { readonly start?: Float64Array; readonly without?: (at: number) => boolean } = {},
): Float64Array {
  const { width, accepted, kind, app } = placed;
  const biases = options.start?.slice() ?? new Float64Array(width);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = biases.map((bias) => -bias / variance);
    const curve = Array.from({ length: width }, (_, at) => {
      const row = new Float64Array(width);
      row[at] = 1 / variance;
      return row;
    });
    const add = (at: number, rest: number, weight: number) => {
      gradient[at]! += rest;
      curve[at]![at]! += weight;
      if (at > 0) curve[at]![0]! += weight;
    };
    for (let n = 0; n < accepted.length; n += 1) {
      if (options.without?.(n)) continue;
      const p = sigmoid(scoreAt(placed, biases, n));
      const counts = placed.weight[n]!;
      const rest = counts * (accepted[n]! - p);
      const weight = counts * p * (1 - p);
      // The lower triangle alone: own bias, then the kind's, then the app's.
      const [own, here] = [kind[n]!, app[n]!];
      add(0, rest, weight);
      if (own > 0) add(own, rest, weight);
      if (here > 0) add(here, rest, weight);
      if (own > 0 && here > 0) curve[here]![own]! += weight;
    }
    const move = solve(curve, gradient);
    // Two log-odds a step at most: from a far offset a full step would overshoot.
    const far = Math.max(1, ...move.map((each) => Math.abs(each) / 2));
    for (const [at, each] of move.entries()) biases[at]! += each / far;
    if (move.every((each) => Math.abs(each) < STILL)) break;
  }
  return biases;
}
