import { z } from 'zod';
import type { Trace } from '../../proactivebench/folder.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { type AnnotatorRow, annotatorRows, chooseVariance, type ShownRow, shownRow } from './annotators.ts';
import { nestedLinear } from './linear.ts';
import { needsOf } from './needs.ts';
import { offerFold } from './offers.ts';
import { type RankingRow, rankingRows } from './ranking.ts';
import { SHIPPED_SHAPE } from './ship.ts';
import type { Split } from './splits.ts';

const fraction = z.number().min(0).max(1);

const Offers = z.object({
  variance: z.number(),
  offers: z.array(
    z.object({
      trace: z.string(),
      window: z.string(),
      order: z.number().int(),
      accepted: z.boolean(),
      votes: z.array(z.boolean()),
      need: fraction,
      judgement: fraction,
      score: fraction,
    }),
  ),
});

/** What is accepted of what would be shown, and how one person's answers change that; all on traces left out. */
export interface Showing {
  readonly ranking: readonly RankingRow[];
  /** One person's yes foretold, before and after that person's first answers. */
  readonly people: readonly AnnotatorRow[];
  /** The same where only what was shown is answered. */
  readonly shown: ShownRow;
  /** Prior variance of a person's bias, as each fold chose it on its training traces. */
  readonly variances: readonly number[];
}

/**
 * Ranks all proposals of the traces by models that did not see them. Null when interrupted, or where a split has too few
 * traces for something to be chosen within the training part.
 */
export async function showing(
  run: BenchRun,
  split: Split,
  models: ReadonlyMap<string, readonly Trace[]>,
  key: Readonly<Record<string, unknown>>,
): Promise<Showing | null> {
  if (split.folds.length < 3) return null;
  const nested = nestedLinear(SHIPPED_SHAPE);
  let needs: ReturnType<typeof needsOf> | undefined;
  const folds = await eachInTurn(
    run,
    'Rank',
    (n) => `${n} traces`,
    split.folds,
    async (fold) =>
      run.cache.get({ ...key, showing: 1, fold: fold.name, seed: run.seed }, Offers, async () => {
        needs ??= needsOf(split.entries, models);
        const made = offerFold(fold, nested(fold), needs);
        return {
          variance: chooseVariance(made, run.seed),
          offers: made.test.map((offer) => ({ ...offer, votes: [...offer.votes] })),
        };
      }),
  );
  if (!folds) return null;
  const offers = folds.flatMap((fold) => fold.offers);
  if (offers.length === 0) return null;
  const variances = new Map(
    folds.flatMap(({ offers: own, variance }) => (own[0] ? [[own[0].trace, variance] as const] : [])),
  );
  return {
    ranking: rankingRows(offers, run.seed),
    people: annotatorRows(offers, variances, run.seed),
    shown: shownRow(offers, variances, run.seed),
    variances: [...variances.values()],
  };
}
