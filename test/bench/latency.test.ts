import { expect, it } from 'vitest';
import { benchLatency } from '../../src/bench/latency/latency.ts';
import { sessionOfDay, sessionOfTraces } from '../../src/bench/latency/session.ts';
import { lineThrough, spreadOf } from '../../src/bench/latency/spread.ts';
import { turnsOf, type Turn } from '../../src/bench/latency/turns.ts';
import { latencyBlocks } from '../../src/bench/report/latency.ts';
import type { BenchRun } from '../../src/bench/run.ts';
import type { Event } from '../../src/model/event.ts';
import type { CompletionRequest, Llm } from '../../src/model/llm.ts';
import { newId } from '../../src/model/id.ts';
import { benchRun, createMemoryCache } from './run.ts';

const prompt = { version: 'p', system: 'Say whether help is wanted.', opening: 'So far:', closing: 'Help?' };
const gate = { version: 'g', need: () => ({ probability: 0.5, reasons: [] }) };

function day(count: number): Event[] {
  return Array.from({ length: count }, (_, at) => ({
    id: newId(at * 60_000),
    at: at * 60_000,
    duration: 0,
    monitor: 'replay',
    kind: 'described' as const,
    data: { sentence: `The user opens chapter ${at} of the book about bridges.` },
  }));
}

/**
 * A model that counts words as tokens, keeps one prompt a session and its common beginning with the next, as the engine
 * does, for two sessions; a token evaluated costs a millisecond.
 */
function wordModel(asked: CompletionRequest[], onCall: () => void = () => {}): Llm {
  const held = new Map<string, string[]>();
  return {
    info: () => ({ alias: 'words', digest: 'd', state: 'ready', shows: true, context: 4096, leaves: false }),
    complete: async (request, signal) => {
      onCall();
      asked.push(request);
      const words = request.messages.flatMap((each) => each.content.split(/\s+/));
      const before = held.get(request.session) ?? [];
      let common = 0;
      while (common < words.length - 1 && words[common] === before[common]) common += 1;
      const run = request.timeoutMs >= 1 && !signal.aborted;
      if (run) {
        held.delete(request.session);
        held.set(request.session, words);
        if (held.size > 2) throw new Error('a third session would drive another out');
      }
      const prefillTokens = run ? words.length - common : 0;
      return {
        text: words.length % 2 === 0 ? 'true,"task":"x"}' : 'false}',
        receipt: {
          id: newId(0),
          at: 0,
          purpose: request.purpose,
          model: 'words@d',
          promptVersion: 'p',
          promptTokens: words.length,
          prefillTokens,
          outputTokens: run ? 2 : 0,
          firstTokenMs: prefillTokens,
          totalMs: prefillTokens + 10,
          memoryBytes: 0,
          stop: signal.aborted ? 'abort' : run ? 'end' : 'timeout',
        },
      };
    },
    score: async () => {
      throw new Error('not asked');
    },
    close: async () => {},
  };
}

const bench = (change: Partial<BenchRun> = {}) => benchRun({ seed: 1, ...change });

const options = { prompt, gate, threshold: 0.4, context: 4096 };
const made = (count: number, change: Partial<typeof options> = {}) =>
  turnsOf(sessionOfDay(day(200), 1), count, { ...options, ...change });

it('a session is the recorded day again and again, seeded, with times that go on', async () => {
  const session = sessionOfDay(day(50), 3);
  expect(session.round(0).map((each) => each.data)).toEqual(
    sessionOfDay(day(50), 3)
      .round(0)
      .map((each) => each.data),
  );
  expect(session.round(0).length).toBeLessThan(50);
  expect(session.round(1)[0]!.at).toBeGreaterThan(session.round(0).at(-1)!.at);
  const turns = await turnsOf(session, 120, options);
  expect(turns).toHaveLength(120);
  expect(turns[0]!.always.messages[1]!.content.split('\n')).toHaveLength(3);
  const traces = [
    {
      name: 'a',
      steps: [{ observation: { time: '5', event: 'One.' } }, { observation: { time: '9', event: 'Two.' } }],
    },
    { name: 'b', steps: [{ observation: { time: '1', event: 'Three.' } }] },
  ];
  const times = sessionOfTraces(traces, 1)
    .round(0)
    .map((each) => each.at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(() => sessionOfTraces([], 1)).toThrow(/holds no test_data/);
});

it('asks what the product asks: behind the gate nothing where it stays shut', async () => {
  expect((await made(5)).every((turn) => turn.gated !== null)).toBe(true);
  expect((await made(5, { threshold: 0.6 })).every((turn) => turn.gated === null)).toBe(true);
});

it('counts naive as the whole prompt each time and ours as what is new', async () => {
  const asked: CompletionRequest[] = [];
  const turns = await made(30);
  const result = await benchLatency(bench(), {
    llm: wordModel(asked),
    turns,
    lengths: [10, 30],
    budget: 1000,
    facts: 1,
  });
  const words = turns.map((turn) => turn.always.messages.flatMap((each) => each.content.split(/\s+/)).length);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [naive10, ours10, naive30, ours30] = result!.rows;
  expect([naive10?.prefillTokens, naive10?.executed, naive10?.totalMs]).toEqual([
    sum(words.slice(0, 10)),
    10,
    sum(words.slice(0, 10)) + 100,
  ]);
  // Each turn adds one line of eleven words and the closing word is evaluated again.
  expect(ours10?.prefillTokens).toBe(words[0]! + 9 * 12);
  expect(ours30?.executed).toBe(30);
  expect([naive30?.executed, naive30?.totalMs, naive30?.prefillTokens]).toEqual([17, null, sum(words)]);
  expect(naive30?.estimatedMs).toBeCloseTo(sum(words) + 300, 3);
  expect(result!.ratios[1]?.firstTokenMs).toMatchObject({ n: 7, median: words[26]! / 12 });
  expect(result!.naiveEvaluated).toBe(1);
  expect(result!.gateOpens).toEqual([
    { turns: 10, opened: 10 },
    { turns: 30, opened: 30 },
  ]);
  expect(result!.gate).toHaveLength(4);
  expect(result!.gate[3]).toMatchObject({ side: 'gated', calls: 30, prefillTokens: ours30?.prefillTokens });
  expect(new Set(asked.map((request) => request.session))).toEqual(new Set(['ours', 'beside']));
  expect(latencyBlocks(result!)?.blocks).toHaveLength(5);
});

it('what the budget leaves over is counted and not run', async () => {
  let clock = 0;
  const turns = await made(40);
  const llm = wordModel([], () => (clock += 1000));
  const whole = await benchLatency(bench(), {
    llm: wordModel([]),
    turns,
    lengths: [5, 40],
    budget: 1e6,
    facts: 1,
  });
  const part = await benchLatency(bench(), {
    llm,
    turns,
    lengths: [5, 40],
    budget: 40,
    facts: 1,
    now: () => clock,
  });
  const ours = part!.rows[3];
  expect(ours?.executed).toBeLessThan(40);
  expect([ours?.totalMs, ours?.outputTokens]).toEqual([null, null]);
  // The count of what was not run is that of the run.
  expect(ours?.prefillTokens).toBe(whole!.rows[3]?.prefillTokens);
  expect(part!.rows[2]?.prefillTokens).toBe(whole!.rows[2]?.prefillTokens);
  expect(part!.swept).toBeLessThan(40);
  expect(part!.gate.at(-1)?.turns).toBe(part!.swept);
});

it('interrupted and given again, it asks nothing twice and ends with the same figures', async () => {
  const turns = await made(12);
  const settings = { turns, lengths: [12], budget: 1000, facts: 1 };
  const whole = await benchLatency(bench(), { ...settings, llm: wordModel([]) });
  const cache = createMemoryCache();
  const stop = new AbortController();
  let calls = 0;
  const first = wordModel([], () => {
    calls += 1;
    if (calls === 20) stop.abort();
  });
  expect(await benchLatency(bench({ cache, signal: stop.signal }), { ...settings, llm: first })).toBeNull();
  const { misses } = cache.counts();
  const asked: CompletionRequest[] = [];
  expect(await benchLatency(bench({ cache }), { ...settings, llm: wordModel(asked) })).toEqual(whole);
  expect(cache.counts().misses).toBeGreaterThan(misses);
  expect(cache.counts().hits).toBeGreaterThanOrEqual(misses);
  const again: CompletionRequest[] = [];
  expect(await benchLatency(bench({ cache }), { ...settings, llm: wordModel(again) })).toEqual(whole);
  expect(again).toEqual([]);
});

it('where the model process dies of the same Ctrl-C, that is an interruption and no failure', async () => {
  const turns: readonly Turn[] = await made(3);
  const stop = new AbortController();
  const llm: Llm = {
    ...wordModel([]),
    complete: async () => {
      stop.abort();
      throw new Error('the model process was ended by SIGINT');
    },
  };
  const settings = { llm, turns, lengths: [3], budget: 10, facts: 1 };
  expect(await benchLatency(bench({ signal: stop.signal }), settings)).toBeNull();
  await expect(
    benchLatency(bench(), {
      ...settings,
      llm: { ...llm, complete: () => Promise.reject(new Error('broken')) },
    }),
  ).rejects.toThrow('broken');
});

it('spreads are medians with quartiles, and a line goes through its points', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1.75, high: 3.25, n: 4 });
  expect(spreadOf([])).toBeNull();
  expect(
    lineThrough([
      [1, 3],
      [2, 5],
      [3, 7],
    ])?.(10),
  ).toBeCloseTo(21, 9);
  expect(lineThrough([[1, 3]])).toBeNull();
  expect(
    lineThrough([
      [1, 3],
      [1, 4],
    ]),
  ).toBeNull();
});
