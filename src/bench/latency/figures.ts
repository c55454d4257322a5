import type { Sample } from './calls.ts';
import { lineThrough, type Spread, spreadOf } from './spread.ts';
import type { Turn } from './turns.ts';

/** Pairs that are timed at the end of a session length, naive and ours by turns. */
export const PAIRS = 7;

/** Everything that was run, by turn from 0. */
export interface Measured {
  readonly naive: ReadonlyMap<number, Sample>;
  readonly ours: ReadonlyMap<number, Sample>;
  readonly gated: ReadonlyMap<number, Sample>;
  /** Tokens of each turn's prompt, run or counted; null where they cannot be told. */
  readonly prompts: readonly (number | null)[];
  /** Turns of the sweep, in which every turn was asked and gated beside it. */
  readonly swept: number;
}

/** One side over one session. Totals are null where not every call was run; then `estimatedMs` is a line through those that were. */
export interface LatencyRow {
  readonly turns: number;
  readonly side: 'naive' | 'ours';
  readonly calls: number;
  /** Calls really run; the prompts of the others were counted. */
  readonly executed: number;
  readonly prefillTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalMs: number | null;
  readonly estimatedMs: number | null;
  /** Of the pairs at the session's end. */
  readonly firstTokenMs: Spread | null;
  /** From the question to the end of an offer, of all calls run that ended in one. */
  readonly proposalMs: Spread | null;
}

/** Naive divided by ours, at one session length. */
export interface LatencyRatio {
  readonly turns: number;
  readonly prefillTokens: number | null;
  /** Pair by pair. */
  readonly firstTokenMs: Spread | null;
  readonly callMs: Spread | null;
}

/** Asking at every turn beside asking where the gate opens, both our way, as far as the sweep came. */
export interface GateRow {
  readonly turns: number;
  readonly side: 'always' | 'gated';
  readonly calls: number;
  readonly executed: number;
  readonly prefillTokens: number;
  readonly outputTokens: number;
  readonly totalMs: number;
}

/** All figures of `bench latency`. */
export interface LatencyResult extends Record<string, unknown> {
  readonly rows: readonly LatencyRow[];
  readonly ratios: readonly LatencyRatio[];
  readonly gate: readonly GateRow[];
  /** How often the gate opens, which takes no model to tell. */
  readonly gateOpens: readonly { readonly turns: number; readonly opened: number }[];
  /** Tokens a re-prompt with the whole history since the first turn would prefill, as the paper's agent sends it; counted. */
  readonly wholeHistory: readonly { readonly turns: number; readonly prefillTokens: number | null }[];
  /** Share of the prompts' tokens that the naive calls evaluated: 1 where nothing was reused. */
  readonly naiveEvaluated: number | null;
  readonly swept: number;
}

/** Counts and medians out of what was run. */
export function summarise(
  measured: Measured,
  turns: readonly Turn[],
  lengths: readonly number[],
): LatencyResult {
  const reused = oursPrefill(measured, turns);
  const naive = [...measured.naive.values()];
  const evaluated = naive.reduce((sum, each) => sum + each.prefillTokens, 0);
  const prompted = naive.reduce((sum, each) => sum + each.promptTokens, 0);
  const rows = lengths.flatMap((length) => {
    const end = { length, from: Math.max(0, length - PAIRS) };
    return [
      rowOf('naive', measured.naive, end, measured.prompts, measured),
      rowOf('ours', measured.ours, end, reused, measured),
    ];
  });
  return {
    rows,
    ratios: lengths.map((length) => ratioOf(length, rows, measured)),
    gate: gateRows(measured, turns, lengths),
    gateOpens: lengths.map((length) => ({ turns: length, opened: openedIn(turns, length) })),
    wholeHistory: lengths.map((length) => ({
      turns: length,
      prefillTokens: wholeHistory(measured.prompts, turns, length),
    })),
    naiveEvaluated: prompted === 0 ? null : evaluated / prompted,
    swept: measured.swept,
  };
}

interface End {
  readonly length: number;
  /** First turn of the timed pairs. */
  readonly from: number;
}

function rowOf(
  side: LatencyRow['side'],
  samples: ReadonlyMap<number, Sample>,
  { length, from }: End,
  prefill: readonly (number | null)[],
  measured: Measured,
): LatencyRow {
  const run = [...samples].filter(([turn]) => turn < length).map(([, sample]) => sample);
  const whole = run.length === length;
  const sum = (read: (sample: Sample) => number) => run.reduce((total, each) => total + read(each), 0);
  const pairs = pairsFrom(measured, from, length).map((pair) => pair[side]);
  const line = lineThrough([...samples.values()].map((each) => [each.prefillTokens, each.totalMs]));
  return {
    turns: length,
    side,
    calls: length,
    executed: run.length,
    prefillTokens: whole ? sum((each) => each.prefillTokens) : totalOf(prefill.slice(0, length)),
    outputTokens: whole ? sum((each) => each.outputTokens) : null,
    totalMs: whole ? sum((each) => each.totalMs) : null,
    estimatedMs:
      whole || !line
        ? null
        : totalOf(prefill.slice(0, length).map((tokens) => (tokens === null ? null : line(tokens)))),
    firstTokenMs: spreadOf(pairs.map((each) => each.firstTokenMs)),
    proposalMs: spreadOf(run.filter((each) => each.offered).map((each) => each.totalMs)),
  };
}

function pairsFrom(measured: Measured, from: number, to: number) {
  return Array.from({ length: to - from }, (_, at) => from + at).flatMap((turn) => {
    const naive = measured.naive.get(turn);
    const ours = measured.ours.get(turn);
    return naive && ours ? [{ naive, ours }] : [];
  });
}

function ratioOf(length: number, rows: readonly LatencyRow[], measured: Measured): LatencyRatio {
  const prefill = (side: LatencyRow['side']) =>
    rows.find((row) => row.turns === length && row.side === side)?.prefillTokens ?? null;
  const [naive, ours] = [prefill('naive'), prefill('ours')];
  const pairs = pairsFrom(measured, Math.max(0, length - PAIRS), length);
  return {
    turns: length,
    prefillTokens: naive === null || ours === null || ours === 0 ? null : naive / ours,
    firstTokenMs: spreadOf(
      pairs.map((pair) => pair.naive.firstTokenMs / Math.max(pair.ours.firstTokenMs, 0.01)),
    ),
    callMs: spreadOf(pairs.map((pair) => pair.naive.totalMs / Math.max(pair.ours.totalMs, 0.01))),
  };
}

/**
 * Tokens that our way evaluates at each turn: measured where it was run, else what the prompt grew by and what every call
 * evaluates again behind the list; where the window dropped its older half, all but the prompt's own words.
 */
function oursPrefill({ ours, prompts }: Measured, turns: readonly Turn[]): readonly (number | null)[] {
  const grew = (at: number) => {
    const [before, here] = [prompts[at - 1], prompts[at]];
    return at === 0 || slid(turns, at) || before == null || here == null ? null : here - before;
  };
  const again = spreadOf(
    [...ours].flatMap(([at, sample]) => {
      const growth = grew(at);
      return growth === null ? [] : [sample.prefillTokens - growth];
    }),
  )?.median;
  const own = spreadOf(
    [...ours].flatMap(([at, sample]) =>
      at > 0 && slid(turns, at) ? [sample.promptTokens - sample.prefillTokens] : [],
    ),
  )?.median;
  return prompts.map((prompt, at) => {
    const sample = ours.get(at);
    if (sample) return sample.prefillTokens;
    if (prompt === null) return null;
    const growth = grew(at);
    if (growth !== null && again !== undefined) return Math.max(1, growth + again);
    return Math.max(1, prompt - (own ?? 0));
  });
}

/** Whether the window of a turn begins later than that of the turn before. */
function slid(turns: readonly Turn[], at: number): boolean {
  const before = turns[at - 1]?.always.messages.at(-1)?.content ?? '';
  const here = turns[at]?.always.messages.at(-1)?.content ?? '';
  return before.split('\n')[1] !== here.split('\n')[1];
}

/** A prompt that never drops anything grows by its last line each turn; where the window slid, by the mean of all lines. */
function wholeHistory(
  prompts: readonly (number | null)[],
  turns: readonly Turn[],
  length: number,
): number | null {
  const first = prompts[0];
  if (first == null) return null;
  const growths: (number | null)[] = prompts.slice(1, length).map((here, index) => {
    const before = prompts[index];
    return slid(turns, index + 1) || before == null || here === null ? null : here - before;
  });
  const known = growths.filter((growth) => growth !== null);
  const mean = known.reduce((sum, growth) => sum + growth, 0) / Math.max(1, known.length);
  let prompt = first;
  let total = first;
  for (const growth of growths) {
    prompt += growth ?? mean;
    total += prompt;
  }
  return Math.round(total);
}

/** At each length that the sweep reached, and where it stopped. */
function gateRows(
  measured: Measured,
  turns: readonly Turn[],
  lengths: readonly number[],
): readonly GateRow[] {
  const reached = [...new Set([...lengths.filter((length) => length <= measured.swept), measured.swept])];
  return reached
    .filter((length) => length > 0)
    .flatMap((length) => {
      const sumOf = (side: GateRow['side'], samples: ReadonlyMap<number, Sample>, calls: number): GateRow => {
        const run = [...samples].filter(([turn]) => turn < length).map(([, sample]) => sample);
        const sum = (read: (sample: Sample) => number) => run.reduce((total, each) => total + read(each), 0);
        return {
          turns: length,
          side,
          calls,
          executed: run.length,
          prefillTokens: sum((each) => each.prefillTokens),
          outputTokens: sum((each) => each.outputTokens),
          totalMs: sum((each) => each.totalMs),
        };
      };
      const opened = openedIn(turns, length);
      return [sumOf('always', measured.ours, length), sumOf('gated', measured.gated, opened)];
    });
}

function openedIn(turns: readonly Turn[], length: number): number {
  return turns.slice(0, length).filter((turn) => turn.gated !== null).length;
}

function totalOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}
