import type { CommittedResult } from '../../proactivebench/rows.ts';
import type { Counts } from '../metrics.ts';

/** What became of one judged answer: a proposal accepted or rejected, a silence accepted or rejected. */
export type Outcome = 'cd' | 'fa' | 'nr' | 'mn';

/** Figures of ProactiveBench's protocol, fractions from 0 to 1. */
export interface ProtocolFigures extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly accuracy: number;
  /** FP / (TP + FP). */
  readonly falseAlarm: number;
  readonly f1: number;
  /** Accepted of all proposed. */
  readonly acceptRate: number;
  /** Share of answers that propose. */
  readonly proposalRate: number;
}

/** What their script adds to every denominator, so that none is 0. */
const EPSILON = 1e-8;

/**
 * All figures as ProactiveBench's evaluation counts them: proposal accepted TP (cd), rejected FP (fa), silence accepted TN
 * (nr), rejected FN (mn); denominators with its epsilon, so that a recount of its own verdicts differs by nothing.
 */
export function protocolFigures(counts: Counts): ProtocolFigures {
  const { cd, fa, mn, nr } = counts;
  const all = cd + fa + mn + nr;
  const precision = over(cd, cd + fa);
  const recall = over(cd, cd + mn);
  return {
    cd,
    fa,
    mn,
    nr,
    precision,
    recall,
    accuracy: over(cd + nr, all),
    falseAlarm: over(fa, cd + fa),
    f1: over(2 * precision * recall, precision + recall),
    acceptRate: over(cd, cd + fa),
    proposalRate: over(cd + fa, all),
  };
}

function over(part: number, whole: number): number {
  return part / (whole + EPSILON);
}

/** What became of an answer: `proposed`, and whether the judge accepted it. */
export function outcomeOf(proposed: boolean, accepted: boolean): Outcome {
  if (proposed) return accepted ? 'cd' : 'fa';
  return accepted ? 'nr' : 'mn';
}

/** Counts of outcomes. */
export function countOutcomes(outcomes: Iterable<Outcome>): Counts {
  const counts = { cd: 0, fa: 0, mn: 0, nr: 0 };
  for (const outcome of outcomes) counts[outcome] += 1;
  return counts;
}

/** Sum of counts. */
export function sumCounts(all: readonly Counts[]): Counts {
  const sum = { cd: 0, fa: 0, mn: 0, nr: 0 };
  for (const { cd, fa, mn, nr } of all) {
    sum.cd += cd;
    sum.fa += fa;
    sum.mn += mn;
    sum.nr += nr;
  }
  return sum;
}

/** How far a committed figure may be from the one of whole counts: far less than one answer more or less makes. */
const CLOSE = 1e-7;

/**
 * The whole counts behind a committed line, from its precision, recall, accuracy and number of events; one answer an event.
 * Null where no counts, or more than one set of them, give these figures.
 */
export function countsBehind(row: CommittedResult): Counts | null {
  const found: Counts[] = [];
  const { events, precision, recall } = row;
  for (let proposed = 0; proposed <= events; proposed += 1) {
    const cd = Math.round(precision * proposed);
    const needed = recall === 0 ? [cd] : [Math.round(cd / recall)];
    for (const need of needed) {
      const mn = need - cd;
      const counts = { cd, fa: proposed - cd, mn, nr: events - proposed - mn };
      if (Math.min(...Object.values(counts)) >= 0 && same(protocolFigures(counts), row)) found.push(counts);
    }
  }
  return found.length === 1 ? found[0]! : null;
}

function same(figures: ProtocolFigures, row: CommittedResult): boolean {
  return (['precision', 'recall', 'accuracy', 'falseAlarm', 'f1'] as const).every(
    (name) => Math.abs(figures[name] - row[name]) < CLOSE,
  );
}
