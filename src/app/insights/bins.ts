import type { Bin, InsightRow } from '../../model/insights.ts';
import { BINS } from './rows.ts';

/** Standard deviations of a normal 95 % interval. */
const Z95 = 1.96;

/**
 * The Wilson score interval of a share at 95 % (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
 * Inference", JASA 1927): honest for few counts, and never outside 0 to 1. `hits` of `count`, which is above 0.
 */
export function wilson(hits: number, count: number): { readonly low: number; readonly high: number } {
  const share = hits / count;
  const weight = Z95 ** 2 / count;
  const middle = (share + weight / 2) / (1 + weight);
  const half = (Z95 / (1 + weight)) * Math.sqrt((share * (1 - share)) / count + weight / (4 * count));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Answered suggestions by the score they were given; bins without any are left out. */
export function binsOf(rows: readonly InsightRow[]): Bin[] {
  return Array.from({ length: BINS }, (_, at): Bin | null => {
    const inside = rows.filter(({ bin }) => bin === at);
    if (inside.length === 0) return null;
    const hits = inside.filter(({ state }) => state === 'accepted').length;
    return {
      from: at / BINS,
      to: (at + 1) / BINS,
      count: inside.length,
      said: inside.reduce((sum, { score = 0 }) => sum + score, 0) / inside.length,
      share: hits / inside.length,
      ...wilson(hits, inside.length),
    };
  }).filter((bin) => bin !== null);
}
