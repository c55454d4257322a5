/** Median and quartiles of `n` values. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Median and quartiles, linear between neighbours (Hyndman and Fan 1996, type 7); null without values. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)]!;
    return below + (place % 1) * (sorted[Math.ceil(place)]! - below);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75), n: sorted.length };
}

/** Least-squares line through points; null with fewer than two different x. Returns y at x. */
export function lineThrough(
  points: readonly (readonly [x: number, y: number])[],
): ((x: number) => number) | null {
  const n = points.length;
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / n;
  const [mx, my] = [mean(0), mean(1)];
  const square = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  if (n < 2 || square === 0) return null;
  const slope = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / square;
  return (x) => Math.max(0, my + slope * (x - mx));
}
