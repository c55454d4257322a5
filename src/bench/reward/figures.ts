import { z } from 'zod';
import { CATEGORIES, type Category } from '../../model/label.ts';
import { traceBootstrap } from '../bootstrap.ts';
import { aucOf, countsOf, type Decided, figuresOf } from '../metrics.ts';
import { needFigures } from '../need/figures.ts';
import { SPLITS } from './splits.ts';

/** One judgement beside its truth: `proposed` is accepted by the judge, `needed` is accepted by the label. */
export interface Judged extends Decided {
  readonly category: Category;
  /** The verdict of the threshold chosen for F1. */
  readonly lenient?: boolean;
}

const fraction = z.number().min(0).max(1);
const ofCategory = z.object({ entries: z.number().int(), accuracy: fraction, accepted: fraction });

/** One line of the table: fractions from 0 to 1; the positive class is accepted. */
export const RewardFigures = z.object({
  name: z.string(),
  split: z.enum(SPLITS),
  /** Judgements counted: rows, or votes for the lines of human votes. */
  entries: z.number().int(),
  accuracy: fraction,
  precision: fraction,
  recall: fraction,
  f1: fraction,
  auc: fraction.nullable(),
  /** Of the probabilities; null where there are none. */
  brier: fraction.nullable(),
  ece: fraction.nullable(),
  /** F1 at the threshold that was chosen for it within the training traces; null where none was. */
  f1Tuned: fraction.nullable(),
  /** By short name; accuracy, and the share that the judge accepted. */
  byCategory: z.record(z.string(), ofCategory),
  /** 95 % intervals of a bootstrap over traces, by figure; `accuracy MN` and so on for the categories. */
  ci: z.record(z.string(), z.tuple([z.number(), z.number()])),
});
export type RewardFigures = z.infer<typeof RewardFigures>;

/** `MN` of `Missed-Need (MN)`. */
export function shortName(category: Category): string {
  return /\((\w+)\)$/.exec(category)?.[1] ?? category;
}

/** All figures of one judge on one split. */
export function rewardFigures(
  name: string,
  split: (typeof SPLITS)[number],
  judged: readonly Judged[],
  seed: number,
): RewardFigures {
  const { accuracy, precision, recall, f1, auc, brier, ece } = needFigures(judged);
  const byCategory = Object.fromEntries(
    CATEGORIES.map((category) => {
      const own = judged.filter((each) => each.category === category);
      const accepted = own.filter(({ proposed }) => proposed).length;
      const right = own.filter(({ proposed, needed }) => proposed === needed).length;
      const share = (part: number) => (own.length === 0 ? 0 : part / own.length);
      return [
        shortName(category),
        { entries: own.length, accuracy: share(right), accepted: share(accepted) },
      ];
    }),
  );
  const ci = Object.fromEntries(
    Object.entries(traceBootstrap(judged, statisticsOf, { seed })).map(([figure, [low, high]]) => [
      figure,
      [low, high] as [number, number],
    ]),
  );
  return {
    name,
    split,
    entries: judged.length,
    accuracy,
    precision,
    recall,
    f1,
    auc,
    brier,
    ece,
    f1Tuned: tuned(judged),
    byCategory,
    ci,
  };
}

function statisticsOf(judged: readonly Judged[]): Readonly<Record<string, number | null>> {
  const { accuracy, precision, recall, f1 } = figuresOf(countsOf(judged));
  const out: Record<string, number | null> = {
    accuracy,
    precision,
    recall,
    f1,
    auc: aucOf(judged),
    f1Tuned: tuned(judged),
  };
  const own = new Map<Category, { right: number; all: number }>();
  for (const { category, proposed, needed } of judged) {
    const counts = own.get(category) ?? { right: 0, all: 0 };
    counts.all += 1;
    if (proposed === needed) counts.right += 1;
    own.set(category, counts);
  }
  for (const [category, { right, all }] of own) out[`accuracy ${shortName(category)}`] = right / all;
  return out;
}

function tuned(judged: readonly Judged[]): number | null {
  if (judged.some(({ lenient }) => lenient === undefined)) return null;
  return figuresOf(countsOf(judged.map(({ lenient, needed }) => ({ proposed: lenient!, needed })))).f1;
}
