import { type Interval, traceBootstrap } from '../bootstrap.ts';
import { countsOf, type Decided, type Figures, figuresOf } from '../metrics.ts';
import {
  FRACTIONS,
  type Fraction,
  fractionsOf,
  needFigures,
  type ReliabilityBin,
  reliabilityOf,
  type ScoreFigures,
} from './figures.ts';

/** What one detector decided, window by window; `id` is the window's. */
export interface Detector {
  readonly name: string;
  readonly kind: 'baseline' | 'published' | 'gate' | 'model';
  readonly moments: readonly Moment[];
  /** What a reader must know of this row, in one sentence. */
  readonly note?: string;
  /** False where the detector was fitted on released windows, which the moments at hand may be. */
  readonly heldOut?: false;
}

/** One decided window. */
export interface Moment extends Decided {
  readonly id: string;
}

/** Intervals by the figure's name; a figure that no sample gives is left out. */
export type Intervals = Readonly<Partial<Record<string, Interval>>>;

/** One row of `bench need`, fractions from 0 to 1. */
export interface NeedRow extends Figures, ScoreFigures {
  readonly name: string;
  readonly kind: Detector['kind'];
  /** How many windows were judged, and of how many traces. */
  readonly windows: number;
  readonly traces: number;
  readonly ci: Intervals;
  /** F1 of always proposing on the same windows: rows over other windows do not compare without it. */
  readonly alwaysF1: number;
  /** F1 less that of always: what the detector's silences are worth. */
  readonly f1MinusAlways: number;
  /** What probabilities were said and how often that was so; absent where the detector gives none. */
  readonly reliability?: readonly ReliabilityBin[];
  /** Each figure as the mean over traces; a trace where it is undefined is left out. */
  readonly means: Readonly<Record<Fraction, number | null>> & { readonly ci: Intervals };
  readonly note?: string;
  /** False where the detector was fitted on released windows, which the moments at hand may be. */
  readonly heldOut?: false;
}

/** How intervals are drawn. */
export interface Drawing {
  readonly seed: number;
  readonly rounds: number;
}

/** The row of a detector, with 95 % trace-bootstrap intervals of the pooled figures and of the means of traces. */
export function needRow({ name, kind, moments, note, heldOut }: Detector, drawing: Drawing): NeedRow {
  const traces = [...Map.groupBy(moments, (moment) => moment.trace)].map(([trace, mine]) => ({
    trace,
    figures: fractionsOf(mine),
  }));
  const figures = needFigures(moments);
  const alwaysF1 = alwaysF1Of(moments);
  return {
    name,
    kind,
    windows: moments.length,
    traces: traces.length,
    ...figures,
    ci: traceBootstrap(moments, pooledOf, drawing),
    alwaysF1,
    f1MinusAlways: figures.f1 - alwaysF1,
    ...(figures.brier !== null && { reliability: reliabilityOf(moments) }),
    means: { ...meansOf(traces), ci: traceBootstrap(traces, meansOf, drawing) },
    ...(note !== undefined && { note }),
    ...(heldOut === false && { heldOut }),
  };
}

/** What intervals are drawn of: all fractions, and F1 less that of always on the same drawn windows. */
function pooledOf(moments: readonly Moment[]): Readonly<Record<string, number | null>> {
  const fractions = fractionsOf(moments);
  return { ...fractions, f1MinusAlways: fractions.f1! - alwaysF1Of(moments) };
}

function alwaysF1Of(moments: readonly Moment[]): number {
  return figuresOf(countsOf(moments.map((moment) => ({ ...moment, proposed: true })))).f1;
}

function meansOf(
  traces: readonly { readonly figures: Readonly<Record<Fraction, number | null>> }[],
): Readonly<Record<Fraction, number | null>> {
  const mean = (name: Fraction) => {
    const values = traces.map((trace) => trace.figures[name]).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  return Object.fromEntries(FRACTIONS.map((name) => [name, mean(name)])) as Record<Fraction, number | null>;
}
