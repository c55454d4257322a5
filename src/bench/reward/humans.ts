import type { RewardRow } from '../../proactivebench/rows.ts';
import type { Judged } from './figures.ts';
import type { Entry } from './splits.ts';

/**
 * Every vote as a judge of its own row, in three ways:
 * - `human votes`: against the majority of the row's votes, itself among them (even splits go by the row's label, which
 *   changes nothing in their accuracy);
 * - `human votes against the label`: against `valid`, which is what every other judge is measured with. It is the majority
 *   for a proposal, but for a silence it is the negation of `help_needed`;
 * - `one human against the others`: against the majority of the row's other votes; where those are split evenly, or there
 *   are none, the vote is left out.
 */
export const HUMANS: Readonly<Record<string, (entries: readonly Entry[]) => readonly Judged[]>> = {
  'human votes': (entries) => votes(entries, ({ annotation, valid }) => majorityOf(annotation) ?? valid),
  'human votes against the label': (entries) => votes(entries, ({ valid }) => valid),
  'one human against the others': (entries) =>
    votes(entries, ({ annotation }, at) => majorityOf(annotation.toSpliced(at, 1))),
};

/** Share of pairs of votes on one row that agree; null without a pair. */
export function pairsAgreeing(rows: readonly RewardRow[]): number | null {
  let pairs = 0;
  let agreeing = 0;
  for (const { annotation } of rows) {
    const yes = annotation.filter(Boolean).length;
    const no = annotation.length - yes;
    pairs += ((yes + no) * (yes + no - 1)) / 2;
    agreeing += (yes * (yes - 1) + no * (no - 1)) / 2;
  }
  return pairs === 0 ? null : agreeing / pairs;
}

function votes(
  entries: readonly Entry[],
  truth: (row: RewardRow, at: number) => boolean | null,
): readonly Judged[] {
  return entries.flatMap(({ row, trace }) =>
    row.annotation.flatMap((vote, at) => {
      const needed = truth(row, at);
      return needed === null ? [] : [{ trace, proposed: vote, needed, category: row.category }];
    }),
  );
}

function majorityOf(votes: readonly boolean[]): boolean | null {
  const yes = 2 * votes.filter(Boolean).length;
  return yes === votes.length ? null : yes > votes.length;
}
