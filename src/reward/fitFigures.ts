import type { FitFigures } from '../model/learned.ts';

/** A probability and what happened. */
export interface Told {
  /** P(accepted), 0 to 1. */
  readonly said: number;
  readonly accepted: boolean;
}

/** Nothing is certain: a probability is held off 0 and 1 by this much, so that one answer cannot cost without end. */
const NEVER_SURE = 1e-6;

/** Accuracy at 0.5, AUC (ties half; null with one class alone), Brier score and mean log loss in nats. */
export function fitFigures(told: readonly Told[]): FitFigures {
  const answers = told.length;
  if (answers === 0) return { answers, accuracy: null, auc: null, brier: null, logLoss: null };
  const mean = (of: (each: Told) => number) => told.reduce((sum, each) => sum + of(each), 0) / answers;
  return {
    answers,
    accuracy: mean(({ said, accepted }) => Number(said >= 0.5 === accepted)),
    auc: aucOf(told),
    brier: mean(({ said, accepted }) => (said - Number(accepted)) ** 2),
    logLoss: mean(({ said, accepted }) => {
      const p = Math.min(1 - NEVER_SURE, Math.max(NEVER_SURE, accepted ? said : 1 - said));
      return -Math.log(p);
    }),
  };
}

/** The share of pairs of an accepted and a refused one that stand in the right order. */
function aucOf(told: readonly Told[]): number | null {
  const sorted = told.toSorted((a, b) => a.said - b.said);
  const yes = sorted.filter(({ accepted }) => accepted).length;
  const no = sorted.length - yes;
  if (yes === 0 || no === 0) return null;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    // Its own place is taken without a look: what is no number equals nothing, itself neither, and would hold the walk for good.
    let to = from + 1;
    while (to < sorted.length && sorted[to]!.said === sorted[from]!.said) to += 1;
    for (let at = from; at < to; at += 1) if (sorted[at]!.accepted) ranks += (from + to + 1) / 2;
    from = to;
  }
  return (ranks - (yes * (yes + 1)) / 2) / (yes * no);
}
