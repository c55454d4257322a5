import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GateWeights } from '../../src/agent/gate.ts';
import { readPrompt } from '../../src/agent/prompt.ts';
import { publishedDetector } from '../../src/bench/need/detectors.ts';
import { topCounts } from '../../src/bench/need/figures.ts';
import { matchWindows } from '../../src/bench/need/match.ts';
import { benchNeed, type NeedOptions, type NeedResult } from '../../src/bench/need/need.ts';
import { countsOf } from '../../src/bench/metrics.ts';
import { createFakeLlm } from '../../src/llm/fake.ts';
import { createPaths } from '../../src/paths.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';
import { writeMixedFixture, writeNeedFixture } from './needFixture.ts';
import { DATA, withData } from '../replay/data.ts';
import { benchRun } from './run.ts';

const RECOUNT = fileURLToPath(new URL('recountNeed.mjs', import.meta.url));
const { assets } = createPaths();
const weights = GateWeights.parse(JSON.parse(readFileSync(join(assets, 'gate.json'), 'utf8')));
const prompt = readPrompt(join(assets, 'prompts', 'decide-1.json'));

interface Recount {
  readonly windows: number;
  readonly needed: number;
  readonly models: Readonly<
    Record<string, Record<'windows' | 'tp' | 'fp' | 'fn' | 'tn' | 'precision' | 'recall' | 'f1', number>>
  >;
}

function recount(folder: string): Recount {
  return JSON.parse(execFileSync(process.execPath, [RECOUNT, folder], { encoding: 'utf8' })) as Recount;
}

const runWith = (signal = new AbortController().signal) => benchRun({ signal });

async function measure(
  folder: string,
  more: Partial<NeedOptions> = {},
  run = runWith(),
): Promise<NeedResult | null> {
  const read = await readBenchFolder(folder);
  return benchNeed(run, {
    folder: read,
    weights,
    threshold: 0.5,
    prompt,
    asked: [],
    rounds: 50,
    ...more,
  });
}

/** Every published model's row, by the code and by the recount. */
function bothWays(result: NeedResult, again: Recount) {
  const rows = result.rows.filter((row) => row.kind === 'published');
  expect(rows.map((row) => row.name)).toEqual(Object.keys(again.models).toSorted());
  return rows.flatMap((row) =>
    (['windows', 'precision', 'recall', 'f1'] as const).map((figure) => ({
      what: `${row.name} ${figure}`,
      off: Math.abs(row[figure] - again.models[row.name]![figure]),
    })),
  );
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'need-'));
  writeNeedFixture(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('bench need', () => {
  it('counts what a person counts by hand, and what the recount counts', async () => {
    const result = (await measure(folder))!;
    const counts = Object.fromEntries(
      result.rows.map(({ name, windows, cd, fa, mn, nr }) => [name, [windows, cd, fa, mn, nr]]),
    );
    expect(counts).toMatchObject({
      always: [16, 9, 7, 0, 0],
      never: [16, 0, 0, 9, 7],
      thorough: [16, 4, 3, 5, 4],
      sparse: [10, 3, 3, 3, 1],
    });
    const again = recount(folder);
    expect([again.windows, again.needed]).toEqual([result.windows, result.needed]);
    const differences = bothWays(result, again);
    expect(differences.length).toBeGreaterThan(0);
    for (const { what, off } of differences) expect(off, what).toBeLessThan(1e-9);
  });

  it('says how windows were matched and which were not', async () => {
    const { train, test, models } = await readBenchFolder(folder);
    const windows = windowsOf([...train, ...test]);
    const all = matchWindows(windows, models.get('thorough')!);
    const by = (text: string) =>
      all.matched
        .filter((match) => match.window.obs.at(-1)!.event === text)
        .map((match) => [match.file, match.step, match.by]);
    expect(by('The user saves the seed list.')).toEqual([
      ['day_0', 3, 'time'],
      ['day_0', 5, 'time'],
    ]);
    expect(by('The user prints the page.')).toEqual([['day_3', 4, 'time']]);
    expect(all.unmatched).toEqual([]);

    const few = matchWindows(windows, models.get('sparse')!);
    const missing = few.unmatched.map(({ window, why }) => [window.obs.at(-1)!.event, why]);
    expect(missing).toEqual([
      ['The user opens the kiln log.', 'no step has this text'],
      ['The user closes the window.', 'its step fits another window better'],
      ['The user opens the bus timetable.', 'no step has this text'],
      ['The user types a street name.', 'no step has this text'],
      ['The user waits.', 'no step has this text'],
      ['The user prints the page.', 'no step has this text'],
    ]);
    const { unmatched, common } = (await measure(folder))!;
    expect(unmatched.counts).toEqual({ sparse: 6, thorough: 0 });
    expect(JSON.stringify(unmatched)).not.toContain('The user');
    expect(common!.map((row) => row.windows)).toEqual(common!.map(() => 10));
  });

  it('decides like the recount where sentences, times and traces are mixed up', async () => {
    const mixed = mkdtempSync(join(tmpdir(), 'need-mixed-'));
    writeMixedFixture(mixed, 30);
    try {
      const { train, models } = await readBenchFolder(mixed);
      const windows = windowsOf(train);
      const matchings = [...models].map(([name, traces]) => [name, matchWindows(windows, traces)] as const);
      const reasons = matchings.flatMap(([, { unmatched }]) => unmatched.map(({ why }) => why));
      expect(new Set(reasons).size).toBe(3);
      const ours = matchings.flatMap(([name, matching]) => {
        const { moments } = publishedDetector(name, matching);
        const { cd, fa, mn, nr } = countsOf(moments);
        return moments.length === 0 ? [] : [[name, [cd, fa, mn, nr]]];
      });
      const theirs = Object.entries(recount(mixed).models).map(([name, n]) => [
        name,
        [n.tp, n.fp, n.fn, n.tn],
      ]);
      expect(ours.length).toBeGreaterThan(20);
      expect(ours).toEqual(theirs);
    } finally {
      rmSync(mixed, { recursive: true });
    }
  });

  it('leaves a window alone when two steps fit as well, and tells steps without times apart by their trace', () => {
    const step = (event: string) => ({ observation: { time: 'then', event } });
    const windows = windowsOf(
      ['The user mends a net.', 'The user paints a boat.'].map((event) => ({
        obs: [
          { time: 'now', event },
          { time: 'now', event: 'The user rests.' },
        ],
        pred_task: null,
        valid: true,
        help_needed: false,
        annotation: [true],
        category: 'Correct-Rejection (CR)' as const,
      })),
    );
    const net = { name: 'net', steps: [step('The user mends a net.'), step('The user rests.')] };
    const boat = { name: 'boat', steps: [step('The user paints a boat.'), step('The user rests.')] };
    const told = matchWindows(windows, [boat, net]);
    expect(told.matched.map((match) => [match.file, match.by])).toEqual([
      ['net', 'sentences'],
      ['boat', 'sentences'],
    ]);
    const twice = matchWindows(windows.slice(0, 1), [net, { ...net, name: 'again' }]);
    expect(twice.unmatched.map(({ why }) => why)).toEqual(['several steps fit as well']);
  });

  it('says what the word "None" does to a row', async () => {
    const { none, rows } = (await measure(folder))!;
    expect(none.map(({ name, responses, judged }) => [name, responses, judged])).toEqual([['sparse', 2, 2]]);
    const row = rows.find((each) => each.name === 'sparse')!;
    expect([row.cd, row.fa, none[0]!.otherwise.cd, none[0]!.otherwise.fa]).toEqual([3, 3, 3, 1]);
  });

  it('gives the same bytes for the same seed, intervals around every figure and the gate at each rate', async () => {
    const [one, two] = [await measure(folder), await measure(folder)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
    const row = one!.rows.find((each) => each.name === 'gate (leave-traces-out)')!;
    expect(row.auc).toBeGreaterThan(0.4);
    expect(row.ci['f1']![0]).toBeLessThanOrEqual(row.f1);
    expect(row.ci['f1']![1]).toBeGreaterThanOrEqual(row.f1);
    expect(one!.rows.find((each) => each.name === 'always')!.auc).toBeNull();
    const [sparse] = one!.atRateOf.filter((each) => each.model === 'sparse');
    expect([sparse!.proposals, sparse!.proposalRate]).toEqual([6, 0.6]);
    expect(sparse!.gates.length).toBeGreaterThan(0);
    for (const gate of sparse!.gates) expect(gate.f1 - sparse!.f1).toBeCloseTo(gate.f1Difference, 12);
  });

  it('asks a model once a window, in order, and not again for what is kept', async () => {
    const llm = createFakeLlm({
      replies: ({ messages }) =>
        messages.at(-1)!.content.includes('searches for') ? 'true,"task":"Look' : 'false}',
      scores: ({ messages }) => (messages.at(-1)!.content.includes('searches for') ? [3, 1] : [1, 3]),
    });
    const run = runWith();
    const asked = [{ name: 'small', llm, where: null }];
    const result = (await measure(folder, { asked }, run))!;
    const decided = llm.requests.filter((request) => request.purpose === 'decide');
    expect(decided).toHaveLength(16);
    const seen = decided.map((request) => request.messages.at(-1)!.content.split('\n').length);
    expect(seen.slice(0, 5)).toEqual([3, 4, 5, 6, 7]);
    const row = result.rows.find((each) => each.name === 'small')!;
    // Searched so far: four windows of the first trace, of which three need help, and two of the third.
    expect([row.cd, row.fa]).toEqual([5, 1]);
    expect(row.auc).toBeCloseTo(aucByHand(), 12);
    const both = result.rows.find((each) => each.name === 'gate + small')!;
    const gate = result.rows.find((each) => each.name === 'gate')!;
    expect(both.cd + both.fa).toBeLessThanOrEqual(Math.min(6, gate.cd + gate.fa));
    const before = llm.requests.length;
    await measure(folder, { asked }, run);
    expect(llm.requests).toHaveLength(before);
  });

  it('lets a model that was trained elsewhere write its whole reply, and reads no probability from it', async () => {
    const llm = createFakeLlm({
      replies: ({ messages }) =>
        messages.at(-1)!.content.includes('searches for') ? '{"Task": "Look it up"}' : '{"Task": null}',
    });
    const own = { ...prompt, prefix: '', keys: { Task: 'task' as const } };
    const result = (await measure(folder, { prompt: own, asked: [{ name: 'other', llm, where: null }] }))!;
    const row = result.rows.find((each) => each.name === 'other')!;
    expect([row.cd, row.fa, row.auc]).toEqual([5, 1, null]);
  });

  it('does not take a model that fails for a silent one, and stops when it is told to', async () => {
    const broken = createFakeLlm({ replies: [{ error: 'model-failed' }], scores: [1, 1] });
    await expect(measure(folder, { asked: [{ name: 'broken', llm: broken, where: null }] })).rejects.toThrow(
      /broken failed at window/,
    );
    const llm = createFakeLlm({ replies: ['false}'], scores: [1, 1] });
    const stopped = await measure(
      folder,
      { asked: [{ name: 'small', llm, where: null }] },
      runWith(AbortSignal.abort()),
    );
    expect([stopped, llm.requests.length]).toEqual([null, 0]);

    const stop = new AbortController();
    const slow = createFakeLlm({
      replies: ({ messages }) => {
        if (messages.at(-1)!.content.includes('kiln')) stop.abort();
        return { text: '{"help":false}', ms: 60_000 * Number(stop.signal.aborted) };
      },
    });
    const asked = [{ name: 'slow', llm: slow, where: 'http://127.0.0.1:1/v1' }];
    expect(await measure(folder, { asked }, runWith(stop.signal))).toBeNull();
    expect(slow.requests).toHaveLength(6);
  });

  it('reads whole replies of an endpoint, and counts what cannot be read', async () => {
    const offer = { help: true, task: 'Look it up.', message: 'Shall I?', why: 'a search' };
    const llm = createFakeLlm({
      replies: ({ messages }) => {
        const text = messages.at(-1)!.content;
        if (text.includes('glazes')) return 'I think that help would be nice.';
        return JSON.stringify(text.includes('tide table') ? offer : { help: false });
      },
    });
    const asked = [{ name: 'thorough', llm, where: 'http://127.0.0.1:1/v1' }];
    const result = (await measure(folder, { asked }))!;
    expect(llm.requests.map((request) => request.purpose)).toEqual(Array(16).fill('decide'));
    // A published model has that name already.
    const row = result.rows.find((each) => each.name === 'thorough (asked here)')!;
    expect([row.cd, row.fa, row.auc]).toEqual([2, 1, null]);
    expect(result.asked).toEqual([
      { name: 'thorough (asked here)', digest: llm.info().digest, unread: 2, timedOut: 0 },
    ]);
  });

  it('leaves no trace out where there are too few, and says when there is nothing to measure on', async () => {
    const read = await readBenchFolder(folder);
    const one = read.train.filter((row) => row.obs[0]!.event.includes('seed list'));
    const result = (await measure(folder, { folder: { ...read, train: one, test: [] } }))!;
    expect(result.rows.filter((row) => row.kind === 'gate').map((row) => row.name)).toEqual([
      'gate',
      'gate, default sources',
    ]);
    await expect(measure(folder, { folder: { ...read, train: [], test: [] } })).rejects.toThrow(
      /holds no reward_data/,
    );
  });

  it('counts tied windows by their chance of a place', () => {
    const moments = [
      { score: 0.9, needed: true },
      { score: 0.5, needed: true },
      { score: 0.5, needed: false },
      { score: 0.5, needed: false },
      { score: 0.1, needed: true },
    ];
    expect(topCounts(moments, 2)).toEqual({
      cd: 1 + 1 / 3,
      fa: 2 - (1 + 1 / 3),
      mn: 3 - (1 + 1 / 3),
      nr: 2 - (2 - (1 + 1 / 3)),
    });
    expect(topCounts(moments, 0)).toEqual({ cd: 0, fa: 0, mn: 3, nr: 2 });
  });
});

/** Five needed and one other window score high, four needed and six others low: all pairs by hand. */
function aucByHand(): number {
  const wins = 5 * 6 + 0.5 * (5 * 1 + 4 * 6);
  return wins / (9 * 7);
}

withData('bench need on ProactiveBench', () => {
  it("has every published model's figures as the recount has them", { timeout: 120_000 }, async () => {
    const result = (await measure(DATA, { rounds: 1 }))!;
    const again = recount(DATA);
    expect([result.windows, result.needed]).toEqual([again.windows, again.needed]);
    const differences = bothWays(result, again);
    expect(differences.length).toBeGreaterThan(0);
    for (const { what, off } of differences) expect(off, what).toBeLessThan(1e-9);
  });
});
