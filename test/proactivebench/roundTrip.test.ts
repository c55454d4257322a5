import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readCommitted } from '../../src/proactivebench/committed.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import type { RewardRow, TraceStep } from '../../src/proactivebench/rows.ts';
import { createIntern, type Found, rewardRows, traceSteps } from '../../src/proactivebench/stream.ts';
import {
  writeResults,
  writeRewardRows,
  writeScenes,
  writeSeedTasks,
  writeTrace,
} from '../../src/proactivebench/write.ts';
import { readScenes, readSeedTasks, type Scene } from '../../src/proactivebench/yamlFile.ts';
import { CATEGORIES } from '../../src/model/label.ts';
import { DATA, withData } from '../replay/data.ts';

const folder = mkdtempSync(join(tmpdir(), 'round-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'file');

async function values<T>(found: AsyncIterable<Found<T>>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of found) {
    if ('bad' in each) throw new Error(`line ${each.line}: ${each.bad}`);
    list.push(each.value);
  }
  return list;
}

/** Any JSON, and members of any name: the formats grow, and what we do not know is somebody's. */
const members = fc
  .dictionary(fc.string(), fc.jsonValue())
  .filter((each) => !Object.hasOwn(each, '__proto__'));
const observed = fc
  .tuple(
    members,
    fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true })),
    fc.string({ minLength: 1 }),
  )
  .map(([more, time, event]) => ({ ...more, time: Object.is(time, -0) ? 0 : time, event }));
const row = fc
  .record({
    more: members,
    obs: fc.array(observed, { minLength: 1, maxLength: 4 }),
    pred_task: fc.option(fc.string({ unit: 'binary' })),
    valid: fc.boolean(),
    help_needed: fc.boolean(),
    annotation: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    category: fc.constantFrom(...CATEGORIES),
  })
  .map(({ more, ...rest }) => ({ ...more, ...rest }) as RewardRow);
const step = fc
  .record({
    more: members,
    observation: observed,
    agent_response: fc.oneof(
      fc.constant(null),
      fc.string(),
      fc.array(fc.jsonValue(), { maxLength: 3 }),
      fc.record({ candidate_task: fc.oneof(fc.string(), fc.array(fc.jsonValue()), fc.constant(null)) }),
    ),
    task_status: fc.option(fc.boolean()),
    other_infomation: fc.jsonValue(),
  })
  .map(({ more, ...rest }) => ({ ...more, ...rest }) as TraceStep);
const text = fc.string({ unit: 'grapheme' });

/** What JSON makes of a value: -0 is 0 there. */
const asJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('reward data comes back whole, with members nobody knows, also where observations are shared', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
      await writeRewardRows(file, rows);
      expect(await values(rewardRows(file))).toEqual(asJson(rows));
      expect(await values(rewardRows(file, { intern: createIntern() }))).toEqual(asJson(rows));
    }),
    { numRuns: 80 },
  );
});

it('traces come back whole, whatever shape a response has', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 5 }), async (steps) => {
      await writeTrace(file, steps);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(asJson(steps));
      expect(await values(traceSteps(file))).toEqual(asJson(steps));
    }),
    { numRuns: 80 },
  );
});

it('scenes and seed tasks come back whole: quotes, line ends, words that YAML takes for something else', async () => {
  const words = fc.oneof(
    text,
    fc.constantFrom('yes', 'null', '1e3', '- a', 'a: b', '# c', ' d ', 'e\n\nf\n', '&g', '*h', '!!i'),
  );
  const scene = fc
    .record({
      description: words,
      ops: fc.array(fc.oneof(words, fc.record({ name: words })), { maxLength: 3 }),
      goal: words,
      level: fc.integer(),
    })
    .map(({ description, ops, goal, level }): Scene => ({
      environment: { description, agent_ops: ops, level },
      user: { description, goal },
    }));
  await fc.assert(
    fc.asyncProperty(fc.array(scene, { maxLength: 4 }), async (scenes) => {
      await writeScenes(file, scenes);
      expect(await readScenes(file)).toEqual(scenes);
      const tasks = {
        kind: { tasks: scenes.map((each) => each.user.description), sample_events: [], more: 1 },
      };
      await writeSeedTasks(file, tasks);
      expect(await readSeedTasks(file)).toEqual(tasks);
    }),
    { numRuns: 60 },
  );
});

it('committed results come back to the last digit', async () => {
  const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
  const committed = fc.record({
    category: text.filter((word) => word.trim() === word && word !== ''),
    recall: fraction,
    precision: fraction,
    accuracy: fraction,
    falseAlarm: fraction,
    f1: fraction,
    acceptRate: fraction,
    events: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(committed, { maxLength: 4 }), async (rows) => {
      await writeResults(file, rows);
      expect(await readCommitted(file)).toEqual({ results: rows, bad: [] });
    }),
    { numRuns: 60 },
  );
});

it('a writer that fails in the middle leaves the old file and nothing beside it', async () => {
  const place = join(folder, 'whole');
  await writeRewardRows(join(place, 'a.jsonl'), []);
  writeFileSync(join(place, 'a.jsonl'), 'old\n');
  async function* broken(): AsyncGenerator<RewardRow> {
    yield { obs: [{ time: 1, event: 'a' }] } as unknown as RewardRow;
    throw new Error('the source broke');
  }
  await expect(writeRewardRows(join(place, 'a.jsonl'), broken())).rejects.toThrow(/cannot be written/);
  expect(readdirSync(place)).toEqual(['a.jsonl']);
  expect(readFileSync(join(place, 'a.jsonl'), 'utf8')).toBe('old\n');
  await writeRewardRows(join(place, 'b.jsonl'), []);
  expect(statSync(join(place, 'b.jsonl')).mode & 0o777).toBe(0o600);
});

withData('the released data', () => {
  it('comes back whole from every reader and writer', async () => {
    const known = await readBenchFolder(DATA);
    for (const [part, name] of [
      ['train', 'train_data'],
      ['test', 'test_data'],
    ] as const) {
      const source = join(DATA, 'reward_data', `${name}.jsonl`);
      const lines = readFileSync(source, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '');
      expect(known[part]).toEqual(lines.map((line) => JSON.parse(line) as unknown));
      await writeRewardRows(file, known[part]);
      expect(await values(rewardRows(file))).toEqual(known[part]);
    }
    for (const [model, traces] of [['', known.annotated] as const, ...known.models]) {
      for (const trace of traces) {
        const source = join(DATA, model === '' ? 'test_data' : `traces/${model}`, `${trace.name}.json`);
        expect(trace.steps).toEqual(JSON.parse(readFileSync(source, 'utf8')));
        await writeTrace(file, trace.steps);
        expect(await values(traceSteps(file))).toEqual(trace.steps);
      }
    }
    await writeScenes(file, known.scenes);
    expect(await readScenes(file)).toEqual(known.scenes);
    await writeSeedTasks(file, known.seedTasks);
    expect(await readSeedTasks(file)).toEqual(known.seedTasks);
    for (const rows of known.results.values()) {
      await writeResults(file, rows);
      expect((await readCommitted(file)).results).toEqual(rows);
    }
    expect([known.train.length, known.scenes.length, known.results.size]).not.toContain(0);
  });
});
