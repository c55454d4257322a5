import { z } from 'zod';
import type { Block, Scatter } from './blocks.ts';

const Point = z.looseObject({
  threshold: z.number(),
  skipped: z.number(),
  recall: z.number(),
  f1: z.number(),
  behind: z.array(z.object({ name: z.string(), f1: z.number(), loss: z.number() })),
});
const SkipsShape = z.looseObject({
  curves: z
    .array(z.looseObject({ gate: z.string(), heldOut: z.boolean(), points: z.array(Point).min(1) }))
    .min(1),
  days: z.array(
    z.looseObject({
      name: z.string(),
      hours: z.number(),
      turns: z.number(),
      asked: z.number(),
      skipped: z.number(),
      skippedAtRecall: z.number().nullable(),
    }),
  ),
});
type SkipsShape = z.infer<typeof SkipsShape>;

/** Plots and tables of `bench skips`, and the members that these leave over; null for another shape. */
export function skipsBlocks(
  result: Readonly<Record<string, unknown>>,
): { readonly blocks: readonly Block[]; readonly rest: Readonly<Record<string, unknown>> } | null {
  const parsed = SkipsShape.safeParse(result);
  if (!parsed.success) return null;
  const { curves: _curves, days: _days, ...rest } = result;
  return { blocks: [...daysBlocks(parsed.data), ...parsed.data.curves.flatMap(curveBlocks)], rest };
}

function daysBlocks({ days }: SkipsShape): readonly Block[] {
  if (days.length === 0) return [];
  return [
    {
      kind: 'pairs',
      caption:
        'Skips: model calls on recorded days, at every turn and behind the gate; nothing idle is counted',
      scale: 'count',
      panels: days.map(({ name, turns, asked, skipped }) => ({
        name,
        note: `${(100 * skipped).toFixed(1)} % skipped`,
        items: [
          { name: 'naive', value: turns, ours: false, measured: true },
          { name: 'ours', value: asked, ours: true, measured: true },
        ],
      })),
    },
    {
      kind: 'table',
      caption: 'Skips: recorded days',
      columns: [
        { name: 'Day', kind: 'text' },
        { name: 'Hours', kind: 'number' },
        { name: 'Naive calls', kind: 'count' },
        { name: 'Asked', kind: 'count' },
        { name: 'Skipped', kind: 'share' },
        { name: 'Skipped at 95 % gate recall', kind: 'share' },
      ],
      rows: days.map((day) => [
        day.name,
        Math.round(day.hours * 10) / 10,
        day.turns,
        day.asked,
        day.skipped,
        day.skippedAtRecall,
      ]),
    },
  ];
}

function curveBlocks({ gate, heldOut, points }: SkipsShape['curves'][number]): readonly Block[] {
  const name = `${gate}${heldOut ? '' : ' (not held out)'}`;
  const scatter = (what: string, value: (point: z.infer<typeof Point>) => number): Scatter => ({
    kind: 'scatter',
    caption: `Skips, ${name}: ${what} by the share of calls skipped; each mark is a threshold`,
    x: 'Share of calls skipped',
    y: what,
    contours: false,
    points: points.map((point) => ({
      name: point.threshold.toFixed(2),
      x: point.skipped,
      y: value(point),
      origin: 'ours',
    })),
  });
  const models = points[0]?.behind.map((each) => each.name) ?? [];
  return [
    scatter('Gate recall', (point) => point.recall),
    scatter('F1', (point) => point.f1),
    {
      kind: 'folded',
      title: `${name}: the sweep, with what each model loses behind the gate`,
      blocks: [
        {
          kind: 'table',
          caption: `Skips, ${name}: F1 alone less F1 behind the gate, by model`,
          columns: [
            { name: 'Threshold', kind: 'text' },
            { name: 'Skipped', kind: 'share' },
            { name: 'Gate recall', kind: 'share' },
            { name: 'F1', kind: 'share' },
            ...models.map((model) => ({ name: model, kind: 'share' as const })),
          ],
          rows: points.map((point) => [
            point.threshold.toFixed(2),
            point.skipped,
            point.recall,
            point.f1,
            ...point.behind.map((each) => each.loss),
          ]),
        },
      ],
    },
  ];
}
