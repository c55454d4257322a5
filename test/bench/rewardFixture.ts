import { RewardRow } from '../../src/proactivebench/rows.ts';

/** The data's names of the four outcomes. */
export const CATEGORY = {
  MN: 'Missed-Need (MN)',
  CR: 'Correct-Rejection (CR)',
  CD: 'Correct-Detection (CD)',
  FA: 'False-Alarm (FA)',
} as const;

/** A row whose label follows from its votes and its window's need, as the data's rules have it. */
export function row(
  events: readonly string[],
  task: string | null,
  needed: boolean,
  annotation: readonly boolean[],
): RewardRow {
  const valid = task === null ? !needed : 2 * annotation.filter(Boolean).length > annotation.length;
  const category = task === null ? (valid ? 'CR' : 'MN') : valid ? 'CD' : 'FA';
  return RewardRow.parse({
    obs: events.map((event, at) => ({ time: `${8 + at}:00 AM`, event })),
    pred_task: task,
    valid,
    help_needed: needed,
    annotation,
    category: CATEGORY[category],
  });
}

/** Made-up days by the sea: searching wants a summary; nothing is wanted while typing. One window leaks, one does not. */
export function seaside(): { train: RewardRow[]; test: RewardRow[] } {
  const train: RewardRow[] = [];
  const test: RewardRow[] = [];
  for (const [n, sea] of ['tide', 'harbour', 'swell', 'ferry', 'anchor'].entries()) {
    const searching = [`The user opens '${sea}.md'.`, `The user searches for '${sea} tables' on Google.`];
    const typing = [...searching, `The user types about the ${sea} in the editor.`];
    train.push(
      row(searching, `Summarize the ${sea} tables on the page`, true, [true, true, n > 2]),
      row(searching, `Open another window about the ${sea}`, true, [false, false, n > 3]),
      row(typing, `Help to open the ${sea} file`, false, [false, n > 1, false]),
    );
    test.push(row(searching, null, true, [false, false, false]));
    if (n < 3) test.push(row(typing, null, false, [true, false, true]));
    if (n < 2) test.push(row(searching, `Summarize all the ${sea} tables`, true, [true, true, true]));
  }
  // A window of the test part alone.
  test.push(row(["The user opens 'tide.md'.", 'The user prints it.'], null, false, [true, true, false]));
  return { train, test };
}
