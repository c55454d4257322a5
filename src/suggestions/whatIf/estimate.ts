import type { History } from './history.ts';

/** Low, estimate and high of a number of events. */
export type Interval = [number, number, number];

/** Standard deviations of a normal 90 % interval. */
const Z90 = 1.645;

/** Weight of the prior of the score's own error, in answers: without it three kind answers would make a narrow interval. */
const PRIOR = 5;

/** What is expected of one episode: the probability that its offer is accepted, and the variance of that estimate. */
interface Expected {
  readonly accepted: number;
  readonly variance: number;
  /** Nothing but the score speaks for it: nobody was asked about any of its kind. */
  readonly unasked: boolean;
}

/** Expectations of every episode. */
export interface Expectations {
  of(episode: number): Expected;
}

/**
 * What would have come of each episode, by the doubly robust estimator (Dudík, Langford and Li, "Doubly Robust Policy
 * Evaluation and Learning", ICML 2011): the score where nobody was asked, and where somebody was, its error divided by
 * the probability with which they were asked:
 *
 *     v = score + known (label - score) / propensity
 *
 * Its mean is right whatever the score is worth, as long as the propensities are those of the log. An episode's moments
 * are averaged. One that was shown and answered has probability 1: its label alone counts.
 */
export function expectations(history: History): Expectations {
  const sums = Array.from({ length: history.episodes }, () => ({ n: 0, value: 0, variance: 0, asked: 0 }));
  const answers = new Map<number, 0 | 1>();
  let errors = PRIOR;
  let expected = PRIOR;
  for (const { score, label, known } of history.candidates) {
    if (label === undefined || known <= 0 || known >= 1) continue;
    errors += (label - score) ** 2;
    expected += score * (1 - score);
  }
  // How much larger the score's error is than a calibrated one's would be.
  const excess = errors / expected;
  for (const { episode, score, label, known } of history.candidates) {
    if (known >= 1) {
      // The first answer to an episode is the one to the offer that was shown.
      if (label !== undefined && !answers.has(episode)) answers.set(episode, label);
      continue;
    }
    const sum = sums[episode]!;
    sum.n += 1;
    sum.value += score;
    if (known <= 0) {
      sum.variance += score * (1 - score);
      continue;
    }
    sum.asked += 1;
    if (label !== undefined) sum.value += (label - score) / known;
    sum.variance += ((1 - known) / known) * excess * score * (1 - score);
  }
  return {
    of(episode) {
      const answer = answers.get(episode);
      if (answer !== undefined) return { accepted: answer, variance: 0, unasked: false };
      const { n, value, variance, asked } = sums[episode]!;
      if (n === 0) return { accepted: 0, variance: 0, unasked: true };
      return { accepted: value / n, variance: variance / n ** 2, unasked: asked === 0 };
    },
  };
}

/** The sum over some episodes; it is the estimator itself, which may fall below 0 or exceed their number. */
export function total(episodes: Iterable<number>, expected: Expectations): number {
  let sum = 0;
  for (const episode of episodes) sum += expected.of(episode).accepted;
  return sum;
}

/**
 * The same as an interval, kept between 0 and the number of episodes. Where nobody was asked, anything from none to all is
 * possible, and the interval says so. `certain` are added to all three.
 */
export function interval(episodes: readonly number[], expected: Expectations, certain = 0): Interval {
  let [sum, variance, open, unasked] = [0, 0, 0, 0];
  for (const episode of episodes) {
    const each = expected.of(episode);
    sum += each.accepted;
    variance += each.variance;
    if (each.unasked) {
      open += 1;
      unasked += each.accepted;
    }
  }
  const spread = Z90 * Math.sqrt(variance);
  const clip = (value: number) => Math.min(episodes.length, Math.max(0, value));
  const low = Math.min(sum - spread, sum - unasked);
  const high = Math.max(sum + spread, sum - unasked + open);
  return [clip(low) + certain, clip(sum) + certain, clip(high) + certain];
}
