import { remembering } from '../../reward/tfidf.ts';
import { createLinearScore, fitLinearJudges, type JudgeShape, tfidfOf } from '../../reward/linearJudge.ts';
import type { Moment } from '../../reward/features.ts';
import type { Verdict } from './lookup.ts';
import { type Entry, type Fold, leaveTracesOut } from './splits.ts';

/** Weights of half the squared norm that are tried. */
const RIDGES = [1, 3, 10, 30, 100, 300];
/** Where there is one training trace, nothing can be chosen within it. */
const PLAIN = 3;

/** What a fold's judge says: of the test part, and of each training trace by what the other training traces taught. */
export interface NestedVerdicts {
  readonly test: readonly Verdict[];
  /** P(accepted) of the training part's entries, in their order; 0.5 where one trace cannot be left out. */
  readonly held: readonly number[];
  readonly ridge: number;
}

/**
 * A linear judge of folds. Ridge (by Brier score) and the threshold that is best for F1 are chosen by leaving whole traces
 * out within the training part; `accepted` is at P >= 0.5, `lenient` at that threshold. Nothing of the test part is looked
 * at before it is judged. What was fitted is remembered as long as the function: two traces left out are the same moments
 * whichever of them is the outer one.
 */
export function judgeLinear(shape: JudgeShape): (fold: Fold) => readonly Verdict[] {
  const nested = nestedLinear(shape);
  return (fold) => nested(fold).test;
}

/** The same with what it said of the training part, for what is learnt on top of it. */
export function nestedLinear(shape: JudgeShape): (fold: Fold) => NestedVerdicts {
  const fitted = new Map<string, Scores>();
  const scoresOn = (train: readonly Entry[]): Scores => {
    const key = train.map(({ at }) => at).join();
    const scores = fitted.get(key) ?? fit(shape, train, RIDGES);
    fitted.set(key, scores);
    return scores;
  };
  return ({ train, test }) => {
    const { ridge, threshold, held } = chooseRidge(train, scoresOn);
    const score = fit(shape, train, [ridge])[0]!;
    return {
      ridge,
      held,
      test: test.map(({ moment }) => {
        const probability = score(moment);
        return { probability, accepted: probability >= 0.5, lenient: probability >= threshold };
      }),
    };
  };
}

/** A score by ridge. */
type Scores = readonly ((moment: Moment) => number)[];

function fit(shape: JudgeShape, train: readonly Entry[], ridges: readonly number[]): Scores {
  const moments = train.map(({ moment }) => moment);
  const judges = fitLinearJudges(moments, { name: 'bench', shape, ridges });
  const tfidf = remembering(tfidfOf(judges[0]!.vocabulary));
  return judges.map((weights) => createLinearScore(weights, tfidf));
}

/** The ridge with the least Brier score when training traces are left out, and what it said of them, in their order. */
function chooseRidge(
  train: readonly Entry[],
  scoresOn: (train: readonly Entry[]) => Scores,
): { readonly ridge: number; readonly threshold: number; readonly held: readonly number[] } {
  const folds = leaveTracesOut(train);
  if (folds.length < 2) return { ridge: PLAIN, threshold: 0.5, held: train.map(() => 0.5) };
  const byRidge = new Map<Entry, readonly number[]>();
  for (const fold of folds) {
    const scores = scoresOn(fold.train);
    for (const entry of fold.test)
      byRidge.set(
        entry,
        scores.map((score) => score(entry.moment)),
      );
  }
  const labels = train.map(({ moment }) => moment.accepted);
  const tried = RIDGES.map((ridge, at) => ({ ridge, p: train.map((entry) => byRidge.get(entry)![at]!) }));
  const best = tried.reduce((a, b) => (brier(b.p, labels) < brier(a.p, labels) ? b : a));
  return { ridge: best.ridge, threshold: bestThreshold(best.p, labels), held: best.p };
}

function brier(p: readonly number[], labels: readonly boolean[]): number {
  return p.reduce((sum, each, at) => sum + (each - (labels[at] ? 1 : 0)) ** 2, 0) / p.length;
}

/** The lowest threshold with the highest F1. */
export function bestThreshold(p: readonly number[], labels: readonly boolean[]): number {
  const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
  const positives = labels.filter(Boolean).length;
  let best = { f1: -1, threshold: 0.5 };
  let hits = 0;
  for (const [n, at] of order.entries()) {
    if (labels[at]) hits += 1;
    const next = order[n + 1];
    if (next !== undefined && p[next] === p[at]) continue;
    const f1 = (2 * hits) / (n + 1 + positives);
    if (f1 >= best.f1) best = { f1, threshold: p[at]! };
  }
  return best.threshold;
}
