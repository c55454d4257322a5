import type { Became, Insights } from '../../src/model/insights.ts';

/** Bars no longer fit beside one another above this many days: then a bar is a week. */
const MOST = 31;

/** One bar: its days, first and last, and its counts. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly counts: Readonly<Partial<Record<Became, number>>>;
}

/** Days as bars; weeks of seven days, the last one ending today, where there are too many. */
export function spansOf(days: Insights['days']): readonly Span[] {
  const size = days.length > MOST ? 7 : 1;
  const spans: Span[] = [];
  for (let end = days.length; end > 0; end -= size) {
    const inside = days.slice(Math.max(0, end - size), end);
    const counts: Partial<Record<Became, number>> = {};
    for (const day of inside) {
      for (const [became, count] of Object.entries(day.counts) as [Became, number][]) {
        counts[became] = (counts[became] ?? 0) + count;
      }
    }
    spans.unshift({ from: inside[0]!.day, to: inside.at(-1)!.day, counts });
  }
  return spans;
}

/** The moment of local noon of a day `YYYY-MM-DD`, epoch ms: to be formatted, whatever the time zone does. */
export function noonOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}
