import { sigmoid } from '../../model/sigmoid.ts';
import type { ScoreWeights } from '../../reward/score.ts';
import { logit } from '../../reward/score.ts';
import { fitSparseLogistic } from '../../reward/sparseLogistic.ts';
import type { Needs } from './needs.ts';
import type { NestedVerdicts } from './linear.ts';
import type { Entry, Fold } from './splits.ts';

/** One proposal with what people and models said of it, each model without having seen its trace. */
export interface JudgedOffer {
  readonly trace: string;
  readonly window: string;
  /** Sentences in its window: the order within a trace. */
  readonly order: number;
  readonly accepted: boolean;
  /** One vote each of the people of its trace; a place is always the same person. */
  readonly votes: readonly boolean[];
  /** P(need), P(accept) by the judge, and the score, which is P(one person accepts). */
  readonly need: number;
  readonly judgement: number;
  readonly score: number;
}

/** What a fold gives: its offers, and those of its training part by what its own other traces taught. */
export interface OfferFold {
  readonly trace: string;
  readonly train: readonly JudgedOffer[];
  readonly test: readonly JudgedOffer[];
  readonly weights: Pick<ScoreWeights, 'bias' | 'need' | 'judgement' | 'judgementMean'>;
}

/**
 * One trace left out at a time. `nested` is what the judge of folds says of it. The score's weights are learnt from the training part.
 */
export function offerFold({ test, train }: Fold, nested: NestedVerdicts, needs: Needs): OfferFold {
  const { trace } = test[0]!;
  const without = needs.without(trace);
  const learnt = train.map((entry, at) => raw(entry, nested.held[at]!, without));
  const told = test.map((entry, at) => raw(entry, nested.test[at]!.probability!, needs.held));
  const proposals = learnt.filter((_, at) => train[at]!.row.pred_task !== null);
  const weights = fitScore(proposals);
  return {
    trace,
    weights,
    train: proposals.map((offer) => ({ ...offer, score: scored(weights, offer) })),
    test: told
      .filter((_, at) => test[at]!.row.pred_task !== null)
      .map((offer) => ({ ...offer, score: scored(weights, offer) })),
  };
}

function raw(entry: Entry, judgement: number, need: ReadonlyMap<string, number>): JudgedOffer {
  return {
    trace: entry.trace,
    window: entry.window,
    order: entry.row.obs.length,
    accepted: entry.row.valid,
    votes: entry.row.annotation,
    need: need.get(entry.window)!,
    judgement,
    score: judgement,
  };
}

const RIDGE = 1;

/** Weights of need and judgement for one person's yes, from offers; neither may count against. At least one offer. */
export function fitScore(
  offers: readonly JudgedOffer[],
): Pick<ScoreWeights, 'bias' | 'need' | 'judgement' | 'judgementMean'> {
  const shares = offers.map(({ votes, accepted }) =>
    votes.length === 0 ? Number(accepted) : votes.filter(Boolean).length / votes.length,
  );
  const rows = (withNeed: boolean) =>
    offers.map(({ need, judgement }) => ({
      at: withNeed ? [0, 1] : [0],
      values: withNeed ? [logit(judgement), logit(need)] : [logit(judgement)],
    }));
  const both = fitSparseLogistic(rows(true), shares, { width: 2, ridge: RIDGE });
  const counts = both.weights[1]! > 0;
  const model = counts ? both : fitSparseLogistic(rows(false), shares, { width: 1, ridge: RIDGE });
  return {
    bias: model.bias,
    judgement: Math.max(0, model.weights[0]!),
    need: counts ? both.weights[1]! : 0,
    judgementMean: offers.reduce((sum, { judgement }) => sum + logit(judgement), 0) / offers.length,
  };
}

function scored(weights: ReturnType<typeof fitScore>, { need, judgement }: JudgedOffer): number {
  const score = weights.bias + weights.need * logit(need) + weights.judgement * logit(judgement);
  return sigmoid(score);
}
