import { hash } from 'node:crypto';
import { writtenTime } from './clock.ts';
import { createNumberTable } from './numberTable.ts';
import type { Oddities, Place } from './oddities.ts';
import type { Observed, RewardRow } from './rows.ts';
import { traceId, windowId } from './windows.ts';

const ROW = new Set(['obs', 'pred_task', 'valid', 'help_needed', 'annotation', 'category']);
const OBSERVED = new Set(['time', 'event']);

/** What is known of a window: flags, so that a million windows fit into little memory. */
const TRAIN = 1;
const TEST = 2;
const NEEDED = 4;
const NOT_NEEDED = 8;
const LEAKS = 16;
const DISAGREES = 32;

/** Looks at reward rows one by one and counts windows, in memory that grows by bytes a window and not by its text. */
export interface RowSurvey {
  look(part: 'train' | 'test', row: RewardRow, place: Place): void;
  counts(): {
    readonly trainRows: number;
    readonly testRows: number;
    readonly windows: number;
    readonly needed: number;
    readonly traces: number;
  };
  /** Whether help was needed where a window ends in this sentence; null where rows differ or none does. */
  neededAfter(sentence: string): boolean | null;
}

/** A survey of rows that tells `oddities` what is odd. */
export function createRowSurvey(oddities: Oddities): RowSurvey {
  const windows = createNumberTable();
  const rows = createNumberTable();
  const traces = createNumberTable();
  const ends = createNumberTable();
  const count = { train: 0, test: 0 };
  let needed = 0;

  return {
    look(part, row, place) {
      count[part] += 1;
      lookAtRow(oddities, row, place);
      traces.set(short(traceId(row.obs)), 1);
      const key = short(windowId(row.obs));
      const known = windows.get(key);
      const own = (part === 'train' ? TRAIN : TEST) | (row.help_needed ? NEEDED : NOT_NEEDED);
      const whole = hashOf(JSON.stringify(row));
      if (rows.get(whole) !== 0) oddities.add('row repeated', place);
      else if (known !== 0) oddities.add('window repeated', place);
      rows.set(whole, 1);
      let flags = known | own;
      if (known === 0 && row.help_needed) needed += 1;
      if ((flags & TRAIN) !== 0 && (flags & TEST) !== 0 && (flags & LEAKS) === 0) {
        oddities.add('test window in train', place);
        flags |= LEAKS;
      }
      if ((flags & NEEDED) !== 0 && (flags & NOT_NEEDED) !== 0 && (flags & DISAGREES) === 0) {
        oddities.add('need disagrees', place);
        flags |= DISAGREES;
      }
      windows.set(key, flags);
      const end = hashOf(row.obs.at(-1)!.event);
      ends.set(end, ends.get(end) | own);
    },
    counts: () => ({
      trainRows: count.train,
      testRows: count.test,
      windows: windows.size(),
      needed,
      traces: traces.size(),
    }),
    neededAfter(sentence) {
      const flags = ends.get(hashOf(sentence)) & (NEEDED | NOT_NEEDED);
      return flags === NEEDED ? true : flags === NOT_NEEDED ? false : null;
    },
  };
}

function lookAtRow(oddities: Oddities, row: RewardRow, place: Place): void {
  if (Object.keys(row).some((key) => !ROW.has(key))) oddities.add('unknown member', place);
  lookAtObserved(oddities, row.obs, place);
  const votes = row.annotation.length;
  if (votes === 2) oddities.add('two votes', place);
  else if (votes !== 3) oddities.add('other number of votes', place);
  const yes = row.annotation.filter(Boolean).length;
  if (2 * yes === votes) oddities.add('votes tied', place);
  else if (2 * yes > votes !== row.valid) oddities.add('label against votes', place);
  lookAtWords(oddities, row.pred_task === null ? [] : [row.pred_task], place);
  const sign = signOf(row.category);
  if (sign !== expected(row)) oddities.add('category against label', place);
  const claimsNeed = sign === 'CD' || sign === 'MN';
  if (sign !== null && claimsNeed !== row.help_needed) oddities.add('category against need', place);
}

/** How times are written, whether they go back, and members that the format does not have; once a row or trace. */
export function lookAtObserved(oddities: Oddities, obs: readonly Observed[], place: Place): void {
  const times = obs.map((each) => writtenTime(each.time));
  if (times.some((time) => time.kind === 'prose')) oddities.add('prose time', place);
  if (times.some((time) => time.kind === 'unreadable')) oddities.add('unreadable time', place);
  if (obs.some((each) => typeof each.time === 'number')) oddities.add('number time', place);
  const back = times.some((time, at) => {
    const before = times[at - 1];
    return before !== undefined && before.kind === time.kind && time.value < before.value;
  });
  if (back) oddities.add('time goes back', place);
  if (obs.some((each) => Object.keys(each).some((key) => !OBSERVED.has(key))))
    oddities.add('unknown member', place);
}

/** Tasks that are words for silence. */
export function lookAtWords(oddities: Oddities, tasks: readonly unknown[], place: Place): void {
  for (const task of tasks) {
    if (typeof task !== 'string') continue;
    if (task.trim().toLowerCase() === 'null' || task.trim() === '') oddities.add('word for silence', place);
    else if (task.trim() === 'None') oddities.add('word None', place);
  }
}

function signOf(category: string): string | null {
  return /\((MN|CR|NR|CD|FA)\)/.exec(category)?.[1]?.replace('NR', 'CR') ?? null;
}

function expected(row: RewardRow): string {
  if (row.pred_task === null) return row.valid ? 'CR' : 'MN';
  return row.valid ? 'CD' : 'FA';
}

/** 48 bits of a digest: a number that a Map holds cheaply; among a million, two are alike once in 500 times. */
function short(digest: string): number {
  return Number.parseInt(digest.slice(0, 12), 16);
}

/** A text as 48 bits of its digest. */
export function hashOf(text: string): number {
  return short(hash('sha256', text));
}
