/** Counts of decisions against ground truth: proposed and needed, and so on (DESIGN.md section 7). */
export interface Counts {
  /** Correct detection: proposed, and help was needed (TP). */
  readonly cd: number;
  /** False alarm: proposed, and it was not (FP). */
  readonly fa: number;
  /** Missed need: silent, and help was needed (FN). */
  readonly mn: number;
  /** Non-response: silent, and it was not (TN). */
  readonly nr: number;
}

/** Figures of one detector, fractions from 0 to 1. A ratio without a denominator is 0, as ProactiveBench's script has it. */
export interface Figures extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly accuracy: number;
  /** ProactiveBench's False-Alarm: FP / (TP + FP), which is 1 - precision. */
  readonly falseAlarm: number;
  /** FP / (FP + TN). */
  readonly falsePositiveRate: number;
  readonly proposalRate: number;
}

/** One judged moment: what was decided, what was true, and the score where there is one. */
export interface Decided {
  readonly trace: string;
  readonly proposed: boolean;
  readonly needed: boolean;
  /** Higher means more need; any scale. */
  readonly score?: number;
}

/** Counts over decided moments. */
export function countsOf(moments: readonly Pick<Decided, 'proposed' | 'needed'>[]): Counts {
  const count = (proposed: boolean, needed: boolean) =>
    moments.filter((each) => each.proposed === proposed && each.needed === needed).length;
  return { cd: count(true, true), fa: count(true, false), mn: count(false, true), nr: count(false, false) };
}

/** All figures of counts. */
export function figuresOf({ cd, fa, mn, nr }: Counts): Figures {
  const precision = ratio(cd, cd + fa);
  return {
    cd,
    fa,
    mn,
    nr,
    precision,
    recall: ratio(cd, cd + mn),
    f1: ratio(2 * cd, 2 * cd + fa + mn),
    accuracy: ratio(cd + nr, cd + fa + mn + nr),
    falseAlarm: ratio(fa, cd + fa),
    falsePositiveRate: ratio(fa, fa + nr),
    proposalRate: ratio(cd + fa, cd + fa + mn + nr),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/**
 * Area under the ROC curve: the probability that a needed moment scores above another one, ties counting half (Mann and
 * Whitney). Null where either kind is absent or a moment has no score.
 */
export function aucOf(moments: readonly Pick<Decided, 'needed' | 'score'>[]): number | null {
  if (moments.some((each) => each.score === undefined)) return null;
  const sorted = moments.toSorted((a, b) => a.score! - b.score!);
  const positives = sorted.filter((each) => each.needed).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to += 1;
    const middle = (from + to + 1) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]!.needed) ranks += middle;
    from = to;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
