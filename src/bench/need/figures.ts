import { aucOf, countsOf, type Counts, type Decided, type Figures, figuresOf } from '../metrics.ts';

/** Figures of a detector that gives a probability beside its decision; null where it gives none. */
export interface ScoreFigures {
  readonly auc: number | null;
  /** Mean squared distance of the probability from the truth (Brier 1950). */
  readonly brier: number | null;
  /** 1 - Brier score / that of always saying these windows' own share of need: 0 is no skill, 1 is perfect. */
  readonly brierSkill: number | null;
  /**
   * Expected calibration error: how far the mean probability lies from the share that was needed, over the bins of
   * `reliabilityOf`, weighted by their windows (Naeini, Cooper and Hauskrecht 2015). 0 is calibrated.
   */
  readonly ece: number | null;
  /** Precision of the fifth of the windows with the highest scores. */
  readonly precisionAt20: number | null;
}

/** Names of figures that are fractions, in the order of the table. */
export const FRACTIONS = [
  'precision',
  'recall',
  'f1',
  'accuracy',
  'falseAlarm',
  'falsePositiveRate',
  'auc',
  'proposalRate',
  'brier',
  'brierSkill',
  'ece',
  'precisionAt20',
] as const;
export type Fraction = (typeof FRACTIONS)[number];

/** All figures of decided moments; the score is P(help). */
export function needFigures(moments: readonly Decided[]): Figures & ScoreFigures {
  return { ...figuresOf(countsOf(moments)), ...scoreFigures(moments) };
}

/** The same figures without counts, for intervals. */
export function fractionsOf(moments: readonly Decided[]): Readonly<Record<Fraction, number | null>> {
  const { cd: _cd, fa: _fa, mn: _mn, nr: _nr, ...fractions } = needFigures(moments);
  return fractions;
}

function scoreFigures(moments: readonly Decided[]): ScoreFigures {
  if (moments.length === 0 || moments.some((each) => each.score === undefined)) {
    return { auc: null, brier: null, brierSkill: null, ece: null, precisionAt20: null };
  }
  const brier =
    moments.reduce((sum, each) => sum + (each.score! - (each.needed ? 1 : 0)) ** 2, 0) / moments.length;
  const share = moments.filter((each) => each.needed).length / moments.length;
  const flat = share * (1 - share);
  const taken = Math.round(moments.length / 5);
  const top = topCounts(moments, taken);
  return {
    auc: aucOf(moments),
    brier,
    brierSkill: flat === 0 ? null : 1 - brier / flat,
    ece: reliabilityOf(moments).reduce(
      (sum, bin) => sum + (bin.windows / moments.length) * Math.abs(bin.said - bin.needed),
      0,
    ),
    precisionAt20: taken === 0 ? null : top.cd / taken,
  };
}

/** Windows that were given a probability of about one size: how many, what was said on average and what was so. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly windows: number;
  readonly said: number;
  readonly needed: number;
}

const BINS = 10;

/** Ten bins of equal width over probabilities from 0 to 1; empty ones are left out. Every moment has a score. */
export function reliabilityOf(
  moments: readonly Pick<Decided, 'needed' | 'score'>[],
): readonly ReliabilityBin[] {
  const bins = Map.groupBy(moments, ({ score }) => Math.min(BINS - 1, Math.floor(score! * BINS)));
  return [...bins]
    .toSorted(([a], [b]) => a - b)
    .map(([bin, mine]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      windows: mine.length,
      said: mine.reduce((sum, each) => sum + each.score!, 0) / mine.length,
      needed: mine.filter((each) => each.needed).length / mine.length,
    }));
}

/**
 * Counts when exactly the `taken` moments with the highest scores are proposed. Where the last places are tied, each of
 * the tied moments counts by its chance of a place, so that the order of the data decides nothing; counts may be
 * fractions then.
 */
export function topCounts(moments: readonly Pick<Decided, 'needed' | 'score'>[], taken: number): Counts {
  const sorted = moments.toSorted((a, b) => b.score! - a.score!);
  const positives = sorted.filter((each) => each.needed).length;
  const last = sorted[taken - 1]?.score;
  let cd = 0;
  if (last !== undefined) {
    const above = sorted.filter((each) => each.score! > last);
    const tied = sorted.filter((each) => each.score === last);
    const chance = (taken - above.length) / tied.length;
    cd = above.filter((each) => each.needed).length + chance * tied.filter((each) => each.needed).length;
  }
  const fa = taken - cd;
  return { cd, fa, mn: positives - cd, nr: sorted.length - positives - fa };
}
