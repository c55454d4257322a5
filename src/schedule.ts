import type { Hours } from './model/settings.ts';

/** Days looked at around a moment: a week's plan, with the stretch that began the evening before. */
const BACK = 2;
const AHEAD = 9;

/** Local hour at which a pause "until tomorrow" ends: late enough for a night owl, early enough for a working day. */
const MORNING = 6;

/** A stretch of time, epoch milliseconds; `to` is the first moment outside. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The stretches of a plan around a moment, as instants. They are worked out day by day by the calendar and not by
 * adding 24 hours, so a day with 23 or 25 hours moves nothing: 09:00 is 09:00 of the wall clock. A time that a day
 * skips counts as the one after the gap, a time that comes twice as its first (ECMAScript, LocalTime).
 */
function stretches(plan: readonly Hours[], at: number): Stretch[] {
  const day = new Date(at);
  const found: Stretch[] = [];
  for (let ahead = -BACK; ahead <= AHEAD; ahead++) {
    const midnight = new Date(day.getFullYear(), day.getMonth(), day.getDate() + ahead);
    for (const { days, from, to } of plan) {
      if (!days.includes(midnight.getDay())) continue;
      // `to` at or before `from` is a time of the day after: 22:00 to 06:00, and 08:00 to 08:00 is a whole day.
      const stretch = { from: instant(midnight, from, 0), to: instant(midnight, to, to <= from ? 1 : 0) };
      if (stretch.to > stretch.from) found.push(stretch);
    }
  }
  return found;
}

function instant(midnight: Date, time: string, later: number): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const [year, month, date] = [midnight.getFullYear(), midnight.getMonth(), midnight.getDate()];
  return new Date(year, month, date + later, hour, minute).getTime();
}

/** Whether a moment (epoch milliseconds) lies in the plan, by the local time of this process. An empty plan has none. */
export function within(plan: readonly Hours[], at: number): boolean {
  return stretches(plan, at).some((each) => at >= each.from && at < each.to);
}

/** The next moment (epoch milliseconds) at which `within` changes; null when it never does. */
export function nextChange(plan: readonly Hours[], at: number): number | null {
  const known = stretches(plan, at);
  const now = known.some((each) => at >= each.from && at < each.to);
  const edges = known.flatMap((each) => [each.from, each.to]).filter((edge) => edge > at);
  const limit = at + (AHEAD - 1) * 86_400_000;
  for (const edge of edges.toSorted((a, b) => a - b)) {
    // Beyond the days that were worked out everything looks empty.
    if (edge > limit) return null;
    if (known.some((each) => edge >= each.from && edge < each.to) !== now) return edge;
  }
  return null;
}

/**
 * Six in the morning of the next day of the calendar (epoch milliseconds). Asked after midnight it is the morning after
 * the coming one: a pause may last longer than was meant, never shorter than was said.
 */
export function tomorrow(at: number): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING).getTime();
}
