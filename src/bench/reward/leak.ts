import { z } from 'zod';
import type { Verdict } from './lookup.ts';
import type { Entry } from './splits.ts';

const Share = z.object({ entries: z.number().int(), accuracy: z.number().min(0).max(1) });
/** Accuracy on test rows of the released split: of all, of silences and of proposals. */
const Parts = z.object({ all: Share, silences: Share, proposals: Share });
export type Parts = z.infer<typeof Parts>;

/** How the released split leaks, and by how much. */
export const Leak = z.object({
  /** Distinct windows of the test part, and how many of them stand in the training part as well. */
  testWindows: z.number().int(),
  testWindowsInTrain: z.number().int(),
  testEntries: z.number().int(),
  testEntriesInTrain: z.number().int(),
  /** Test rows judged by looking up the labels of the same window in the training part. */
  lookup: Parts,
  /** The same rows judged by what saw nothing of their trace, by judge; empty where that was not worked out. */
  traceDisjoint: z.record(z.string(), Parts),
});
export type Leak = z.infer<typeof Leak>;

/** Counts the leak; null when a part is missing. `lookup` and `disjoint` hold verdicts by entry. */
export function leakOf(
  train: readonly Entry[],
  test: readonly Entry[],
  lookup: ReadonlyMap<Entry, Verdict>,
  disjoint: ReadonlyMap<string, ReadonlyMap<Entry, Verdict>>,
): Leak | null {
  if (train.length === 0 || test.length === 0) return null;
  const seen = new Set(train.map(({ window }) => window));
  const windows = new Set(test.map(({ window }) => window));
  return {
    testWindows: windows.size,
    testWindowsInTrain: [...windows].filter((window) => seen.has(window)).length,
    testEntries: test.length,
    testEntriesInTrain: test.filter(({ window }) => seen.has(window)).length,
    lookup: partsOf(test, lookup),
    traceDisjoint: Object.fromEntries(
      [...disjoint].map(([name, verdicts]) => [name, partsOf(test, verdicts)]),
    ),
  };
}

function partsOf(test: readonly Entry[], verdicts: ReadonlyMap<Entry, Verdict>): Parts {
  const share = (entries: readonly Entry[]) => {
    const right = entries.filter((entry) => verdicts.get(entry)?.accepted === entry.row.valid).length;
    return { entries: entries.length, accuracy: entries.length === 0 ? 0 : right / entries.length };
  };
  return {
    all: share(test),
    silences: share(test.filter(({ row }) => row.pred_task === null)),
    proposals: share(test.filter(({ row }) => row.pred_task !== null)),
  };
}

/**
 * The two facts in two sentences; the second compares with the judge `compared`, where that was worked out. One sentence
 * where nothing leaks.
 */
export function leakInWords(leak: Leak, compared: string): readonly string[] {
  const { lookup, testWindows, testWindowsInTrain } = leak;
  const count = `${testWindowsInTrain} of ${testWindows} (${leak.testEntriesInTrain} of ${leak.testEntries} rows)`;
  if (testWindowsInTrain === 0)
    return [`No window of the released test part stands in its training part: ${count}.`];
  const many = testWindowsInTrain === testWindows ? 'Every window' : 'A part of the windows';
  const fair = leak.traceDisjoint[compared];
  return [
    `${many} of the released test part stands in its training part too: ${count}.`,
    `So a silence is solved by looking up its window's label there: accuracy ${two(lookup.silences.accuracy)} on the ${lookup.silences.entries} silences and ${three(lookup.all.accuracy)} over all ${lookup.all.entries} rows without judging anything` +
      (fair
        ? `, where ${compared}, which saw nothing of their traces, reaches ${two(fair.silences.accuracy)} and ${three(fair.all.accuracy)} on the same rows.`
        : '.'),
  ];
}

function two(value: number): string {
  return value.toFixed(2);
}

function three(value: number): string {
  return value.toFixed(3);
}
