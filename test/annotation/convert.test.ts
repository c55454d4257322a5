import { expect, it } from 'vitest';
import { keepAnswer, readEverybody } from '../../src/annotation/answers.ts';
import { categoryOf, helpNeeded, majority, rewardRows, windowRows } from '../../src/annotation/convert.ts';
import { pool, type Pooled } from '../../src/annotation/pool.ts';
import { agreementOf } from '../../src/annotation/table.ts';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { RewardRow } from '../../src/proactivebench/rows.ts';
import type { Take } from '../../src/model/annotation.ts';
import { outFolder, STEPS, trace } from './fixtures.ts';

const [YES, NO] = [true, false];
const votes = (...answers: (readonly (Take | null)[])[]): Pooled => ({
  trace: trace(),
  annotators: ['Ada', 'Ben', 'Cy'].slice(0, answers[0]!.length),
  answers,
});
const short = ({ rows }: ReturnType<typeof windowRows>) =>
  rows.map((row) => [row.pred_task, row.valid, row.help_needed, row.category.slice(-4), ...row.annotation]);

it('majority is strict; half is neither', () => {
  expect([majority([YES, YES, NO]), majority([YES, NO, NO]), majority([YES, NO]), majority([YES])]).toEqual([
    true,
    false,
    null,
    true,
  ]);
});

it('help is needed where one candidate was taken by all, not where each took some', () => {
  expect(helpNeeded([[0, 1], [1, 2], [1]], 3)).toBe(true);
  expect(helpNeeded([[0], [1], [2]], 3)).toBe(false);
  expect(helpNeeded([[0], []], 3)).toBe(false);
  expect(helpNeeded([], 3)).toBe(false);
});

it('category follows from proposal and verdict alone', () => {
  expect([categoryOf(null, NO), categoryOf(null, YES), categoryOf('x', YES), categoryOf('x', NO)]).toEqual([
    'Missed-Need (MN)',
    'Correct-Rejection (CR)',
    'Correct-Detection (CD)',
    'False-Alarm (FA)',
  ]);
});

it('three annotators: each proposal by its majority, silence by the help-needed rule', () => {
  const window = windowRows(votes([[0, 1], [0], [0, 2]], [null, null, null], [[], [1], [1]]), 0);
  expect(short(window)).toEqual([
    ['Sort the notes.', true, true, '(CD)', true, true, true],
    ['Spell-check the notes.', false, true, '(FA)', true, false, false],
    ['Print the notes.', false, true, '(FA)', false, false, true],
    [null, false, true, '(MN)', false, false, false],
  ]);
  // A majority takes one, but not all do: the proposal is right and so is silence, as in the released data.
  const later = windowRows(votes([[], [], []], [null, null, null], [[], [1], [1]]), 2);
  expect(short(later)).toEqual([
    ['Explain the error.', false, false, '(FA)', false, false, false],
    ['Search for the error.', true, false, '(CD)', false, true, true],
    [null, true, false, '(CR)', true, false, false],
  ]);
  expect(later.rows[0]!.obs.map((each) => each.event)).toEqual(STEPS.map((each) => each.observation.event));
});

it('a tie is left out and counted, or rejected where that is asked', () => {
  const pooled = votes([[0, 1], [0]], [null, null], [null, null]);
  const left = windowRows(pooled, 0);
  expect([left.rows.map((row) => row.pred_task), left.leftOut]).toEqual([
    ['Sort the notes.', 'Print the notes.', null],
    ['tie'],
  ]);
  const rejected = windowRows(pooled, 0, 'reject');
  expect([rejected.rows[1]!.valid, rejected.rows[1]!.annotation, rejected.leftOut]).toEqual([
    false,
    [true, false],
    [],
  ]);
});

it('who has not answered has no vote; nobody is asked where nothing was proposed', () => {
  const pooled = votes([[0], null, [0]], [null, null, null], [null, null, null]);
  const all = [...rewardRows([pooled])];
  expect(all.map((each) => each.leftOut)).toEqual([[], ['no-candidates'], ['unanswered']]);
  expect(all[0]!.rows[0]!.annotation).toEqual([true, true]);
});

it('every row is a row of reward data as the export writes and reads it', () => {
  const pooled = votes([[0], [0, 1], []], [null, null, null], [[1], [], []]);
  for (const { rows } of rewardRows([pooled]))
    for (const row of rows) expect(RewardRow.parse(row)).toEqual(ProactiveBenchRow.parse(row));
  expect([...rewardRows([pooled])].flatMap((each) => each.rows)).toHaveLength(4 + 3);
});

async function answered(all: Readonly<Record<string, readonly (Take | null)[]>>) {
  const out = outFolder();
  for (const [name, takes] of Object.entries(all)) {
    for (const [event, take] of takes.entries()) {
      if (take) await keepAnswer(out, name, { trace: trace(), event, take }, 1);
    }
  }
  return readEverybody(out);
}

it('stays blind: an annotator sees what they finished, who organises what all who began have finished', async () => {
  const everybody = await answered({ Ada: [[0], null, []], Ben: [[0], null, null] });
  const seen = (viewer?: string) => {
    const { pooled, leftOut } = pool([trace()], everybody, viewer);
    return [pooled.map((each) => each.annotators), leftOut];
  };
  expect(seen('ada')).toEqual([[['Ada', 'Ben']], []]);
  expect(seen('Ben')).toEqual([[], ['a.json']]);
  expect(seen('Cy')).toEqual([[], ['a.json']]);
  expect(seen()).toEqual([[], ['a.json']]);
  const whole = await answered({ Ada: [[0], null, []], Ben: [[0], null, [1]] });
  expect(pool([trace()], whole).pooled).toHaveLength(1);
});

it('the table counts by hand: two annotators, two windows', async () => {
  const everybody = await answered({ Ada: [[0], null, []], Ben: [[0, 1], null, [1]] });
  const table = agreementOf(pool([trace()], everybody));
  expect([table.annotators, table.traces]).toEqual([['Ada', 'Ben'], 1]);
  const rows = Object.fromEntries(table.rows.map((row) => [row.name, row]));
  // Candidates, Ada / Ben: y/y n/y n/n, then n/n n/y: 3 of 5 agree; ties are rejected, so Ada's two n are right.
  expect(rows['candidates']).toMatchObject({
    units: 5,
    votes: 10,
    verdict: 0.8,
    majority: 0.8,
    pairwise: 0.6,
  });
  // p_o 0.6, p_e = (1 * 3 + 4 * 2) / 25 = 0.44.
  expect(rows['candidates']!.cohen).toBeCloseTo(0.16 / 0.56, 10);
  expect(table.pairs).toEqual([
    { a: 'Ada', b: 'Ben', units: 5, agree: 0.6, kappa: rows['candidates']!.cohen },
  ]);
  // Silence: first window help needed, both said no to silence; second not needed, Ada said yes, Ben no.
  expect(rows['all']).toMatchObject({ units: 7, votes: 14, verdict: 11 / 14 });
  expect(rows['help']).toMatchObject({ units: 2, votes: 4, pairwise: 0.5 });
  expect(table.references.map((each) => each.verdict)).toEqual([0.9167, 0.78]);
});
