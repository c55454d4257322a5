import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { walkFolder } from '../../src/proactivebench/walk.ts';
import { readScenes, readSeedTasks } from '../../src/proactivebench/yamlFile.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hostile-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(file: string, content: string | Buffer): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
const TRAIN = 'reward_data/train_data.jsonl';
const first = { time: '1700000000.5', event: 'The user opens the secret garden planner.' };
const second = { time: '1700000010.5', event: 'The user searches for frost dates.' };
const row = {
  obs: [first, second],
  pred_task: 'List the frost dates.',
  valid: true,
  help_needed: true,
  annotation: [true, true, true],
  category: 'Correct-Detection (CD)',
};
const line = JSON.stringify(row);
const step = { observation: first, agent_response: ['Water the beds.'], task_status: true };

async function odd() {
  const { oddities } = await readBenchFolder(root);
  return Object.fromEntries(
    oddities.map(({ kind, count, examples }) => [
      kind,
      [count, ...examples.map(({ file, place, detail }) => [file, place, detail].filter(Boolean).join(' '))],
    ]),
  );
}

it.each([
  ['a broken line', `${line}\n{"obs": [\n${line}\n`, 'line 2 not JSON'],
  ['a last line that breaks off', `${line}\n${line.slice(0, 40)}`, 'line 2 the file breaks off here'],
  [
    'a line in Latin-1',
    Buffer.concat([Buffer.from(`${line}\n`), Buffer.from([0x7b, 0xe9, 0x7d, 10])]),
    'line 2 this is not UTF-8',
  ],
  [
    'half a character at the end',
    Buffer.concat([Buffer.from(`${line}\n`), Buffer.from([0x22, 0xe2, 0x82])]),
    'line 2 the file breaks off here',
  ],
  [
    'a line longer than any record',
    `${line}\n"${'x'.repeat(4_200_000)}"\n${line}\n`,
    'line 2 this is too long to be a record',
  ],
  ['a number where a row stands', `7\n${line}\n`, 'line 1 not a row of reward data, the record: '],
])('%s is left out and named by file and line, never by content', async (_name, content, place) => {
  put(TRAIN, content);
  const { 'damaged row': damaged } = await odd();
  expect(damaged?.[0]).toBe(1);
  expect(damaged?.[1]).toContain(`${TRAIN} ${place}`);
  expect(JSON.stringify(damaged)).not.toContain('secret');
  await expect(readBenchFolder(root, { strict: true })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(/^\[bench\] .*train_data\.jsonl line [12]: [^\n]+$/),
  });
});

it.each([
  ['a byte order mark and Windows line ends', `\uFEFF${line}\r\n\r\n${line}\r\n`],
  ['no line end at the end', `${line}\n${line}`],
])('%s are no damage', async (_name, content) => {
  put(TRAIN, content);
  const folder = await readBenchFolder(root, { strict: true });
  expect(folder.train).toEqual([row, row]);
});

it('UTF-16 is one sentence with the mend', async () => {
  put(TRAIN, Buffer.from(`\uFEFF${line}\n`, 'utf16le'));
  await expect(readBenchFolder(root)).rejects.toThrow(
    /train_data\.jsonl line 1: this is UTF-16; save the file as UTF-8/,
  );
});

it.each([
  [
    'breaks off',
    JSON.stringify([step, step]).slice(0, -20),
    /line 1, character \d+: (?:the file breaks off here|.*)$/,
  ],
  ['is no list', JSON.stringify({ steps: [step] }), /line 1: a list of steps was expected here/],
  ['is UTF-16', Buffer.from(JSON.stringify([step]), 'utf16le'), /line 1, character \d+: this is not/],
  ['is empty', '', /line 1, character 0: the file breaks off here/],
])('a trace that %s is left out whole, and the others are read', async (_name, content, why) => {
  put(TRAIN, `${line}\n`);
  put('traces/some-model/bad.json', content);
  put('traces/some-model/good.json', JSON.stringify([step]));
  const folder = await readBenchFolder(root);
  expect(folder.models.get('some-model')?.map((trace) => trace.name)).toEqual(['good']);
  const damaged = folder.oddities.find((each) => each.kind === 'damaged trace');
  expect([damaged?.count, damaged?.examples[0]?.file]).toEqual([1, 'traces/some-model/bad.json']);
  expect(damaged?.examples[0]?.detail).toMatch(why);
  await expect(readBenchFolder(root, { strict: true })).rejects.toMatchObject({ code: 'bad-input' });
});

it('links out of the folder, pipes and folders named like files are named and not read', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'secret.json'), JSON.stringify([step]));
  put(TRAIN, `${line}\n`);
  put('traces/m/good.json', JSON.stringify([step]));
  mkdirSync(join(root, 'traces/m/folder.json'));
  symlinkSync(join(outside, 'secret.json'), join(root, 'traces/m/link.json'));
  symlinkSync(join(root, 'traces/m/good.json'), join(root, 'traces/m/within.json'));
  symlinkSync('nowhere', join(root, 'traces/m/lost.json'));
  symlinkSync(outside, join(root, 'traces/out'));
  execFileSync('mkfifo', [join(root, 'traces/m/pipe.json')]);
  const folder = await readBenchFolder(root);
  expect(folder.models.get('m')?.map((trace) => trace.name)).toEqual(['good', 'within']);
  expect(folder.models.has('out')).toBe(false);
  const { 'not a plain file': refused } = await odd();
  expect(refused).toEqual([
    4,
    'traces/m/folder.json a folder and no file',
    'traces/m/link.json a link out of the data folder',
    'traces/m/lost.json a link that leads nowhere',
    'traces/m/pipe.json a pipe or device and no file',
  ]);
  rmSync(outside, { recursive: true });
});

it('counts what is odd but right, by kind', async () => {
  const words = ['null', 'None', { task: 'x' }];
  const two = {
    ...row,
    annotation: [true, false],
    obs: [
      { ...first, time: 'Day 1, 9:00 PM' },
      { ...second, time: 'soon' },
    ],
  };
  const rows = [
    row,
    row,
    { ...row, pred_task: 'Another.', help_needed: false },
    { ...row, valid: false, category: 'Missed-Need (MN)' },
    { ...two, extra: 1 },
    { ...row, obs: [second, first] },
  ];
  put(TRAIN, rows.map((each) => JSON.stringify(each)).join('\n'));
  put('reward_data/test_data.jsonl', line);
  put(
    'test_data/a.json',
    JSON.stringify([{ observation: second, agent_response: { candidate_task: ['t'] }, task_status: false }]),
  );
  put(
    'traces/m/a.json',
    JSON.stringify([
      { observation: first, agent_response: words, task_status: true },
      { observation: first, agent_response: { candidate_task: 'x' } },
      { observation: { ...first, time: 5 }, task_status: false },
    ]),
  );
  put('traces/n/b.json', JSON.stringify([step]));
  const counts = Object.fromEntries(Object.entries(await odd()).map(([kind, [count]]) => [kind, count]));
  expect(counts).toEqual({
    'prose time': 1,
    'unreadable time': 1,
    'number time': 1,
    'time goes back': 2,
    'unknown member': 1,
    'two votes': 1,
    'votes tied': 1,
    'label against votes': 1,
    'category against label': 1,
    'category against need': 1,
    'row repeated': 2,
    'window repeated': 2,
    'need disagrees': 1,
    'test window in train': 1,
    'word for silence': 1,
    'word None': 1,
    'object among tasks': 1,
    'response missing': 1,
    'response of another shape': 1,
    'shapes mixed': 1,
    'status missing': 1,
    'text repeated': 2,
    'trace missing': 2,
    'observation differs': 1,
  });
});

it('the digest is of the bytes that were read, and equal observations are one value', async () => {
  put(TRAIN, `${line}\n${JSON.stringify({ ...row, valid: false })}\n`);
  const folder = await readBenchFolder(root);
  const hash = (bytes: string) => createHash('sha256').update(bytes).digest('hex');
  const bytes = `${line}\n${JSON.stringify({ ...row, valid: false })}\n`;
  expect(folder.digest).toBe(hash(`${TRAIN} ${hash(bytes)}\n`));
  expect(folder.train[0]?.obs[0]).toBe(folder.train[1]?.obs[0]);
  const walked = await walkFolder(root, {});
  expect([walked.digest, walked.bytes, walked.counts.windows]).toEqual([folder.digest, bytes.length, 1]);
});

it.each([
  [
    'an alias bomb',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map(
        (name, at) =>
          `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[at]}`).join(',')}]`,
      )
      .join('\n')}\n`,
    /nests or repeats itself too often/,
  ],
  ['lists within lists', '['.repeat(100_000), /not YAML|nests or repeats/],
  ['two documents', '- a\n---\n- b\n', /one YAML document was expected/],
  ['a broken line', 'a:\n  tasks: [x\nb: 1\n', /line \d+: not YAML/],
  ['a name twice', 'a: {tasks: []}\na: {tasks: []}\n', /line 2: not YAML, DUPLICATE_KEY/],
  ['another shape', 'a: 7\n', /not seed tasks, a: /],
  ['another encoding', Buffer.from([0x61, 0x3a, 0xe9]), /this is not UTF-8/],
  ['too many bytes', Buffer.alloc(16_000_001, 10), /are too many for seed tasks/],
])('YAML with %s is one sentence', async (_name, content, why) => {
  const file = put('seedtask.yaml', content);
  await expect(readSeedTasks(file)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(why),
  });
});

it('YAML keeps words that only other versions read as something else', async () => {
  const file = put(
    's.yaml',
    '- environment: {description: yes, theme: 2024-01-01}\n  user: {description: "null"}\n',
  );
  expect(await readScenes(file)).toEqual([
    { environment: { description: 'yes', theme: '2024-01-01' }, user: { description: 'null' } },
  ]);
});
