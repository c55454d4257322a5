import { CATEGORIES, type Category } from '../model/label.ts';
import type { Take } from '../model/annotation.ts';
import type { Pooled } from './pool.ts';

/** One row of reward data as ProactiveBench lays it out; every one is a `RewardRow` of src/proactivebench. */
export interface RewardRow {
  readonly obs: readonly { readonly time: string; readonly event: string }[];
  readonly pred_task: string | null;
  readonly valid: boolean;
  readonly help_needed: boolean;
  /** One vote for each annotator who answered, in the order of their names. */
  readonly annotation: readonly boolean[];
  readonly category: Category;
}

/**
 * What becomes of a proposal that half of the votes take. The released data has no such row: its 36
 * windows with two votes hold 79 proposals where five each would be 180. They are left out here too, by default.
 */
export type Ties = 'leave-out' | 'reject';

/** Why something gives no row. */
type Reason = 'no-candidates' | 'unanswered' | 'tie';

/** All rows of one window and what was left out of it. */
export interface WindowRows {
  readonly rows: readonly RewardRow[];
  readonly leftOut: readonly Reason[];
}

/** Strict majority; null in a tie. */
export function majority(votes: readonly boolean[]): boolean | null {
  const yes = votes.filter(Boolean).length;
  return yes * 2 === votes.length ? null : yes * 2 > votes.length;
}

/** Help is needed where some candidate was taken by every annotator who answered. */
export function helpNeeded(takes: readonly Take[], candidates: number): boolean {
  if (takes.length === 0) return false;
  for (let each = 0; each < candidates; each++) if (takes.every((take) => take.includes(each))) return true;
  return false;
}

/** MN, CR, CD or FA from whether something was proposed and whether that, or the silence, was right. */
export function categoryOf(pred_task: string | null, valid: boolean): Category {
  const [missed, rejection, detection, alarm] = CATEGORIES;
  if (pred_task === null) return valid ? rejection : missed;
  return valid ? detection : alarm;
}

/**
 * The rows of one event: one for each candidate, by the majority of the votes on it, and one for silence, which is
 * right where help is not needed, whatever the votes for "reject all" are. The window is everything up to the event.
 */
export function windowRows({ trace, answers }: Pooled, at: number, ties: Ties = 'leave-out'): WindowRows {
  const candidates = trace.events[at]?.candidates ?? [];
  if (candidates.length === 0) return { rows: [], leftOut: ['no-candidates'] };
  const takes = (answers[at] ?? []).filter((each) => each !== null);
  if (takes.length === 0) return { rows: [], leftOut: ['unanswered'] };
  const obs = trace.events.slice(0, at + 1).map(({ time, event }) => ({ time, event }));
  const help_needed = helpNeeded(takes, candidates.length);
  const rows: RewardRow[] = [];
  const leftOut: Reason[] = [];
  const row = (pred_task: string | null, annotation: readonly boolean[], valid: boolean) =>
    rows.push({ obs, pred_task, valid, help_needed, annotation, category: categoryOf(pred_task, valid) });
  candidates.forEach((task, candidate) => {
    const votes = takes.map((take) => take.includes(candidate));
    const valid = majority(votes);
    if (valid === null && ties === 'leave-out') leftOut.push('tie');
    else row(task, votes, valid ?? false);
  });
  row(
    null,
    takes.map((take) => take.length === 0),
    !help_needed,
  );
  return { rows, leftOut };
}

/** The rows of whole traces, window by window, so that a long folder needs the memory of one window. */
export function* rewardRows(pooled: readonly Pooled[], ties?: Ties): Generator<WindowRows> {
  for (const each of pooled) {
    for (let at = 0; at < each.trace.events.length; at++) yield windowRows(each, at, ties);
  }
}
