import { homedir, userInfo } from 'node:os';
import type { Guard, GuardCounts, Source, SourceCounts } from '../model/guard.ts';
import type { Settings } from '../model/settings.ts';
import { createDecide } from './context.ts';
import { createEpisode } from './episode.ts';
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
  /** Milliseconds since 1970, for the episodes in which placeholders keep their numbers; the system's when absent. */
  readonly now?: () => number;
}

/** Reasons are our own fixed words, so their number is bounded; this holds even if a caller's are not. */
const maxReasons = 200;

/** The guard every monitor asks. It holds no text: only rules, counts, and keyed digests of what has a number. */
export function createGuard(options: GuardOptions): Guard {
  const decide = createDecide(options.exclusions ?? loadExclusions());
  const person = options.person ?? currentPerson();
  const region = options.region ?? currentRegion();
  const episode = createEpisode({ now: options.now ?? Date.now });
  const all = createTally();
  const bySource = new Map<Source, Tally>();

  /** Counts for everything and for one source. */
  function tally(source: Source, count: (tally: Tally) => void): void {
    const own = bySource.get(source) ?? createTally();
    bySource.set(source, own);
    count(all);
    count(own);
  }

  return {
    before(context) {
      try {
        episode.touch();
        const verdict = decide(context, options.settings());
        tally(context.source, (each) => {
          if (verdict.allow === 'nothing') each.dropped += 1;
          else each.kept += 1;
          if (verdict.allow !== 'content') add(each, `${context.source}: ${verdict.reason}`);
        });
        return verdict;
      } catch {
        // A rule that fails must not open the door: nothing is kept, and the count shows it.
        tally(context.source, (each) => {
          each.dropped += 1;
          add(each, `${context.source}: rules failed`);
        });
        return { allow: 'nothing', reason: 'rules failed' };
      }
    },

    again(context) {
      try {
        return decide(context, options.settings());
      } catch {
        return { allow: 'nothing', reason: 'rules failed' };
      }
    },

    lost(source, reason) {
      tally(source, (each) => {
        each.dropped += 1;
        add(each, `${source}: ${reason}`);
      });
    },

    redact(text, source) {
      try {
        episode.touch();
        const result = redact(text, { person, region, episode });
        const found = Object.entries(result.found);
        if (found.length > 0) {
          tally(source, (each) => {
            each.redacted += 1;
            for (const [type, number] of found) add(each, `redacted: ${type}`, number);
          });
        }
        return result;
      } catch {
        tally(source, (each) => {
          each.dropped += 1;
          add(each, 'redacted: rules failed');
        });
        return { text: '', found: {} };
      }
    },

    counts(): GuardCounts {
      const sources = Object.fromEntries([...bySource].map(([source, own]) => [source, numbers(own)]));
      return { ...numbers(all), sources };
    },
  };
}

interface Tally {
  kept: number;
  redacted: number;
  dropped: number;
  readonly reasons: Map<string, number>;
}

function createTally(): Tally {
  return { kept: 0, redacted: 0, dropped: 0, reasons: new Map() };
}

function add({ reasons }: Tally, reason: string, by = 1): void {
  if (reasons.size < maxReasons || reasons.has(reason)) reasons.set(reason, (reasons.get(reason) ?? 0) + by);
}

function numbers({ reasons, ...rest }: Tally): SourceCounts {
  return { ...rest, reasons: Object.fromEntries(reasons) };
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
