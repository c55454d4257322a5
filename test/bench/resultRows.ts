import { createRandom } from '../../src/bench/random.ts';
import { countsOf, figuresOf } from '../../src/bench/metrics.ts';
import type { ResultRow } from '../../src/bench/results.ts';

/** Text that would do harm where it is not escaped. */
export const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(2)>"'&|\`*_[a](javascript:alert(3))\n# b\u202Ec`;

/** A results row with made-up facts. */
export function resultRow(change: Partial<ResultRow> = {}): ResultRow {
  return {
    at: '2026-11-24T10:00:00.000Z',
    bench: 'need',
    version: '0.1.0',
    commit: 'abc1234',
    command: 'beforehand bench need --data somewhere --json',
    seed: 1,
    seconds: 12.5,
    model: { alias: 'some-model', digest: 'f'.repeat(64) },
    data: { digest: 'd'.repeat(64), name: 'somewhere' },
    machine: { cores: 2, processor: 'A processor', memoryBytes: 24e9 },
    result: { rows: detectors(1), windows: 216 },
    ...change,
  };
}

/** As many made-up detectors as the published table has, crowded as theirs are. */
export function detectors(seed: number): readonly Record<string, unknown>[] {
  const random = createRandom(seed);
  const made = (name: string, kind: string, rate: number, skill: number, scored: boolean) => {
    const moments = Array.from({ length: 216 }, () => {
      const needed = random() < 0.44;
      return { needed, proposed: random() < Math.min(1, Math.max(0, rate + (needed ? skill : -skill))) };
    });
    const figures = figuresOf(countsOf(moments));
    const around = (value: number): [number, number] => [
      Math.max(0, value - 0.07),
      Math.min(1, value + 0.06),
    ];
    return {
      name,
      kind,
      windows: 216,
      traces: 11,
      ...figures,
      auc: scored ? 0.5 + skill : null,
      ci: { f1: around(figures.f1), precision: around(figures.precision), recall: around(figures.recall) },
      note: `made up for ${name}`,
    };
  };
  return [
    made('always', 'baseline', 1, 0, false),
    made('never', 'baseline', 0, 0, false),
    ...Array.from({ length: 15 }, (_, at) =>
      made(
        `published-model-${at + 1}${at % 3 === 0 ? '-instruct' : ''}`,
        'published',
        0.72 + 0.28 * random(),
        0.03,
        false,
      ),
    ),
    made('gate', 'gate', 0.5, 0.22, true),
    made('gate (leave-traces-out)', 'gate', 0.5, 0.15, true),
    made('gate + some-model', 'model', 0.3, 0.12, true),
  ];
}

/** A made-up result of `bench latency`. */
export function latency(): Record<string, unknown> {
  const spread = (median: number) => ({ median, low: median * 0.9, high: median * 1.2, n: 7 });
  const row = (turns: number, side: string, prefillTokens: number, first: number, executed: number) => ({
    turns,
    side,
    calls: turns,
    executed,
    prefillTokens,
    outputTokens: executed === turns ? 2 * turns : null,
    totalMs: executed === turns ? first * turns : null,
    estimatedMs: executed === turns ? null : first * turns,
    firstTokenMs: spread(first),
    proposalMs: side === 'ours' ? spread(first * 6) : null,
  });
  return {
    rows: [
      row(20, 'naive', 7400, 1700, 20),
      row(20, 'ours', 890, 160, 20),
      row(100, 'naive', 152_000, 9100, 7),
      row(100, 'ours', 3900, 170, 100),
      row(500, 'naive', 1_240_000, 11_000, 0),
      row(500, 'ours', 31_000, 180, 500),
    ],
    ratios: [
      { turns: 20, prefillTokens: 8.3, firstTokenMs: spread(10.6), callMs: spread(9) },
      { turns: 100, prefillTokens: 38.9, firstTokenMs: spread(53), callMs: spread(40) },
      { turns: 500, prefillTokens: 40, firstTokenMs: null, callMs: null },
    ],
    gate: [
      {
        turns: 500,
        side: 'always',
        calls: 500,
        executed: 500,
        prefillTokens: 31_000,
        outputTokens: 9000,
        totalMs: 210_000,
      },
      {
        turns: 500,
        side: 'gated',
        calls: 90,
        executed: 90,
        prefillTokens: 28_000,
        outputTokens: 2000,
        totalMs: 70_000,
      },
    ],
    gateOpens: [{ turns: 500, opened: 90 }],
    settings: { threads: 1, contextTokens: 4096 },
  };
}

/** Rows of every kind: two data digests, an older run, a reward bench, an unknown shape and hostile text everywhere. */
export function everyKind(): readonly ResultRow[] {
  const reward = (split: string, accuracy: number) => ({
    name: 'majority',
    split,
    entries: 91,
    accuracy,
    precision: 0.5,
    recall: 0.9,
    f1: 0.64,
    auc: 0.71,
    byCategory: { MN: 0.5, CR: 0.6, CD: 0.7, FA: 0.4 },
  });
  return [
    resultRow({ at: '2026-11-23T10:00:00.000Z', seconds: 99 }),
    resultRow(),
    resultRow({
      at: '2026-11-24T11:00:00.000Z',
      data: { digest: 'e'.repeat(64), name: 'elsewhere' },
      commit: 'def5678+',
      result: { rows: detectors(2) },
    }),
    resultRow({ bench: 'reward', result: { rows: [reward('paper', 0.98), reward('trace-disjoint', 0.6)] } }),
    resultRow({ bench: 'latency', command: 'beforehand bench latency', data: null, result: latency() }),
    resultRow({
      bench: HOSTILE.slice(0, 60),
      command: HOSTILE,
      commit: HOSTILE.slice(0, 64),
      model: { alias: HOSTILE, digest: HOSTILE },
      data: { digest: HOSTILE, name: HOSTILE },
      result: {
        [HOSTILE]: [{ [HOSTILE]: HOSTILE, nested: { deep: [HOSTILE] } }],
        rows: [
          {
            name: HOSTILE,
            precision: 0.5,
            recall: 0.5,
            f1: 0.5,
            windows: Number.POSITIVE_INFINITY,
            cd: 1,
            fa: 1,
            mn: 1,
            nr: 1,
          },
        ],
        list: [1, 'two', null],
      },
    }),
  ];
}
