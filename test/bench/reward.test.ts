import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { benchReward, COMPARED, type RewardResult } from '../../src/bench/reward.ts';
import type { AskedJudge } from '../../src/bench/reward/asked.ts';
import { leakInWords } from '../../src/bench/reward/leak.ts';
import { SPLITS } from '../../src/bench/reward/splits.ts';
import { AppError } from '../../src/errors.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { seaside } from './rewardFixture.ts';
import { DATA, withData } from '../replay/data.ts';
import { benchRun, createMemoryCache } from './run.ts';

const RECOUNT = fileURLToPath(new URL('recountReward.mjs', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** What the recount prints. */
interface Counted {
  readonly entries: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly categories: Readonly<Record<string, { readonly entries: number; readonly right: number }>>;
}
interface Recount {
  readonly majority: Readonly<Record<string, Counted>>;
  readonly lookup: Readonly<Record<string, Counted>>;
  readonly leak: Readonly<Record<'silences' | 'silencesRight', number>> & Readonly<Record<string, number>>;
}

function recount(folder: string): Recount {
  return JSON.parse(execFileSync(process.execPath, [RECOUNT, folder], { encoding: 'utf8' }));
}

/** Holds the bench's majority, lookup and leak against the independent recount. */
function compare(result: RewardResult, again: Recount): void {
  for (const name of ['majority', 'lookup'] as const)
    for (const split of SPLITS) {
      const line = result.rows.find((each) => each.name === name && each.split === split)!;
      const { categories, ...figures } = again[name][split]!;
      for (const [figure, value] of Object.entries(figures))
        expect([name, split, figure, line[figure as 'accuracy']]).toEqual([
          name,
          split,
          figure,
          expect.closeTo(value, 12),
        ]);
      for (const [category, { entries, right }] of Object.entries(categories)) {
        expect(line.byCategory[category]!.entries).toBe(entries);
        expect(line.byCategory[category]!.accuracy).toBeCloseTo(right / entries, 12);
      }
    }
  const { silences, silencesRight, ...leak } = again.leak;
  expect(result.leak).toMatchObject(leak);
  expect(Object.keys(leak)).toHaveLength(4);
  expect(result.leak!.lookup.silences.entries).toBe(silences);
  expect(result.leak!.lookup.silences.accuracy).toBeCloseTo(silencesRight / silences, 12);
  expect(result.leak!.lookup.all.accuracy).toBeCloseTo(again.lookup['paper']!.accuracy, 12);
}

describe('bench reward', () => {
  it('agrees with an independent recount, finds the leak and says it in two sentences', async () => {
    const { train, test } = seaside();
    const folder = mkdtempSync(join(tmpdir(), 'reward-bench-'));
    folders.push(folder);
    mkdirSync(join(folder, 'reward_data'));
    for (const [part, rows] of Object.entries({ train, test }))
      writeFileSync(
        join(folder, 'reward_data', `${part}_data.jsonl`),
        rows.map((each) => `${JSON.stringify(each)}\n`).join(''),
      );
    const result = (await benchReward(await readBenchFolder(folder), benchRun(), { splits: SPLITS }))!;
    compare(result, recount(folder));
    expect(result.leak).toMatchObject({
      testWindows: 9,
      testWindowsInTrain: 8,
      testEntries: 11,
      testEntriesInTrain: 10,
    });
    expect(leakInWords(result.leak!, COMPARED)).toEqual([
      expect.stringContaining('8 of 9 (10 of 11 rows)'),
      expect.stringContaining(`where ${COMPARED}, which saw nothing of their traces`),
    ]);
    expect(leakInWords(result.leak!, 'nobody')[1]).toMatch(/without judging anything\.$/);
    const clean = { ...result.leak!, testWindowsInTrain: 0, testEntriesInTrain: 0 };
    expect(leakInWords(clean, COMPARED)).toEqual([expect.stringContaining('0 of 9 (0 of 11 rows)')]);
    expect(new Set(result.rows.map(({ split }) => split))).toEqual(new Set(SPLITS));
    const learnt = result.rows.find(
      (each) => each.name === 'sixteen features' && each.split === 'trace-disjoint',
    )!;
    expect(learnt.auc).toBeGreaterThan(0.9);
    expect(learnt.ci['accuracy']![0]).toBeLessThanOrEqual(learnt.accuracy);
    expect(learnt.ci['accuracy']![1]).toBeGreaterThanOrEqual(learnt.accuracy);
    expect(Object.keys(learnt.byCategory)).toEqual(['MN', 'CR', 'CD', 'FA']);
  });

  it('gives the same for the same seed, from the cache as well, and goes on where it was interrupted', async () => {
    const data = { ...seaside(), digest: 'sea' };
    const options = { splits: SPLITS, judges: ['majority', 'one feature', 'human votes'] };
    const whole = await benchReward(data, benchRun(), options);
    const stop = new AbortController();
    const cache = createMemoryCache();
    const stopping = benchRun({
      signal: stop.signal,
      cache,
      progress: () => ({ update: (done) => done === 3 && stop.abort(), stop() {} }),
    });
    expect(await benchReward(data, stopping, options)).toBeNull();
    expect(cache.counts()).toEqual({ hits: 0, misses: 3 });
    expect(JSON.stringify(await benchReward(data, benchRun({ cache }), options))).toBe(JSON.stringify(whole));
    expect(cache.counts().hits).toBe(3);
  });

  it('asks a judge for each row once, whatever the splits, in the order of its traces', async () => {
    const data = { ...seaside(), digest: 'sea' };
    const asked: string[] = [];
    const judge: AskedJudge = {
      name: 'asked',
      judge: {
        name: 'test',
        async judge(observations, proposal) {
          asked.push(observations[0]!.event);
          if (proposal?.task.startsWith('Open')) throw new AppError('bad-input', '[reward] no verdict');
          const accepted = proposal?.task.startsWith('Summarize') ?? false;
          return {
            judgement: accepted ? 'accepted' : 'rejected',
            probability: accepted ? 0.6 : 0.5,
            by: 'test',
          };
        },
      },
    };
    const result = await benchReward(data, benchRun(), { splits: SPLITS, judges: [], asked: [judge] });
    expect(asked).toHaveLength(data.train.length + data.test.length);
    expect(asked.filter((trace, at) => trace !== asked[at - 1])).toHaveLength(5);
    expect(result!.rows.map(({ name, split, auc }) => [name, split, auc])).toEqual([
      ['asked', 'paper', 2 / 3],
      ['asked', 'trace-disjoint', expect.closeTo(9 / 11, 12)],
    ]);
    expect(result!.rows.map(({ f1Tuned }) => f1Tuned)).toEqual([0.5, expect.closeTo(14 / 18, 12)]);
    expect(result!.notes).toEqual(['asked: 5 replies held no verdict; they count as rejected.']);
    const [paper] = result!.rows;
    expect(paper!.byCategory['CR']).toEqual({ entries: 4, accuracy: 0, accepted: 0 });
    expect(paper!.byCategory['CD']).toEqual({ entries: 2, accuracy: 1, accepted: 1 });
    expect(result!.leak!.traceDisjoint['asked']!.silences).toEqual({ entries: 9, accuracy: 5 / 9 });
  });

  it('leaves out a split that cannot be made, and refuses where none can', async () => {
    const { train } = seaside();
    const alone = { train, test: [], digest: 'sea' };
    const result = await benchReward(alone, benchRun(), { splits: SPLITS, judges: ['majority'] });
    expect(result!.rows.map(({ split }) => split)).toEqual(['trace-disjoint']);
    expect(result!.leak).toBeNull();
    expect(result!.notes).toEqual([expect.stringContaining('test_data.jsonl')]);
    const one = { train: train.slice(0, 3), test: [], digest: 'sea' };
    await expect(benchReward(one, benchRun(), { splits: SPLITS })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });
});

withData('bench reward on the data itself', () => {
  it('equals the independent recount, and the split leaks', async () => {
    const folder = await readBenchFolder(DATA);
    const result = (await benchReward(folder, benchRun(), {
      splits: SPLITS,
      judges: ['majority', 'lookup', 'human votes'],
    }))!;
    compare(result, recount(DATA));
    expect(result.leak!.testWindowsInTrain).toBe(result.leak!.testWindows);
    expect(result.leak!.lookup.silences.accuracy).toBe(1);
  }, 120_000);
});
