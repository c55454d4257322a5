import type { FeedbackLabel, FeedbackVia } from '../../model/feedback.ts';
import type { Moment } from '../../model/moment.ts';

/** One answer or end of a suggestion, or a missed need, as far as a replay needs it. */
export interface Ended {
  readonly suggestion?: string;
  readonly label: FeedbackLabel;
  readonly at: number;
  readonly via: FeedbackVia;
}

/** The same task within this many milliseconds is one need, asked about once. */
export const EPISODE = 30 * 60_000;

/** One moment with a candidate. */
export interface Candidate {
  readonly at: number;
  readonly score: number;
  /** Number of its episode: the same task again and again is offered once. */
  readonly episode: number;
  /** What is known of it: it would be accepted (1) or not (0), because somebody said so. */
  readonly label?: 0 | 1;
  /** Probability that its label would be known, 0 to 1. */
  readonly known: number;
  /** It was offered, and came onto the screen or did not. */
  readonly offered: 'shown' | 'unseen' | 'no';
}

/** A moment that the rules stopped before it had a score. */
export interface Stopped {
  readonly at: number;
  readonly stopped: true;
}

/** The days as a replay walks them, oldest first. */
export interface History {
  readonly steps: readonly (Candidate | Stopped)[];
  readonly candidates: readonly Candidate[];
  readonly episodes: number;
  /** Times of "I needed help here". */
  readonly needs: readonly number[];
  /** The first candidate of each episode, and how often a turn begins one. */
  readonly firsts: readonly Candidate[];
  readonly share: number;
  /** Share of the offers that came onto the screen. */
  readonly delivered: number;
  readonly days: number;
  /** Audited candidates that somebody answered for, of all that were drawn. */
  readonly audited: { readonly drawn: number; readonly answered: number };
}

/** Whether an answer says that the offer would be taken; undefined where it says nothing. */
function labelOf(ends: readonly Ended[]): 0 | 1 | undefined {
  const labels = ends.map((each) => each.label);
  if (labels.some((label) => label === 'accepted' || label === 'edited')) return 1;
  // Nobody took it: a reject and a time-out on screen are both no accept.
  return labels.some((label) => label === 'rejected' || label === 'ignored') ? 0 : undefined;
}

function isCandidate({ outcome, score }: Moment): boolean {
  return score !== undefined && (outcome === 'judge' || outcome === 'proposal');
}

/** Rows between two breaths. */
const STRETCH = 2000;

/** Lets others work: a month of moments must not hold up a window. */
export const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Puts decisions and answers together. `moments` in any order; answers of other days do no harm. */
export async function historyOf(moments: readonly Moment[], ends: readonly Ended[]): Promise<History> {
  const endsOf = endsById(ends);
  // Newest first as the log gives them: turned round they are sorted but for a clock that was set.
  const sorted = moments.toReversed().sort((a, b) => a.at - b.at);
  await breathe();
  const draws = sorted.filter((each) => each.audit && isCandidate(each) && each.outcome === 'judge');
  const answered = draws.filter((each) => labelOf(endsOf(each)) !== undefined).length;
  // Who skips a question of the digest does so whatever the answer: the draw is as much rarer.
  const asks = draws.length > 0 ? answered / draws.length : 0;
  const screen = screenOf(sorted, endsOf);
  const episodeOf = numberEpisodes();
  const steps: (Candidate | Stopped)[] = [];
  const candidates: Candidate[] = [];
  const firsts: Candidate[] = [];
  const days = new Set<number>();
  const day = rememberingDay();
  let looked = 0;
  for (const [row, each] of sorted.entries()) {
    if (row % STRETCH === 0) await breathe();
    const { at, score, outcome } = each;
    days.add(day(at));
    if (outcome === 'rule') steps.push({ at, stopped: true });
    else looked += 1;
    if (!isCandidate(each)) continue;
    const label = labelOf(endsOf(each));
    const counts = label !== undefined && (outcome === 'proposal' || each.audit === true);
    const candidate: Candidate = {
      at,
      score: score!,
      episode: episodeOf(each),
      known: outcome === 'judge' ? (each.propensity ?? 0) * asks : label === undefined ? 0 : 1,
      offered: outcome === 'judge' ? 'no' : screen.hidden(each) ? 'unseen' : 'shown',
      ...(counts && { label }),
    };
    steps.push(candidate);
    candidates.push(candidate);
    firsts[candidate.episode] ??= candidate;
  }
  return {
    steps,
    candidates,
    episodes: firsts.length,
    needs: ends.filter((each) => each.label === 'missed-need').map((each) => each.at),
    firsts,
    share: shareOf(candidates, firsts, looked),
    delivered: screen.delivered,
    days: days.size,
    audited: { drawn: draws.length, answered },
  };
}

type EndsOf = (moment: Moment) => readonly Ended[];

function endsById(ends: readonly Ended[]): EndsOf {
  const byId = new Map<string, Ended[]>();
  for (const end of ends) {
    if (end.suggestion === undefined) continue;
    const known = byId.get(end.suggestion);
    if (known) known.push(end);
    else byId.set(end.suggestion, [end]);
  }
  return ({ suggestion }) => (suggestion && byId.get(suggestion)) || [];
}

/** Which offers came onto the screen, and what share of them. In shadow mode none does, and the digest stands for it. */
function screenOf(sorted: readonly Moment[], endsOf: EndsOf) {
  const unseen = (each: Moment) => endsOf(each).every(({ label }) => label === 'expired');
  const offers = sorted.filter((each) => each.outcome === 'proposal' && endsOf(each).length > 0);
  const live = new Set(offers.filter((each) => !unseen(each)).map((each) => dayOf(each.at)));
  const onLiveDays = offers.filter((each) => live.has(dayOf(each.at)));
  const seen = onLiveDays.filter((each) => !unseen(each)).length;
  return {
    hidden: (each: Moment) => endsOf(each).length > 0 && unseen(each) && live.has(dayOf(each.at)),
    delivered: onLiveDays.length > 0 ? seen / onLiveDays.length : 1,
  };
}

/** Numbers episodes: the same task, numbers aside, within half an hour of the last time. */
function numberEpisodes(): (moment: Moment) => number {
  const bared = new Map<string, string>();
  const open = new Map<string, { readonly episode: number; at: number }>();
  let episodes = 0;
  return ({ id, at, task = id }) => {
    const words = bared.get(task) ?? task.replace(/\d+/g, '').toLowerCase();
    bared.set(task, words);
    const last = open.get(words);
    if (last && at - last.at < EPISODE) {
      last.at = at;
      return last.episode;
    }
    open.set(words, { episode: episodes, at });
    return episodes++;
  };
}

/**
 * How often a turn begins an episode. The cool-down cuts short what was offered, so that such an episode counts with as
 * many turns as the others take.
 */
function shareOf(candidates: readonly Candidate[], firsts: readonly Candidate[], looked: number): number {
  const offered = new Set(candidates.filter((each) => each.offered !== 'no').map(({ episode }) => episode));
  const others = candidates.filter(({ episode }) => !offered.has(episode)).length;
  const long = others / Math.max(1, firsts.length - offered.size);
  const turns = looked + offered.size * Math.max(0, long - 1);
  return turns > 0 ? firsts.length / turns : 0;
}

/** The local calendar day, as a number. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** `dayOf` for times that mostly come in order: a calendar is slow to ask. */
function rememberingDay(): (at: number) => number {
  let from = Number.NaN;
  let to = Number.NaN;
  return (at) => {
    if (!(at >= from && at < to)) {
      from = dayOf(at);
      to = new Date(from).setDate(new Date(from).getDate() + 1);
    }
    return from;
  };
}
