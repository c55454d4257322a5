import type { Quarter } from '../model/log.ts';

/**
 * Quarters of an hour, newest first, as the local hours they lie in: epoch milliseconds of the start, and the number. The
 * window runs on this machine, so its hours are the same.
 */
export function hoursOf(quarters: readonly Quarter[]): [number, number][] {
  const hours: [number, number][] = [];
  for (const [at, many] of quarters) {
    const start = new Date(at).setMinutes(0, 0, 0);
    const last = hours.at(-1);
    if (last && last[0] === start) last[1] += many;
    else hours.push([start, many]);
  }
  return hours;
}
