const DAY = 86_400_000;

/** Midnight of `Day 1`: synthetic, a Monday, in UTC so that a replay is the same everywhere. Epoch milliseconds. */
export const DAY_ONE = Date.UTC(2024, 0, 1);

/** Milliseconds between two observations where nothing better is known. */
const STEP = 1000;

const PROSE = /^\s*(?:Day\s+(\d{1,4})\s*,?\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])\.?M\.?\s*$/i;

/**
 * Epoch milliseconds of a time as ProactiveBench writes it: Unix seconds (`1717377997.0`, string or number), or prose
 * (`Day 1, 11:00 PM`) counted from `DAY_ONE`; null for anything else.
 */
export function parseTime(time: string | number): number | null {
  const seconds =
    typeof time === 'number' ? time : /^\s*\d{1,11}(?:\.\d+)?\s*$/.test(time) ? Number(time) : NaN;
  if (Number.isFinite(seconds)) return Math.round(seconds * 1000);
  const prose = PROSE.exec(String(time));
  if (!prose) return null;
  const [, day = '1', hour = '', minute = '', second = '0', half = ''] = prose;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return DAY_ONE + (Number(day) - 1) * DAY + ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}

/**
 * Times of a whole trace, which never go back: prose that forgot to turn the day at midnight is turned, what cannot be
 * read or goes back a little follows its predecessor.
 *
 *     Day 1, 11:58 PM   Day 1, 12:03 AM   sometime   ->   23:58   +1 day 00:03   00:03:01
 */
export function timesOf(times: readonly (string | number)[]): readonly number[] {
  const result: number[] = [];
  let turned = 0;
  for (const time of times) {
    const last = result.at(-1);
    const parsed = parseTime(time);
    if (last === undefined) result.push(parsed ?? DAY_ONE);
    else if (parsed === null) result.push(last + STEP);
    else {
      const prose = PROSE.test(String(time));
      if (prose && parsed + turned < last - DAY / 2) turned += DAY;
      result.push(Math.max(parsed + (prose ? turned : 0), last));
    }
  }
  return result;
}
