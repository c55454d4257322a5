import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { tasksOf } from '../../src/proactivebench/rows.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bench-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const obs = [
  { time: '1700000000.5', event: 'The user opens the garden planner.' },
  { time: 'Day 1, 8:00 PM', event: 'The user searches for frost dates.' },
];
const row = {
  obs,
  pred_task: 'List the frost dates.',
  valid: true,
  help_needed: true,
  annotation: [true, true, false],
  category: 'Correct-Detection (CD)',
};
const silence = { ...row, pred_task: null, valid: false, category: 'Missed-Need (MN)', extra: { kept: 1 } };

it('reads what is there, keeps members it does not know, and names what is odd by file and line', async () => {
  put('reward_data/train_data.jsonl', `${JSON.stringify(row)}\n{"obs": []}\n\n${JSON.stringify(silence)}\n`);
  put(
    'traces/some-model/day_1.json',
    JSON.stringify([
      { observation: obs[0], agent_response: ['Water the beds.'], task_status: true },
      { observation: obs[1], agent_response: { candidate_task: ['a', null] }, task_status: false },
    ]),
  );
  const folder = await readBenchFolder(root);
  expect(folder.train).toEqual([row, silence]);
  expect(folder.models.get('some-model')?.[0]?.steps).toHaveLength(2);
  const places = (kind: string) =>
    folder.oddities.find((each) => each.kind === kind)?.examples.map(({ file, place }) => `${file} ${place}`);
  expect(places('damaged row')).toEqual(['reward_data/train_data.jsonl line 2']);
  expect(places('response of another shape')).toEqual(['traces/some-model/day_1.json line 1']);
  await expect(readBenchFolder(root, { strict: true })).rejects.toThrow(
    /train_data\.jsonl line 2: not a row/,
  );
  const [window, ...more] = windowsOf(folder.train);
  expect([more.length, window?.rows.length, window?.needed]).toEqual([0, 2, true]);
});

it('says in one sentence that there is nothing of that layout', async () => {
  await expect(readBenchFolder(root)).rejects.toThrow(/holds no reward_data, test_data or traces/);
  await expect(readBenchFolder(join(root, 'none'))).rejects.toThrow(/there is no folder/);
});

it('changes its digest with one byte', async () => {
  put('reward_data/train_data.jsonl', `${JSON.stringify(row)}\n`);
  const { digest } = await readBenchFolder(root);
  put('reward_data/train_data.jsonl', `${JSON.stringify({ ...row, valid: false })}\n`);
  expect((await readBenchFolder(root)).digest).not.toBe(digest);
});

it.each([
  [null, []],
  [undefined, []],
  ['null', []],
  [[], []],
  [['null'], []],
  [[' '], []],
  [{ candidate_task: null }, []],
  [{}, []],
  ['Do it.', ['Do it.']],
  [['Do it.', null], ['Do it.']],
  [{ candidate_task: ['a', 'b'] }, ['a', 'b']],
  [[{ Operation: 'x' }], ['{"Operation":"x"}']],
])('reads the tasks of %j', (response, tasks) => {
  expect(tasksOf(response)).toEqual(tasks);
});
