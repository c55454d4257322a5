/** One local calendar day: its name `YYYY-MM-DD`, its first moment and its last (epoch milliseconds, inclusive). */
export interface LocalDay {
  readonly day: string;
  readonly from: number;
  readonly to: number;
}

/** The last `count` local days, oldest first; the last is the day of `now` (epoch milliseconds). */
export function lastDays(now: number, count: number): LocalDay[] {
  const today = new Date(now);
  const midnight = (back: number) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - back).getTime();
  return Array.from({ length: count }, (_, at) => {
    const back = count - 1 - at;
    const from = midnight(back);
    return { day: dayName(from), from, to: midnight(back - 1) - 1 };
  });
}

/** The local calendar day of a moment, `YYYY-MM-DD`. */
export function dayName(at: number): string {
  const day = new Date(at);
  return [padded(day.getFullYear(), 4), padded(day.getMonth() + 1, 2), padded(day.getDate(), 2)].join('-');
}

const padded = (n: number, digits: number) => String(n).padStart(digits, '0');
