import { createPatterns } from '../../agent/proposers/patterns/index.ts';
import type { Proposal } from '../../model/proposal.ts';
import { logit, type ScoreWeights } from '../../reward/score.ts';
import { fitTaste, type RatedOffer } from '../../reward/taste.ts';
import { observationsOf } from '../protocol/traces.ts';
import { type Entry, judgedMoment } from './splits.ts';

/** A pattern that spoke at the end of a judged window. */
export interface Fired {
  readonly entry: Entry;
  readonly proposal: Proposal;
}

/** What every pattern says at every judged window, as entries that a judge can be asked about. */
export async function firedPatterns(entries: readonly Entry[]): Promise<readonly Fired[]> {
  const patterns = createPatterns();
  const windows = [...new Map(entries.map((entry) => [entry.window, entry])).values()];
  const found: Fired[] = [];
  for (const entry of windows) {
    const observations = observationsOf(entry.row.obs);
    const context = {
      now: observations.at(-1)!.time,
      observations,
      events: [],
      need: { probability: 0.5, reasons: [] },
      onReceipt: () => {},
    };
    const said = await Promise.all(
      patterns.map((pattern) => pattern.propose(context, new AbortController().signal)),
    );
    for (const proposal of said.flat()) {
      const row = { ...entry.row, pred_task: proposal.task, annotation: [], valid: entry.row.help_needed };
      found.push({ proposal, entry: { ...entry, row, moment: judgedMoment(row) } });
    }
  }
  return found;
}

/** An offer of a pattern: what the score says of it without a prior, and whether help was needed. */
export type PatternOffer = RatedOffer;

/**
 * Priors of patterns from where they spoke: one for all of them, and one of its own for a pattern where left-out moments agree,
 * learnt as a person's taste is (a Gaussian prior about 0). What was accepted is not known for a pattern's own words, so that
 * it counts as accepted where people needed help at all.
 */
export function patternPriors(offers: readonly PatternOffer[]): ScoreWeights['kinds'] {
  if (offers.length === 0) return [];
  const { learnt } = fitTaste(offers);
  const counted = (own: readonly PatternOffer[]) =>
    `help was needed at ${own.filter(({ accepted }) => accepted).length} of ${own.length} moments where it spoke, ProactiveBench`;
  return [
    { kind: 'pattern:', bias: learnt.bias, source: `any pattern: ${counted(offers)}` },
    ...learnt.kinds.map(({ kind, bias }) => ({
      kind,
      bias: learnt.bias + bias,
      source: counted(offers.filter((offer) => offer.kind === kind)),
    })),
  ];
}

/** An offer of a pattern as it was scored. */
export function patternOffer(
  { entry, proposal }: Fired,
  weights: Pick<ScoreWeights, 'bias' | 'need' | 'judgement'>,
  said: { readonly need: number; readonly judgement: number },
): PatternOffer {
  return {
    logit: weights.bias + weights.need * logit(said.need) + weights.judgement * logit(said.judgement),
    accepted: entry.row.help_needed,
    kind: proposal.proposer,
  };
}
