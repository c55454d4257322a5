import { createRandom } from './random.ts';

/** Low and high end of an interval. */
export type Interval = readonly [low: number, high: number];

/**
 * Percentile bootstrap over whole traces (Efron and Tibshirani 1993, chapter 13): traces are drawn with replacement, all
 * moments of a drawn trace come with it, since the moments of one day are not independent. `statistics` maps moments to
 * named figures; null ones are left out. Same seed, same intervals. `level` is 0.95.
 */
export function traceBootstrap<T extends { readonly trace: string }>(
  moments: readonly T[],
  statistics: (moments: readonly T[]) => Readonly<Record<string, number | null>>,
  options: { readonly seed: number; readonly rounds?: number; readonly level?: number },
): Readonly<Record<string, Interval>> {
  const { seed, rounds = 2000, level = 0.95 } = options;
  const random = createRandom(seed);
  const traces = [...Map.groupBy(moments, (moment) => moment.trace).values()];
  const drawn = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    const sample = traces.flatMap(() => traces[Math.floor(random() * traces.length)]!);
    for (const [name, value] of Object.entries(statistics(sample))) {
      if (value === null) continue;
      const values = drawn.get(name) ?? [];
      values.push(value);
      drawn.set(name, values);
    }
  }
  const intervals: Record<string, Interval> = {};
  for (const [name, values] of drawn) {
    values.sort((a, b) => a - b);
    const at = (share: number) => values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
    intervals[name] = [at((1 - level) / 2), at((1 + level) / 2)];
  }
  return intervals;
}
