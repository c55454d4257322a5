/**
 * How many rows of ProactiveBench's released reward data obey each rule of our conversion, and how far its annotators
 * agree. `node test/bench/annotation.ts [data folder]`, or BEFOREHAND_BENCH_DATA. Prints JSON.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alpha, fleiss, majorityShare, pairwiseShare, type Unit } from '../../src/annotation/agreement.ts';
import { categoryOf, helpNeeded, majority } from '../../src/annotation/convert.ts';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';

const data = process.argv[2] ?? process.env['BEFOREHAND_BENCH_DATA'];
if (!data) throw new Error('name the data folder, or set BEFOREHAND_BENCH_DATA');

const read = (split: string) =>
  readFileSync(join(data, 'reward_data', `${split}_data.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ProactiveBenchRow.parse(JSON.parse(line)));
const test = read('test');
const rows = [...read('train'), ...test];

const windows = new Map<string, ProactiveBenchRow[]>();
for (const row of rows) {
  const key = JSON.stringify(row.obs);
  windows.set(key, [...(windows.get(key) ?? []), row]);
}

const count = <T>(all: readonly T[], holds: (each: T) => boolean) => ({
  obey: all.filter(holds).length,
  of: all.length,
});
const proposals = rows.filter((row) => row.pred_task !== null);
const silences = rows.filter((row) => row.pred_task === null);
const twoVotes = proposals.filter((row) => row.annotation.length === 2);
const windowsOfTwo = [...windows.values()].filter((each) => each.some((row) => row.annotation.length === 2));

/** What each annotator took in a window, from the votes on its proposals. */
function takesOf(window: readonly ProactiveBenchRow[]): number[][] {
  const offered = window.filter((row) => row.pred_task !== null);
  const voters = Math.max(...window.map((row) => row.annotation.length));
  return Array.from({ length: voters }, (_, voter) =>
    offered.flatMap((row, candidate) => (row.annotation[voter] ? [candidate] : [])),
  );
}

/** A silence vote of true by somebody who took something, or of false by somebody who took nothing. */
const silenceVotes = [...windows.values()].flatMap((window) => {
  const silence = window.find((row) => row.pred_task === null);
  const takes = takesOf(window);
  return silence?.annotation.length === takes.length
    ? silence.annotation.map((rejects, voter) => rejects === (takes[voter]!.length === 0))
    : [];
});

const units = (those: readonly ProactiveBenchRow[]): Unit[] => those.map((row) => row.annotation.map(String));
const verdict = (those: readonly ProactiveBenchRow[]) => {
  const votes = those.flatMap((row) => row.annotation.map((vote) => vote === row.valid));
  return votes.filter(Boolean).length / votes.length;
};
const agreement = (those: readonly ProactiveBenchRow[]) => ({
  rows: those.length,
  votes: those.flatMap((row) => row.annotation).length,
  verdict: verdict(those),
  majority: majorityShare(units(those)),
  pairwise: pairwiseShare(units(those)),
  fleiss: fleiss(units(those.filter((row) => row.annotation.length === 3))),
  alpha: alpha(units(those)),
});

const found = {
  rules: {
    'proposal: valid is the strict majority': count(
      proposals,
      (row) => majority(row.annotation) === row.valid,
    ),
    'silence: valid is that help is not needed': count(silences, (row) => row.valid !== row.help_needed),
    'silence: valid is the majority of its votes': count(
      silences,
      (row) => majority(row.annotation) === row.valid,
    ),
    'window: help is needed where all took one candidate': count([...windows.values()], (window) => {
      const offered = window.filter((row) => row.pred_task !== null).length;
      return window.every((row) => row.help_needed === helpNeeded(takesOf(window), offered));
    }),
    'category from proposal and valid': count(
      rows,
      (row) => categoryOf(row.pred_task, row.valid) === row.category,
    ),
    'silence vote is that nothing was taken': count(silenceVotes, (agrees) => agrees),
  },
  ties: {
    'proposals with two votes': twoVotes.length,
    'of them tied': twoVotes.filter((row) => majority(row.annotation) === null).length,
    'windows with two votes': windowsOfTwo.length,
    'their proposals, by number in the window': Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((n) => [
        n,
        windowsOfTwo.filter((each) => each.filter((row) => row.pred_task !== null).length === n).length,
      ]),
    ),
    'windows with three votes and fewer than five proposals': [...windows.values()].filter(
      (each) =>
        each.every((row) => row.annotation.length === 3) &&
        each.filter((row) => row.pred_task !== null).length < 5,
    ).length,
  },
  agreement: {
    all: agreement(rows),
    proposals: agreement(proposals),
    'test split': agreement(test),
  },
};
process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
