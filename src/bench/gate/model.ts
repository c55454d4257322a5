import { fitLogistic, type Linear, scoreOf } from '../../agent/logistic.ts';
import { sigmoid } from '../../model/sigmoid.ts';

/** What a fit is made of: facts in their order, and the same windows once with all sources and once with the default ones. */
export interface Lesson {
  readonly whole: readonly number[];
  readonly plain: readonly number[];
  readonly needed: boolean;
  /** Share of the voting models that proposed something; absent where none has the window. */
  readonly vote?: number;
}

/** Strengths of the pull towards the prior. */
const RIDGES = [3, 10, 30];
/** How much a label is the votes of models rather than people's. */
const VOTED = [0, 0.25, 0.5];

/**
 * Directions that all sixteen annotated traces of the benchmark show, as weights of standardised facts: a fact that few
 * windows have cannot turn round by chance. What is not named starts at 0.
 */
const KNOWN: Readonly<Record<string, number>> = {
  asks: 0.25,
  results: 0.25,
  'since-search': 0.25,
  'since-error': 0.25,
  words: 0.2,
  again: 0.15,
  'words-five': 0.1,
  passive: -0.1,
  chat: -0.15,
  raw: -0.25,
};

/** Says in a model card how `fitLessons` fits. */
export const RECIPE = `logistic regression pulled towards known directions and never against them; the mean, in log-odds, of ridge ${RIDGES.join(', ')} by labels that are ${VOTED.map((share) => `${Math.round(100 * share)} %`).join(', ')} votes of two large models; each window with all and with default sources`;

/**
 * One linear model of P(help is needed). Nothing is chosen, so nothing can be chosen by luck: the mean in log-odds of a
 * few fits, which is linear again. A fact whose weight comes out against its known direction is left out, weight 0. Each
 * window counts once with all sources and once with the default ones. At least one lesson; rows have the length of `names`.
 */
export function fitLessons(names: readonly string[], lessons: readonly Lesson[]): Linear {
  const left = new Set<string>();
  for (;;) {
    const model = fitMean(names, lessons, left);
    const wrong = names.filter((name, at) => model.weights[at]! * (KNOWN[name] ?? 0) < 0);
    if (wrong.length === 0) return model;
    for (const name of wrong) left.add(name);
  }
}

function fitMean(names: readonly string[], lessons: readonly Lesson[], left: ReadonlySet<string>): Linear {
  const rows = lessons
    .flatMap(({ whole, plain }) => [whole, plain])
    .map((row) => row.map((value, at) => (left.has(names[at]!) ? 0 : value)));
  const prior = names.map((name) => (left.has(name) ? 0 : (KNOWN[name] ?? 0)));
  const fits = VOTED.flatMap((share) => {
    const labels = lessons.flatMap(({ needed, vote }) => {
      const people = needed ? 1 : 0;
      const label = vote === undefined ? people : (1 - share) * people + share * vote;
      return [label, label];
    });
    // Every window stands twice, and so does the pull.
    return RIDGES.map((ridge) => fitLogistic(rows, labels, 2 * ridge, prior));
  });
  const first = fits[0]!;
  const mean = (of: (fit: Linear) => number) => fits.reduce((sum, fit) => sum + of(fit), 0) / fits.length;
  return {
    means: first.means,
    scales: first.scales,
    weights: names.map((_, at) => mean((fit) => fit.weights[at]!)),
    bias: mean((fit) => fit.bias),
  };
}

/** P(help is needed) by a fitted model. */
export function probabilityOf(model: Linear, row: readonly number[]): number {
  return sigmoid(scoreOf(model, row).score);
}
