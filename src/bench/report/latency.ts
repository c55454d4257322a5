import { z } from 'zod';
import type { Block, Cell, Column, Pairs } from './blocks.ts';

const Spread = z.object({ median: z.number(), low: z.number(), high: z.number(), n: z.number() });

const LatencyResult = z.looseObject({
  rows: z
    .array(
      z.looseObject({
        turns: z.number(),
        side: z.enum(['naive', 'ours']),
        calls: z.number(),
        executed: z.number(),
        prefillTokens: z.number().nullable(),
        outputTokens: z.number().nullable(),
        totalMs: z.number().nullable(),
        estimatedMs: z.number().nullable(),
        firstTokenMs: Spread.nullable(),
        proposalMs: Spread.nullable(),
      }),
    )
    .min(1),
  ratios: z.array(
    z.looseObject({
      turns: z.number(),
      prefillTokens: z.number().nullable(),
      firstTokenMs: Spread.nullable(),
      callMs: Spread.nullable(),
    }),
  ),
  gate: z.array(
    z.looseObject({
      turns: z.number(),
      side: z.enum(['always', 'gated']),
      calls: z.number(),
      executed: z.number(),
      prefillTokens: z.number(),
      outputTokens: z.number().nullable(),
      totalMs: z.number().nullable(),
    }),
  ),
  gateOpens: z.array(z.object({ turns: z.number(), opened: z.number() })).default([]),
});
type LatencyResult = z.infer<typeof LatencyResult>;

/** Plots and tables of `bench latency`, and the members that these leave over; null for another shape. */
export function latencyBlocks(
  result: Readonly<Record<string, unknown>>,
): { readonly blocks: readonly Block[]; readonly rest: Readonly<Record<string, unknown>> } | null {
  const parsed = LatencyResult.safeParse(result);
  if (!parsed.success) return null;
  const { rows: _rows, ratios: _ratios, gate: _gate, gateOpens: _opens, ...rest } = result;
  const latency = parsed.data;
  return {
    blocks: [
      tokens(latency),
      firstToken(latency),
      table(latency),
      gatePlot(latency),
      gateTable(latency),
    ].filter((block) => block !== null),
    rest,
  };
}

function panelsBy<T extends { readonly turns: number }>(
  rows: readonly T[],
  panel: (turns: number, mine: readonly T[]) => Pairs['panels'][number] | null,
): Pairs['panels'] {
  return [...Map.groupBy(rows, (row) => row.turns)]
    .map(([turns, mine]) => panel(turns, mine))
    .filter((each) => each !== null);
}

function tokens({ rows, ratios }: LatencyResult): Block {
  return {
    kind: 'pairs',
    caption: 'Latency: tokens evaluated over a whole session, asking the model at every turn',
    scale: 'count',
    panels: panelsBy(rows, (turns, mine) => {
      const ratio = ratios.find((each) => each.turns === turns)?.prefillTokens;
      return {
        name: `${turns} turns`,
        note: ratio == null ? '' : `naive ÷ ours = ${ratio.toFixed(1)}`,
        items: mine.flatMap((row) =>
          row.prefillTokens === null
            ? []
            : [
                {
                  name: row.side,
                  value: row.prefillTokens,
                  ours: row.side === 'ours',
                  measured: row.executed === row.calls,
                },
              ],
        ),
      };
    }),
  };
}

function firstToken({ rows, ratios }: LatencyResult): Block | null {
  const panels = panelsBy(rows, (turns, mine) => {
    const ratio = ratios.find((each) => each.turns === turns)?.firstTokenMs;
    const items = mine.flatMap((row) =>
      row.firstTokenMs === null
        ? []
        : [
            {
              name: row.side,
              value: row.firstTokenMs.median,
              low: row.firstTokenMs.low,
              high: row.firstTokenMs.high,
              ours: row.side === 'ours',
              measured: true,
            },
          ],
    );
    const note = ratio
      ? `naive ÷ ours = ${ratio.median.toFixed(1)} (${ratio.low.toFixed(1)} to ${ratio.high.toFixed(1)}, ${ratio.n} pairs)`
      : '';
    return items.length === 0 ? null : { name: `At turn ${turns}`, note, items };
  });
  if (panels.length === 0) return null;
  return {
    kind: 'pairs',
    caption: 'Latency: time to the first token of the decision; median with quartiles, turns taken in pairs',
    scale: 'milliseconds',
    panels,
  };
}

/** What both tables tell of a session and a side. */
const COST: readonly Column[] = [
  { name: 'Session', kind: 'text' },
  { name: 'Side', kind: 'text' },
  { name: 'Calls', kind: 'count' },
  { name: 'Of these run', kind: 'count' },
  { name: 'Prefill tokens', kind: 'count' },
  { name: 'Output tokens', kind: 'count' },
  { name: 'Model time', kind: 'milliseconds' },
];

function costOf(row: (LatencyResult['gate'] | LatencyResult['rows'])[number]): readonly Cell[] {
  return [
    `${row.turns} turns`,
    row.side,
    row.calls,
    row.executed,
    row.prefillTokens,
    row.outputTokens,
    row.totalMs,
  ];
}

function table({ rows }: LatencyResult): Block {
  return {
    kind: 'table',
    caption:
      'Latency: naive full re-prompt beside ours; totals over the session, times at its end as median [quartiles]',
    columns: [
      ...COST,
      { name: 'Estimated, not run', kind: 'milliseconds' },
      { name: 'First token', kind: 'milliseconds' },
      { name: 'Proposal', kind: 'milliseconds' },
    ],
    rows: rows.map((row) => [
      ...costOf(row),
      row.estimatedMs,
      ranged(row.firstTokenMs),
      ranged(row.proposalMs),
    ]),
  };
}

function ranged(spread: z.infer<typeof Spread> | null): Cell {
  return spread && { value: spread.median, low: spread.low, high: spread.high };
}

function gatePlot({ gateOpens }: LatencyResult): Block | null {
  if (gateOpens.length === 0) return null;
  return {
    kind: 'pairs',
    caption: 'Latency: calls of the model over a session, at every turn and behind the gate',
    scale: 'count',
    panels: gateOpens.map(({ turns, opened }) => ({
      name: `${turns} turns`,
      note: opened === 0 ? 'the gate never opens' : `always ÷ gated = ${(turns / opened).toFixed(1)}`,
      items: [
        { name: 'always', value: turns, ours: false, measured: true },
        { name: 'gated', value: opened, ours: true, measured: true },
      ],
    })),
  };
}

function gateTable({ gate }: LatencyResult): Block | null {
  if (gate.length === 0) return null;
  return {
    kind: 'table',
    caption: 'Latency: always calling beside gated, both with our prefix reuse',
    columns: COST,
    rows: gate.map(costOf),
  };
}
