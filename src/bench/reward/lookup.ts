import { wordsOf } from '../../reward/tfidf.ts';
import type { Entry, Fold } from './splits.ts';

/** What a judge says of an entry: P(accepted) where it has one, and the verdict. `lenient` is the verdict of the threshold
 * that is best for F1 within the training part, where one was chosen. */
export interface Verdict {
  readonly accepted: boolean;
  readonly probability: number | null;
  readonly lenient?: boolean;
}

/** The commoner label of the training part for every entry; an even split is rejected. */
export function majority({ train, test }: Fold): readonly Verdict[] {
  const accepted = commoner(train);
  return test.map(() => ({ accepted, probability: null }));
}

/**
 * Judges by nothing but leaked labels. The rows of the training part with exactly the same window are its siblings:
 * - a silence is right exactly when no sibling says that help was needed (the label's own definition);
 * - a proposal gets the label of the sibling whose task has the most words in common: the Jaccard index of the sets of
 *   words in lower case (1 for the same task). Of several equally near ones, the commoner label;
 * - an even split, a proposal without a sibling that proposes, a silence without a sibling: the commoner label of the
 *   training part, with probability 0.5.
 * The probability is otherwise the share of the nearest siblings that were right.
 */
export function lookup({ train, test }: Fold): readonly Verdict[] {
  const fallback = { accepted: commoner(train), probability: 0.5 };
  const siblings = Map.groupBy(train, (entry) => entry.window);
  return test.map((entry) => {
    const known = siblings.get(entry.window) ?? [];
    if (entry.row.pred_task === null) {
      if (known.length === 0) return fallback;
      const accepted = !known.some(({ row }) => row.help_needed);
      return { accepted, probability: accepted ? 1 : 0 };
    }
    const near = nearest(entry.row.pred_task, known);
    const probability = near.filter(({ row }) => row.valid).length / near.length;
    return near.length === 0 || probability === 0.5 ? fallback : { accepted: probability > 0.5, probability };
  });
}

function commoner(entries: readonly Entry[]): boolean {
  return 2 * entries.filter(({ row }) => row.valid).length > entries.length;
}

function nearest(task: string, known: readonly Entry[]): readonly Entry[] {
  const words = new Set(wordsOf(task));
  const scored = known.flatMap((entry) =>
    entry.row.pred_task === null ? [] : [{ entry, score: jaccard(words, wordsOf(entry.row.pred_task)) }],
  );
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ entry }) => entry);
}

function jaccard(a: ReadonlySet<string>, words: readonly string[]): number {
  const b = new Set(words);
  const both = [...a].filter((word) => b.has(word)).length;
  const union = a.size + b.size - both;
  return union === 0 ? 0 : both / union;
}
