import { Bar, BarChart, CartesianGrid, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { dateOf } from '../ui/format.ts';
import { noonOf } from './days.ts';
import { AXIS, useFills, type Look } from './marks.tsx';

/** A local day `YYYY-MM-DD` as an axis and a tip name it. */
export const named = (day: string): string => dateOf(noonOf(day));

/** One layer of every bar. */
export interface Layer<T> {
  readonly name: string;
  readonly look: Look;
  readonly of: (row: T) => number;
}

/** Bars over days, layer on layer, told apart by their fill; `active` marks one, `left` is the room of the axis in pixels. */
export function Stacked<T extends { readonly day: string }>({
  rows,
  layers,
  active,
  left,
  tick,
}: {
  readonly rows: readonly T[];
  readonly layers: readonly Layer<T>[];
  readonly active: number | null;
  readonly left: number;
  readonly tick?: (value: number) => string;
}) {
  const { defs, of } = useFills();
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={[...rows]}
        margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barCategoryGap="22%"
        maxBarSize={36}
      >
        {defs}
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="day" {...AXIS} tickFormatter={named} minTickGap={28} height={22} />
        <YAxis {...AXIS} width={left} allowDecimals={false} {...(tick && { tickFormatter: tick })} />
        {active !== null && (
          <ReferenceLine x={rows[active]!.day} stroke="var(--edge)" strokeDasharray="2 3" />
        )}
        {layers.map((each) => (
          <Bar
            key={each.name}
            dataKey={each.of}
            name={each.name}
            stackId="all"
            isAnimationActive={false}
            {...of(each.look)}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
