import type { Llm } from '../../model/llm.ts';
import type { BenchRun } from '../run.ts';
import { type Calls, createCalls, type Sample } from './calls.ts';
import { type LatencyResult, PAIRS, summarise } from './figures.ts';
import type { Turn } from './turns.ts';

/** Share of the budget that the pairs may take, so that a slow machine still shows the gate. */
const PAIRED = 0.65;

/** What is measured, and how long it may take. */
export interface LatencyOptions {
  readonly llm: Llm;
  readonly turns: readonly Turn[];
  /** Lengths of sessions, ascending, the last at most as long as `turns`. */
  readonly lengths: readonly number[];
  /** Seconds of new calls; what is beyond it is counted in tokens and not run. */
  readonly budget: number;
  /** What times depend on beside the prompt: model, threads, context, machine. */
  readonly facts: unknown;
  readonly now?: () => number;
}

/** One call of the plan. */
interface Item {
  readonly turn: number;
  readonly way: 'naive' | 'ours' | 'gated';
}

/**
 * Times a model over one session. First the pairs: all turns of the shortest length and the last seven of each other one,
 * naive and ours in changing order, each after the same warm session. Then the sweep, every turn asked and, where the gate
 * opens, the gated side beside it. What the budget leaves over is counted in tokens. Null when interrupted.
 */
export async function benchLatency(run: BenchRun, options: LatencyOptions): Promise<LatencyResult | null> {
  const { turns, lengths } = options;
  const now = options.now ?? (() => performance.now());
  const began = now();
  let deadline = began + options.budget * 1000 * PAIRED;
  const calls = createCalls(run, options.llm, options.facts);
  const kept = {
    naive: new Map<number, Sample>(),
    ours: new Map<number, Sample>(),
    gated: new Map<number, Sample>(),
  };

  const work = async (title: string, items: readonly Item[]): Promise<number | null> => {
    const bar = run.progress(title, (n) => `${n} calls`);
    try {
      for (const [at, item] of items.entries()) {
        if (now() > deadline) return at;
        const sample = await call(calls, turns, item);
        if (!sample) return null;
        kept[item.way].set(item.turn, sample);
        bar.update(at + 1, items.length);
      }
      return items.length;
    } finally {
      bar.stop();
    }
  };

  for (const [index, length] of lengths.entries()) {
    const from = index === 0 ? 0 : Math.max(0, length - PAIRS);
    if ((await work(`Naive beside ours, up to turn ${length}`, pairsOf(from, length))) === null) return null;
  }
  deadline = began + options.budget * 1000;
  const longest = lengths.at(-1) ?? 0;
  const sweep = sweepOf(turns.slice(0, longest));
  const done = await work('Always beside gated', sweep);
  if (done === null) return null;
  const swept = done === sweep.length ? longest : (sweep[done]?.turn ?? 0);

  const prompts = await promptsOf(run, calls, turns.slice(0, longest), kept.ours);
  if (!prompts) return null;
  return summarise({ ...kept, prompts, swept }, turns.slice(0, longest), lengths);
}

/** Naive and ours at each turn; who goes first changes from turn to turn, so that neither has the warmer machine. */
function pairsOf(from: number, to: number): readonly Item[] {
  return Array.from({ length: to - from }, (_, at) => from + at).flatMap((turn): Item[] =>
    turn % 2 === 0
      ? [
          { turn, way: 'ours' },
          { turn, way: 'naive' },
        ]
      : [
          { turn, way: 'naive' },
          { turn, way: 'ours' },
        ],
  );
}

function sweepOf(turns: readonly Turn[]): readonly Item[] {
  return turns.flatMap((each, turn): Item[] => [
    { turn, way: 'ours' },
    ...(each.gated ? [{ turn, way: 'gated' as const }] : []),
  ]);
}

function call(calls: Calls, turns: readonly Turn[], { turn, way }: Item): Promise<Sample | null> {
  const { always, gated } = turns[turn]!;
  if (way === 'naive') return calls.afresh(always);
  if (way === 'ours') return calls.reusing('ours', always, turns[turn - 1]?.always ?? null);
  const before = turns.slice(0, turn).findLast((each) => each.gated !== null)?.gated ?? null;
  return calls.reusing('beside', gated!, before);
}

async function promptsOf(
  run: BenchRun,
  calls: Calls,
  turns: readonly Turn[],
  ours: ReadonlyMap<number, Sample>,
): Promise<readonly (number | null)[] | null> {
  const bar = run.progress('Counting tokens', (n) => `${n} prompts`);
  const prompts: (number | null)[] = [];
  for (const [at, turn] of turns.entries()) {
    if (run.signal.aborted) return null;
    prompts.push(ours.get(at)?.promptTokens ?? (await calls.count(turn.always)));
    bar.update(at + 1, turns.length);
  }
  bar.stop();
  return prompts;
}
