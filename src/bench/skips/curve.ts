import type { Detector, Moment } from '../need/rows.ts';
import { countsOf, figuresOf } from '../metrics.ts';

/** Shares of the calls that are skipped: every twentieth. */
const SHARES = Array.from({ length: 20 }, (_, at) => at / 20);

/** What skipping the lowest scores costs at one point of the sweep; fractions from 0 to 1. */
export interface SkipPoint {
  /** P(need) below which the model is not asked. */
  readonly threshold: number;
  /** Share of the windows at which it is not. */
  readonly skipped: number;
  /** Share of the needed windows at which it is. */
  readonly recall: number;
  /** F1 of a model that always offers, behind the gate: the gate's own. */
  readonly f1: number;
  /** F1 of each model behind the gate, less its F1 alone. */
  readonly behind: readonly { readonly name: string; readonly f1: number; readonly loss: number }[];
}

/** One gate's sweep. `heldOut` false: its weights may have been fitted on these windows. */
export interface SkipCurve {
  readonly gate: string;
  readonly heldOut: boolean;
  readonly windows: number;
  readonly needed: number;
  readonly points: readonly SkipPoint[];
}

/**
 * What is skipped, and what that costs, at every twentieth of the windows in the order of the gate's score: at each point
 * those with a score below the threshold are skipped, so that windows of one score go together and a point may be missing.
 */
export function curveOf(gate: Detector, models: readonly Detector[]): SkipCurve {
  const { moments } = gate;
  const scores = moments.map(({ score }) => score ?? 0).toSorted((a, b) => a - b);
  const thresholds = new Set(SHARES.map((share) => scores[Math.floor(share * scores.length)] ?? 0));
  return {
    gate: gate.name,
    heldOut: gate.heldOut !== false,
    windows: moments.length,
    needed: moments.filter(({ needed }) => needed).length,
    points: [...thresholds].map((threshold) => pointAt(moments, threshold, models)),
  };
}

/** One point of a curve, at the threshold given. */
export function pointAt(
  moments: readonly Moment[],
  threshold: number,
  models: readonly Detector[],
): SkipPoint {
  const passed = new Set(moments.filter(({ score }) => (score ?? 0) >= threshold).map(({ id }) => id));
  const needed = moments.filter((moment) => moment.needed);
  return {
    threshold,
    skipped: moments.length === 0 ? 0 : 1 - passed.size / moments.length,
    recall: needed.length === 0 ? 1 : needed.filter(({ id }) => passed.has(id)).length / needed.length,
    f1: f1Of(moments.map((moment) => ({ ...moment, proposed: passed.has(moment.id) }))),
    behind: models.map((model) => {
      const f1 = f1Of(
        model.moments.map((moment) => ({ ...moment, proposed: moment.proposed && passed.has(moment.id) })),
      );
      return { name: model.name, f1, loss: f1Of(model.moments) - f1 };
    }),
  };
}

/** How far a curve comes towards the goal. */
export interface Reached {
  /** Largest share skipped with at least this recall, and, whatever the gate, the most that any gate could. */
  readonly recallGoal: number;
  readonly atRecall: number;
  readonly bestPossible: number;
  /** Largest share skipped with at most this loss of F1, by model. */
  readonly lossGoal: number;
  readonly atLoss: readonly { readonly name: string; readonly skipped: number }[];
}

/** The shares that a curve may skip under both goals. A perfect gate skips all that is not needed, and some that is. */
export function reachedBy(
  curve: SkipCurve,
  goals: { readonly recall: number; readonly loss: number },
): Reached {
  const most = (fits: (point: SkipPoint) => boolean) =>
    Math.max(0, ...curve.points.filter(fits).map(({ skipped }) => skipped));
  const names = curve.points[0]?.behind.map(({ name }) => name) ?? [];
  const share = curve.windows === 0 ? 0 : curve.needed / curve.windows;
  return {
    recallGoal: goals.recall,
    atRecall: most(({ recall }) => recall >= goals.recall),
    bestPossible: 1 - goals.recall * share,
    lossGoal: goals.loss,
    atLoss: names.map((name, at) => ({
      name,
      skipped: most(({ behind }) => behind[at]!.loss <= goals.loss),
    })),
  };
}

function f1Of(moments: readonly Pick<Moment, 'proposed' | 'needed'>[]): number {
  return figuresOf(countsOf(moments)).f1;
}
