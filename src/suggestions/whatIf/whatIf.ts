import type { EventLog } from '../../model/log.ts';
import type { Moment } from '../../model/moment.ts';
import type { Clock } from '../../model/ports.ts';
import type { Settings } from '../../model/settings.ts';
import type { WhatIf, WhatIfPoint } from '../../model/whatIf.ts';
import { thresholdOf } from '../policy.ts';
import { expectations, interval, type Expectations } from './estimate.ts';
import { breathe, dayOf, historyOf, type Ended, type History } from './history.ts';
import { replay } from './replay.ts';

/** Days replayed unless told. */
export const DAYS = 30;

/** A press of "I needed help here" is met by an offer shown this long before it, in milliseconds. */
const MET = 5 * 60_000;

/** Answers carry what was seen, so few are read at once: a page must not hold up a window. */
const ANSWERS = 100;
const MOMENTS = 1000;

/** Points of the curve. */
const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/**
 * The user's own last days under other settings of the dial: shown, accepted and missed, with cool-down and cap replayed.
 * Reads in pages and lets others work between the replays; the same log gives the same figures. Rejects as the log does.
 */
export async function whatIf(options: {
  readonly log: Pick<EventLog, 'moments' | 'feedbacks'>;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'eagerness' | 'cooldownSeconds' | 'dailyCap'>;
  readonly eagerness: number;
  readonly days?: number;
}): Promise<WhatIf> {
  const { log, clock, settings, days = DAYS } = options;
  const first = new Date(dayOf(clock.now()));
  const from = first.setDate(first.getDate() - days + 1);
  const moments: Moment[] = [];
  for (let before: number | undefined; ;) {
    const page = await log.moments({ from, limit: MOMENTS, ...(before !== undefined && { before }) });
    moments.push(...page.rows);
    if (page.next === undefined) break;
    before = page.next;
  }
  const ends: Ended[] = [];
  for (let before: number | undefined; ;) {
    const page = await log.feedbacks({ from, limit: ANSWERS, ...(before !== undefined && { before }) });
    for (const { suggestion, label, at, via, needed } of page.rows) {
      // A silence that was right is no need.
      if (label === 'missed-need' && needed === false) continue;
      ends.push({ label, at, via, ...(suggestion !== undefined && { suggestion }) });
    }
    if (page.next === undefined) break;
    before = page.next;
  }
  const history = await historyOf(moments, ends);
  await breathe();
  const expected = expectations(history);
  const limits = { cooldownMs: settings.cooldownSeconds * 1000, dailyCap: settings.dailyCap };
  const point = async (eagerness: number): Promise<WhatIfPoint> => {
    await breathe();
    return pointOf(history, expected, eagerness, limits);
  };
  const asked = await point(options.eagerness);
  const now = await point(settings.eagerness);
  const curve: WhatIfPoint[] = [];
  for (const eagerness of STEPS) curve.push(await point(eagerness));
  const answered = history.candidates.filter(({ label }) => label !== undefined).length;
  return {
    days: history.days,
    moments: history.candidates.length,
    answered,
    asked,
    now,
    curve,
    basis: basisOf(history, answered),
  };
}

/** One setting of the dial. The same chances are drawn for each, so that neighbours differ by the dial alone. */
export function pointOf(
  history: History,
  expected: Expectations,
  eagerness: number,
  limits: { readonly cooldownMs: number; readonly dailyCap: number },
): WhatIfPoint {
  const threshold = thresholdOf(eagerness);
  const { served, drawn, times } = replay(history, { threshold, ...limits }, seeded());
  const missed: number[] = [];
  for (let episode = 0; episode < history.episodes; episode++) {
    if (!served.has(episode)) missed.push(episode);
  }
  const pressed = history.needs.filter((at) => !times.some((shown) => shown <= at && at - shown <= MET));
  return {
    eagerness,
    threshold,
    shown: times.length,
    accepted: interval([...served, ...drawn], expected),
    missed: interval(missed, expected, pressed.length),
  };
}

/** Mulberry32 with a fixed seed: chances that are the same for every dial and every look. */
export function seeded(seed = 1): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function basisOf({ days, candidates, audited, needs }: History, answered: number): string {
  if (candidates.length === 0)
    return 'No moment with an offer is in the log yet, so there is nothing to replay.';
  const rests =
    audited.answered === 0
      ? 'nobody was asked yet about one that was held back, so what lies beyond the present dial is open'
      : `${many(audited.answered, 'answer')} in the digest about ones that were held back, weighted by how rarely they are drawn`;
  const presses = needs.length > 0 ? `, ${many(needs.length, 'missed need')} told` : '';
  return (
    `${many(candidates.length, 'moment')} with an offer on ${many(days, 'day')}, ${many(answered, 'answer')}${presses}; ${rests}. ` +
    'Missed counts offers not shown that would be taken; needs that nobody had an offer for are not in it.'
  );
}

function many(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
}
