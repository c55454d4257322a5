import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../src/bench/cache.ts';
import { benchReward, COMPARED, type RewardResult } from '../../src/bench/reward.ts';
import type { AskedJudge } from '../../src/bench/reward/asked.ts';
import { rewardFigures } from '../../src/bench/reward/figures.ts';
import { HUMANS, pairsAgreeing } from '../../src/bench/reward/humans.ts';
import { leakInWords } from '../../src/bench/reward/leak.ts';
import { bestThreshold } from '../../src/bench/reward/linear.ts';
import { lookup, majority } from '../../src/bench/reward/lookup.ts';
import { entriesOf, SPLITS, traceDisjointSplit } from '../../src/bench/reward/splits.ts';
import type { BenchRun } from '../../src/bench/run.ts';
import { AppError } from '../../src/errors.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { RewardRow } from '../../src/proactivebench/rows.ts';

const RECOUNT = fileURLToPath(new URL('recountReward.mjs', import.meta.url));
const DATA =
  process.env['BEFOREHAND_BENCH_DATA'] ??
  fileURLToPath(new URL('../../../shared/data/proactivebench', import.meta.url));

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const benchRun = (signal = new AbortController().signal, cache = createMemoryCache()): BenchRun => ({
  seed: 7,
  signal,
  cache,
  progress: () => ({ update() {}, stop() {} }),
});

const CATEGORY = {
  MN: 'Missed-Need (MN)',
  CR: 'Correct-Rejection (CR)',
  CD: 'Correct-Detection (CD)',
  FA: 'False-Alarm (FA)',
} as const;

/** A row whose label follows from its votes and its window's need, as the data's rules have it. */
function row(
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
function seaside(): { train: RewardRow[]; test: RewardRow[] } {
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
    const stopping: BenchRun = {
      ...benchRun(stop.signal, cache),
      progress: () => ({ update: (done) => done === 3 && stop.abort(), stop() {} }),
    };
    expect(await benchReward(data, stopping, options)).toBeNull();
    expect(cache.counts()).toEqual({ hits: 0, misses: 3 });
    expect(JSON.stringify(await benchReward(data, benchRun(undefined, cache), options))).toBe(
      JSON.stringify(whole),
    );
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

describe('judges of the reward bench', () => {
  const window = ['The user reads the tide table.'];
  const train = [
    row(window, 'Summarize the tide table', true, [true, true, true]),
    row(window, 'Print the tide table', true, [false, false, true]),
    row(window, 'Print the wind chart', true, [false, false, false]),
    row(['The user closes the window.'], 'Open the window again', false, [false, false, false]),
  ];
  const judged = (...test: readonly RewardRow[]) => {
    const parts = entriesOf(train, test);
    return { name: 'paper', ...parts };
  };

  it('looks up the label of the nearest task of the same window, and need for silence', () => {
    const said = lookup(
      judged(
        row(window, 'summarize, the TIDE table!', true, [true, true, true]),
        row(window, 'Print the big chart', true, [false, false, false]),
        row(window, null, true, [false, false, false]),
        row(['The user closes the window.'], null, false, [true, true, true]),
        // As near to a task that was right as to one that was not, then nothing in common with any, then a new window.
        row(window, 'the tide table', true, [true, true, true]),
        row(['Elsewhere.'], null, false, [true, true, true]),
      ),
    );
    expect(said).toEqual([
      { accepted: true, probability: 1 },
      { accepted: false, probability: 0 },
      { accepted: false, probability: 0 },
      { accepted: true, probability: 1 },
      { accepted: false, probability: 0.5 },
      { accepted: false, probability: 0.5 },
    ]);
  });

  it('says the commoner label, rejected for an even split', () => {
    const test = row(window, null, true, [true]);
    expect(majority(judged(test))).toEqual([{ accepted: false, probability: null }]);
    const yes = row(window, 'Fold a boat', true, [true, true]);
    const even = entriesOf([yes, train[1]!], [test]);
    expect(majority({ name: 'even', ...even })[0]!.accepted).toBe(false);
    expect(majority({ name: 'two', ...entriesOf([yes, yes, train[1]!], [test]) })[0]!.accepted).toBe(true);
  });

  it('leaves every trace out once and whole', () => {
    const { train, test } = seaside();
    const entries = entriesOf(train, test);
    const split = traceDisjointSplit([...entries.train, ...entries.test])!;
    expect(split.folds).toHaveLength(5);
    for (const { train, test } of split.folds) {
      const held = new Set(test.map(({ trace }) => trace));
      expect(held.size).toBe(1);
      expect(train.some(({ trace }) => held.has(trace))).toBe(false);
      expect(train.length + test.length).toBe(split.entries.length);
    }
    expect(split.folds.flatMap(({ test }) => test.map(({ at }) => at)).sort((a, b) => a - b)).toEqual(
      split.entries.map(({ at }) => at),
    );
  });

  it('chooses the lowest threshold of the best F1', () => {
    expect(bestThreshold([0.9, 0.4, 0.4, 0.1], [true, true, false, false])).toBe(0.4);
    expect(bestThreshold([0.2, 0.8], [false, true])).toBe(0.8);
  });

  it('measures votes against the majority, the label and the others', () => {
    const { train: entries } = entriesOf(
      [row(window, 'Fold a boat', true, [true, true, false]), row(window, null, false, [true, false])],
      [],
    );
    const shares = Object.entries(HUMANS).map(([name, votes]) => {
      const judged = votes(entries);
      return [name, judged.length, judged.filter(({ proposed, needed }) => proposed === needed).length];
    });
    expect(shares).toEqual([
      ['human votes', 5, 3],
      ['human votes against the label', 5, 3],
      // Two of the first row's votes face an even split; the second row's face each other.
      ['one human against the others', 3, 0],
    ]);
    expect(pairsAgreeing(entries.map(({ row }) => row))).toBe(1 / 4);
    expect(pairsAgreeing([])).toBeNull();
  });

  it('counts accuracy and accepted by category, and F1 of the lenient threshold', () => {
    const judged = [
      { trace: 'a', proposed: true, needed: true, category: CATEGORY.CD, score: 0.9, lenient: true },
      { trace: 'a', proposed: false, needed: true, category: CATEGORY.CD, score: 0.4, lenient: true },
      { trace: 'b', proposed: false, needed: false, category: CATEGORY.FA, score: 0.2, lenient: true },
    ] as const;
    const figures = rewardFigures('x', 'paper', judged, 1);
    expect(figures.byCategory['CD']).toEqual({ entries: 2, accuracy: 0.5, accepted: 0.5 });
    expect(figures.byCategory['MN']!.entries).toBe(0);
    expect(figures.f1).toBeCloseTo(2 / 3, 12);
    expect(figures.f1Tuned).toBeCloseTo(4 / 5, 12);
    expect(figures.auc).toBe(1);
    expect(Object.keys(figures.ci)).toContain('accuracy FA');
  });
});

if (existsSync(join(DATA, 'reward_data'))) {
  describe('bench reward on the data itself', () => {
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
}
