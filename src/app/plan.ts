import type { Clock } from '../model/ports.ts';
import type { Hours } from '../model/settings.ts';
import { nextChange, within } from '../schedule.ts';

/** Asked before each event, so the answer is kept as long as it holds; the plan is looked at again this often, in milliseconds. */
const KEPT_MS = 60_000;

/** A plan of the week and the clock: whether it holds now, and until when. */
export interface Plan {
  inside(): boolean;
  /** When `inside` changes next, epoch milliseconds; null when it never does. */
  until(): number | null;
}

/** Follows the settings and the clock: a plan that was changed or a clock that was set counts at the next question. */
export function createPlan(hours: () => readonly Hours[], clock: Clock): Plan {
  let known: {
    readonly hours: readonly Hours[];
    readonly from: number;
    readonly to: number;
    readonly inside: boolean;
    readonly until: number | null;
  } | null = null;

  const look = () => {
    const now = clock.now();
    const plan = hours();
    // The settings are a new object at each change.
    if (known?.hours !== plan || now < known.from || now >= known.to) {
      const until = plan.length === 0 ? null : nextChange(plan, now);
      const to = Math.min(until ?? Infinity, now + KEPT_MS);
      known = { hours: plan, from: now, to, inside: plan.length > 0 && within(plan, now), until };
    }
    return known;
  };
  return { inside: () => look().inside, until: () => look().until };
}
