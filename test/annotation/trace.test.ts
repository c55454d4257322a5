import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFolder } from '../../src/annotation/folder.ts';
import { readTrace } from '../../src/annotation/trace.ts';
import { folderWith, STEPS, trace } from './fixtures.ts';

const step = (agent_response?: unknown) => ({ observation: { time: 1.5, event: 'Types.' }, agent_response });

it.each([
  [null, []],
  ['null', []],
  [[], []],
  [undefined, []],
  [{ candidate_task: null }, []],
  [{ candidate_task: [] }, []],
  [{}, []],
  ['Help.', ['Help.']],
  [
    ['Help.', ' Help. ', '', 'null', 'Sort.'],
    ['Help.', 'Sort.'],
  ],
  [{ candidate_task: ['Help.'], more: 1 }, ['Help.']],
])('reads what was proposed: %j', (given, wanted) => {
  const read = readTrace(JSON.stringify([step(given)]), 'a.json', 'f');
  expect(read.events).toEqual([{ time: '1.5', event: 'Types.', candidates: wanted }]);
});

it.each([
  ['[{"observation": {"time": "1"', /"a.json" cannot be annotated: it is not whole JSON/],
  ['{"obs": []}', /no list of observations/],
  ['[]', /it is empty/],
  [
    JSON.stringify([step(), { observation: { time: '1' } }]),
    /entry 2 is no step of a trace \(observation.event\)/,
  ],
  [JSON.stringify([step([1])]), /entry 1 is no step/],
  [JSON.stringify([step(Array.from({ length: 51 }, (_, i) => `t${i}`))]), /entry 1 has more than 50/],
])('says in one sentence what is wrong with %s', (text, wanted) => {
  expect(() => readTrace(text, 'a.json', 'f')).toThrow(wanted);
});

it('the digest is of what an annotator sees, not of how it is written', () => {
  const other = readTrace(`\uFEFF${JSON.stringify(STEPS, null, 4)}`, 'b.json', 'elsewhere');
  expect(other.digest).toBe(trace().digest);
  const changed = structuredClone(STEPS);
  changed[0]!.observation.event = 'Opens another.md in the editor.';
  expect(trace(changed).digest).not.toBe(trace().digest);
});

it('a folder: natural order, odd files named, nothing read outside of it', async () => {
  const outside = folderWith({ 'secret.json': STEPS });
  const folder = folderWith({
    'code_10.json': STEPS,
    'code_2.json': STEPS,
    'broken.json': '[{',
    'notes.txt': 'no',
    '.hidden.json': STEPS,
  });
  symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
  mkdirSync(join(folder, 'sub.json'));
  const read = await readFolder(folder);
  expect(read.traces.map((each) => each.name)).toEqual(['code_2.json', 'code_10.json']);
  expect(read.odd.map((each) => /"[^"]+"/.exec(each)?.[0])).toEqual([
    '"broken.json"',
    '"link.json"',
    '"sub.json"',
  ]);
});

it('no folder, a file, no trace: one sentence each, with what to name instead', async () => {
  const folder = folderWith({ 'a.txt': 'x' });
  await expect(readFolder(join(folder, 'none'))).rejects.toThrow(/there is no .*none/);
  await expect(readFolder(join(folder, 'a.txt'))).rejects.toThrow(/is no folder/);
  await expect(readFolder(folder)).rejects.toThrow(/holds no trace/);
  mkdirSync(join(folder, 'test_data'));
  await expect(readFolder(folder)).rejects.toThrow(/name .*test_data/);
  writeFileSync(join(folder, 'half.json'), '[{"observation"');
  await expect(readFolder(folder)).rejects.toThrow(/"half.json" cannot be annotated/);
});
