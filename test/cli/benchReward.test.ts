import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { seaside } from '../bench/rewardFixture.ts';
import { cli } from '../desktop/core.ts';

const home = mkdtempSync(join(tmpdir(), 'beforehand-reward-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const env = {
  PATH: process.env['PATH'],
  HOME: home,
  BEFOREHAND_HOME: join(home, 'data'),
  XDG_RUNTIME_DIR: home,
};
const data = join(home, 'seaside');
mkdirSync(join(data, 'reward_data'), { recursive: true });
const { train, test } = seaside();
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
writeFileSync(join(data, 'reward_data', 'train_data.jsonl'), `${lines(train)}{"obs": [{"time"`);
writeFileSync(join(data, 'reward_data', 'test_data.jsonl'), lines(test));

it(
  'bench reward prints its rows as JSON, names a broken line and keeps one result',
  { timeout: 60_000 },
  async () => {
    const { code, out, talk } = await cli(env, [
      'bench',
      'reward',
      '--data',
      data,
      '--judge',
      'majority',
      'sixteen features',
      'human votes',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(talk).toContain(`train_data.jsonl line ${train.length + 1}`);
    const { rows, leak } = JSON.parse(out);
    expect(rows.map(({ name, split }: { name: string; split: string }) => `${split}: ${name}`)).toEqual([
      'paper: majority',
      'paper: sixteen features',
      'paper: human votes',
      'trace-disjoint: majority',
      'trace-disjoint: sixteen features',
      'trace-disjoint: human votes',
    ]);
    const columns = [
      'name',
      'split',
      'entries',
      'accuracy',
      'precision',
      'recall',
      'f1',
      'auc',
      'byCategory',
    ];
    for (const row of rows) expect(Object.keys(row)).toEqual(expect.arrayContaining(columns));
    expect(leak.testWindowsInTrain).toBe(8);
    const kept = readFileSync(join(home, 'data', 'bench', 'results.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(kept).toHaveLength(1);
    expect(JSON.parse(kept[0]!).result).toEqual({ ...JSON.parse(out) });
  },
);

it.each([
  [['--judge', 'nobody'], 2, 'there is no judge nobody'],
  [['--split', 'odd'], 2, 'paper'],
  [['--endpoint', 'http://127.0.0.1:9'], 2, '--endpoint-model'],
  [['--data', join(home, 'nowhere')], 1, 'there is no folder'],
])('bench reward %j ends with %i', { timeout: 30_000 }, async (options, ends, words) => {
  const { code, out, talk } = await cli(env, ['bench', 'reward', '--data', data, ...options]);
  expect([code, out]).toEqual([ends, '']);
  expect(talk).toContain(words);
});
