import { factsFromSentences } from '../../agent/facts.ts';
import type { RewardRow } from '../../proactivebench/rows.ts';
import { traceId, windowId } from '../../proactivebench/windows.ts';
import type { JudgedMoment } from '../../reward/linearJudge.ts';

/** One judged row of reward data: its identity, the trace and window it belongs to, and what a judge may see of it. */
export interface Entry {
  /** Place in the data: all rows of the training part, then all of the test part, from 0. */
  readonly at: number;
  readonly row: RewardRow;
  readonly trace: string;
  readonly window: string;
  readonly moment: JudgedMoment;
}

/** A judge learns from `train` and is asked for `test`. */
export interface Fold {
  readonly name: string;
  readonly train: readonly Entry[];
  readonly test: readonly Entry[];
}

/** `paper`: train and test part as released. `trace-disjoint`: whole traces left out, each row judged once. */
export const SPLITS = ['paper', 'trace-disjoint'] as const;
export type SplitName = (typeof SPLITS)[number];

/** A split as folds; every entry of `entries` stands in the test of exactly one. */
export interface Split {
  readonly name: SplitName;
  readonly folds: readonly Fold[];
  readonly entries: readonly Entry[];
}

/** What a judge may see of a row, and what people said of it; a silence is judged by the label of need, not by votes. */
export function judgedMoment(row: RewardRow): JudgedMoment {
  const yes = row.annotation.filter(Boolean).length;
  const facts = factsFromSentences(
    row.obs.map(({ event }, at) => ({ time: at, event })),
    row.obs.length,
  );
  return {
    events: row.obs.map(({ event }) => event),
    task: row.pred_task,
    facts: new Map(facts.map(({ name, value }) => [name, value])),
    accepted: row.valid,
    ...(row.pred_task !== null && row.annotation.length > 0 && { share: yes / row.annotation.length }),
    trace: traceId(row.obs),
  };
}

/** The rows of both parts as entries, in order. */
export function entriesOf(
  train: readonly RewardRow[],
  test: readonly RewardRow[],
): { readonly train: readonly Entry[]; readonly test: readonly Entry[] } {
  const all = [...train, ...test].map((row, at): Entry => ({
    at,
    row,
    trace: traceId(row.obs),
    window: windowId(row.obs),
    moment: judgedMoment(row),
  }));
  return { train: all.slice(0, train.length), test: all.slice(train.length) };
}

/** The released split, or null when a part is missing. */
export function paperSplit(train: readonly Entry[], test: readonly Entry[]): Split | null {
  if (train.length === 0 || test.length === 0) return null;
  return { name: 'paper', folds: [{ name: 'paper', train, test }], entries: test };
}

/** One fold a trace, judged by what was learnt from the others; null with fewer than two traces. */
export function traceDisjointSplit(entries: readonly Entry[]): Split | null {
  const folds = leaveTracesOut(entries);
  return folds.length < 2 ? null : { name: 'trace-disjoint', folds, entries };
}

/** One fold a trace, in order of first sight. */
export function leaveTracesOut(entries: readonly Entry[]): readonly Fold[] {
  return [...Map.groupBy(entries, (entry) => entry.trace)].map(([trace, test]) => ({
    name: trace,
    train: entries.filter((entry) => entry.trace !== trace),
    test,
  }));
}
