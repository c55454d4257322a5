import { dayOf, type Candidate, type History } from './history.ts';

/** Dial and limits that a replay obeys. */
export interface Rules {
  readonly threshold: number;
  readonly cooldownMs: number;
  readonly dailyCap: number;
}

/** What a replay showed. */
export interface Replayed {
  /** Episodes of which something was shown. */
  readonly served: ReadonlySet<number>;
  /** Episodes that stand for what was shown at moments without a score. */
  readonly drawn: readonly number[];
  /** When each was shown, oldest first. */
  readonly times: readonly number[];
}

/**
 * Walks the days again under other rules:
 *
 *     a candidate from the threshold up -> not within the cool-down of the last one shown, below the day's cap,
 *     not the same task again           -> it came onto the screen then, or would have as often as the others did -> shown
 *
 * A turn that the cool-down stopped then may go on under a stricter dial; it has no score, so one is drawn from the
 * episodes of these days, as often as one began. `random` gives numbers from 0 to 1; the same numbers, the same replay.
 */
export function replay(history: History, rules: Rules, random: () => number): Replayed {
  const { threshold, cooldownMs, dailyCap } = rules;
  const { firsts, share, delivered } = history;
  const served = new Set<number>();
  const drawn: number[] = [];
  const times: number[] = [];
  let last = -Infinity;
  let day = Number.NaN;
  let until = -Infinity;
  let today = 0;

  for (const step of history.steps) {
    // Drawn for each step whether or not it is needed, so that two dials meet the same chances.
    const [chance, which] = [random(), random()];
    if (step.at >= until || step.at < day) {
      day = dayOf(step.at);
      until = new Date(day).setDate(new Date(day).getDate() + 1);
      today = 0;
    }
    if (step.at - last < cooldownMs || today >= dailyCap) continue;
    const found = 'episode' in step ? step : chance < share ? anyOf(firsts, which) : undefined;
    if (!found || found.score < threshold) continue;
    if ('episode' in step) {
      const hidden = step.offered === 'unseen' || (step.offered === 'no' && chance >= delivered);
      if (hidden || served.has(step.episode)) continue;
      served.add(step.episode);
    } else drawn.push(found.episode);
    times.push(step.at);
    last = step.at;
    today += 1;
  }
  return { served, drawn, times };
}

function anyOf(candidates: readonly Candidate[], which: number): Candidate | undefined {
  return candidates[Math.floor(which * candidates.length)];
}
