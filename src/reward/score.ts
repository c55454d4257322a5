import { z } from 'zod';
import type { Offered, Score, Taste } from '../model/agent.ts';
import { sigmoid } from '../model/sigmoid.ts';

/**
 * Weights of the score, in log-odds: P(accepted) = sigmoid(bias + need * logit(P(need)) + judgement * logit(P(accept)) + the
 * prior of the kind of proposer). `judgementMean` stands in where nobody judged.
 */
export const ScoreWeights = z.object({
  bias: z.number(),
  need: z.number(),
  judgement: z.number(),
  judgementMean: z.number(),
  /** A name that ends in `:` holds for every kind that begins with it and has none of its own; an unknown kind adds 0. */
  kinds: z.array(
    z.object({
      kind: z.string().min(1).max(64),
      bias: z.number(),
      /** Where the number comes from, with its counts. */
      source: z.string().max(300),
    }),
  ),
});
export type ScoreWeights = z.infer<typeof ScoreWeights>;

/** Beyond this, in log-odds, a probability is not believed. */
const SUREST = 6;

/** The score in log-odds as shipped: without anybody's taste. What a taste is learnt on top of. */
export function createScoreLogit(weights: ScoreWeights): (offered: Offered) => number {
  const exact = new Map(weights.kinds.map(({ kind, bias }) => [kind, bias]));
  const ofKind = (kind: string): number =>
    exact.get(kind) ?? exact.get(kind.slice(0, kind.indexOf(':') + 1)) ?? 0;
  return ({ need, judgement, proposal }) =>
    weights.bias +
    weights.need * logit(need.probability) +
    weights.judgement * (judgement ? logit(judgement.probability) : weights.judgementMean) +
    ofKind(proposal.proposer);
}

/** P(this offer is accepted now): the shipped score and what the taste of the moment adds. */
export function createScore(weights: ScoreWeights, taste: () => Taste): Score {
  const shipped = createScoreLogit(weights);
  return (offered) => sigmoid(shipped(offered) + taste().bias(offered.proposal.proposer, offered.app));
}

/** Log-odds of a probability, within what is believed. */
export function logit(probability: number): number {
  return Math.max(-SUREST, Math.min(SUREST, Math.log(probability / (1 - probability))));
}
