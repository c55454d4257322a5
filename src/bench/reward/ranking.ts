import { z } from 'zod';
import { logit } from '../../reward/score.ts';
import { traceBootstrap } from '../bootstrap.ts';
import { createRandom } from '../random.ts';
import type { JudgedOffer } from './offers.ts';

const fraction = z.number().min(0).max(1);

/** One way to choose what is shown at which event. */
export const RankingRow = z.object({
  name: z.string(),
  /** Events there were, and how many of them showed a task. */
  events: z.number().int(),
  shown: z.number().int(),
  /** Share of shown tasks that most people accepted, and the mean share of people who did. */
  accepted: fraction,
  votes: fraction,
  ci: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
export type RankingRow = z.infer<typeof RankingRow>;

/** Share of the events at which something is shown. */
export const SHOWN = 0.2;

interface Way {
  /** Which candidate of an event: the one with the highest; null is any, so that each counts alike. */
  readonly choose: ((offer: JudgedOffer) => number) | null;
  /** At which events: those with the highest, of the candidate chosen. */
  readonly when: (offer: JudgedOffer) => number;
}

const gate = ({ need }: JudgedOffer) => logit(need);
const judge = ({ judgement }: JudgedOffer) => logit(judgement);
const sum = (offer: JudgedOffer) => gate(offer) + judge(offer);

const WAYS: Readonly<Record<string, Way>> = {
  'any event, any candidate': { choose: null, when: () => 0 },
  'gate, any candidate': { choose: null, when: gate },
  'gate, the best candidate': { choose: judge, when: gate },
  'logit(gate) + logit(judge)': { choose: judge, when: sum },
  'judge alone': { choose: judge, when: judge },
  'the score': { choose: ({ score }) => score, when: ({ score }) => logit(score) },
};

/** An event with the candidates that its way allows and the height that it is ranked by. */
interface Ranked {
  readonly trace: string;
  readonly height: number;
  readonly accepted: number;
  readonly votes: number;
}

/**
 * What is accepted where a fifth of the events shows one task, by how task and events are chosen. Every figure of an offer is
 * of models that did not see its trace. Events of equal height come in an order drawn with the seed.
 */
export function rankingRows(offers: readonly JudgedOffer[], seed: number): readonly RankingRow[] {
  const events = [...Map.groupBy(offers, ({ window }) => window).values()];
  const random = createRandom(seed);
  const chance = events.map(() => random());
  return Object.entries(WAYS).map(([name, way]) => {
    // Equal heights go by chance: far less than any difference of two scores.
    const ranked = events.map((own, at) => rankedOf(own, way, 1e-9 * chance[at]!));
    const even = name === 'any event, any candidate';
    const figures = (some: readonly Ranked[]) => {
      const top = even ? some : topOf(some);
      return { accepted: mean(top.map((each) => each.accepted)), votes: mean(top.map((each) => each.votes)) };
    };
    const ci = traceBootstrap(ranked, figures, { seed });
    return {
      name,
      events: events.length,
      shown: topOf(ranked).length,
      ...figures(ranked),
      ci: Object.fromEntries(Object.entries(ci).map(([figure, [low, high]]) => [figure, [low, high]])),
    };
  });
}

function rankedOf(own: readonly JudgedOffer[], { choose, when }: Way, tie: number): Ranked {
  const chosen = choose ? [own.reduce((a, b) => (choose(b) > choose(a) ? b : a))] : own;
  return {
    trace: own[0]!.trace,
    height: when(chosen[0]!) + tie,
    accepted: mean(chosen.map(({ accepted }) => Number(accepted))),
    votes: mean(chosen.map(({ votes }) => mean(votes.map(Number)))),
  };
}

function topOf(ranked: readonly Ranked[]): readonly Ranked[] {
  return ranked.toSorted((a, b) => b.height - a.height).slice(0, Math.round(SHOWN * ranked.length));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((total, each) => total + each, 0) / values.length;
}
