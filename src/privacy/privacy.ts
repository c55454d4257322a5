import { homedir, userInfo } from 'node:os';
import type { Guard, GuardCounts } from '../model/guard.ts';
import type { Settings } from '../model/settings.ts';
import { createDecide } from './context.ts';
import { type Exclusions, loadExclusions } from './exclusions.ts';
import type { Person } from './person.ts';
import { redact } from './redact.ts';

/** What a guard is made of. `settings` is asked at every decision, so a change holds from the next event on. */
export interface GuardOptions {
  readonly settings: () => Settings;
  /** The shipped rules when absent. */
  readonly exclusions?: Exclusions;
  /** Whose home folder and login name to hide; the running user when absent. */
  readonly person?: Person;
  /** ISO country for national phone numbers; the system's when absent. */
  readonly region?: string;
}

/** Reasons are our own fixed words, so their number is bounded; this holds even if a caller's are not. */
const maxReasons = 200;

/** The guard every monitor asks. It holds no text: only rules and counts. */
export function createGuard(options: GuardOptions): Guard {
  const decide = createDecide(options.exclusions ?? loadExclusions());
  const person = options.person ?? currentPerson();
  const region = options.region ?? currentRegion();
  const reasons = new Map<string, number>();
  let kept = 0;
  let redacted = 0;
  let dropped = 0;

  function count(reason: string, by = 1): void {
    if (reasons.size < maxReasons || reasons.has(reason))
      reasons.set(reason, (reasons.get(reason) ?? 0) + by);
  }

  return {
    before(context) {
      try {
        const verdict = decide(context, options.settings());
        if (verdict.allow === 'nothing') dropped += 1;
        else kept += 1;
        if (verdict.allow !== 'content') count(`${context.source}: ${verdict.reason}`);
        return verdict;
      } catch {
        // A rule that fails must not open the door: nothing is kept, and the count shows it.
        dropped += 1;
        count(`${context.source}: rules failed`);
        return { allow: 'nothing', reason: 'rules failed' };
      }
    },

    redact(text) {
      try {
        const result = redact(text, { person, region });
        const found = Object.entries(result.found);
        if (found.length > 0) redacted += 1;
        for (const [type, number] of found) count(`redacted: ${type}`, number);
        return result;
      } catch {
        dropped += 1;
        count('redacted: rules failed');
        return { text: '', found: {} };
      }
    },

    counts(): GuardCounts {
      return { kept, redacted, dropped, reasons: Object.fromEntries(reasons) };
    },
  };
}

function currentPerson(): Person {
  try {
    return { home: homedir(), user: userInfo().username };
  } catch {
    // A container may run under a number that has no name.
    return { home: homedir() };
  }
}

function currentRegion(): string | undefined {
  return new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale).region;
}
