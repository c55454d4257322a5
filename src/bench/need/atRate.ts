import { traceBootstrap } from '../bootstrap.ts';
import { countsOf, type Figures, figuresOf } from '../metrics.ts';
import { topCounts } from './figures.ts';
import type { Detector, Drawing, Intervals, Moment } from './rows.ts';

type Some = Pick<Figures, 'precision' | 'recall' | 'f1'>;

/** A gate that proposes exactly as often as a published model, on the windows where that model was judged. */
export interface AtRate extends Some {
  readonly name: string;
  /** The gate's figure less the model's. */
  readonly precisionDifference: number;
  readonly f1Difference: number;
  readonly ci: Intervals;
}

/** The gates at the proposal rate of one model, beside its own figures. */
export interface AtRateOf extends Some {
  readonly model: string;
  readonly windows: number;
  readonly proposals: number;
  readonly proposalRate: number;
  readonly gates: readonly AtRate[];
}

/**
 * Compares scored detectors with a model where both propose equally often: the windows with the highest scores are
 * proposed, as many as the model proposed, ties by their chance. Intervals are of whole traces drawn again, with the
 * model's number of proposals in each draw.
 */
export function atRateOf(model: Detector, gates: readonly Detector[], drawing: Drawing): AtRateOf {
  const counts = countsOf(model.moments);
  const { precision, recall, f1, proposalRate } = figuresOf(counts);
  return {
    model: model.name,
    windows: model.moments.length,
    proposals: counts.cd + counts.fa,
    proposalRate,
    precision,
    recall,
    f1,
    gates: gates.map((gate) => {
      const scores = new Map(gate.moments.map((moment) => [moment.id, moment.score]));
      const pairs = model.moments.flatMap((moment) => {
        const score = scores.get(moment.id);
        return score === undefined ? [] : [{ ...moment, score }];
      });
      return { name: gate.name, ...compare(pairs), ci: traceBootstrap(pairs, compare, drawing) };
    }),
  };
}

/** The model's decisions with the gate's scores. */
function compare(pairs: readonly Moment[]): Some & Pick<AtRate, 'precisionDifference' | 'f1Difference'> {
  const mine = countsOf(pairs);
  const model = figuresOf(mine);
  const { precision, recall, f1 } = figuresOf(topCounts(pairs, mine.cd + mine.fa));
  return {
    precision,
    recall,
    f1,
    precisionDifference: precision - model.precision,
    f1Difference: f1 - model.f1,
  };
}
