import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { readTraceFolder } from '../../src/app/annotationFolder.ts';
import { folderWith, STEPS, trace } from '../annotation/fixtures.ts';

const step = (agent_response?: unknown) => ({ observation: { time: 1.5, event: 'Types.' }, agent_response });
const read = (content: unknown) => readTraceFolder(folderWith({ 'a.json': content }));

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
])('reads what was proposed: %j', async (given, wanted) => {
  const { traces } = await read([step(given)]);
  expect(traces[0]!.events).toEqual([{ time: '1.5', event: 'Types.', candidates: wanted }]);
});

it.each([
  ['[{"observation": {"time": "1"', /a.json line 1/],
  ['{"obs": []}', /"a.json" is no list of observations/],
  ['[]', /"a.json" holds no observation/],
  [
    [step(), { observation: { time: '1' } }],
    /"a.json" line 1, entry 2 is no step of a trace \(observation.event/,
  ],
  [[step(Array.from({ length: 51 }, (_, i) => `t${i}`))], /entry 1 has more than 50/],
  [[{ observation: { time: '1'.repeat(8001), event: 'x' } }], /entry 1 has a text of more than 8000/],
  [[{ observation: { time: '1', event: 'x'.repeat(8001) } }], /entry 1 has a text of more than 8000/],
])('says in one sentence what is wrong with %#', async (content, wanted) => {
  await expect(read(content)).rejects.toThrow(wanted);
});

it('the digest is of what an annotator sees, not of how it is written', async () => {
  const { traces } = await read(`\uFEFF${JSON.stringify(STEPS, null, 4)}`);
  expect(traces[0]!.digest).toBe(trace().digest);
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
    'huge.json': '[',
    'notes.txt': 'no',
    '.hidden.json': STEPS,
  });
  truncateSync(join(folder, 'huge.json'), 17_000_000);
  symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
  mkdirSync(join(folder, 'sub.json'));
  const { traces, odd } = await readTraceFolder(folder);
  expect(traces.map((each) => each.label)).toEqual(
    ['code_2.json', 'code_10.json'].map((name) => `${basename(folder)}/${name}`),
  );
  expect(odd.map((each) => /broken|huge|link|sub/.exec(each)?.[0])).toEqual([
    'broken',
    'huge',
    'link',
    'sub',
  ]);
});

it('no folder, a file, no trace: one sentence each, with what to name instead', async () => {
  const folder = folderWith({ 'a.txt': 'x' });
  await expect(readTraceFolder(join(folder, 'none'))).rejects.toThrow(/there is no .*none/);
  await expect(readTraceFolder(join(folder, 'a.txt'))).rejects.toThrow(/is no folder/);
  await expect(readTraceFolder(folder)).rejects.toThrow(/holds no trace/);
  mkdirSync(join(folder, 'test_data'));
  await expect(readTraceFolder(folder)).rejects.toThrow(/name .*test_data/);
  writeFileSync(join(folder, 'half.json'), '[{"observation"');
  await expect(readTraceFolder(folder)).rejects.toThrow(/half.json/);
});
