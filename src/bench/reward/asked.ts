import { AppError } from '../../errors.ts';
import type { Judge } from '../../model/agent.ts';
import { recordedProposal } from '../protocol/answers.ts';
import { observationsOf } from '../protocol/traces.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { bestThreshold } from './linear.ts';
import type { Verdict } from './lookup.ts';
import type { Entry, Split, SplitName } from './splits.ts';

/** A judge that learns nothing here, such as a language model; what it was asked before it keeps by itself. */
export interface AskedJudge {
  readonly name: string;
  readonly judge: Judge;
}

/** What an asked judge said, by split. */
export interface Asked {
  readonly bySplit: ReadonlyMap<SplitName, ReadonlyMap<Entry, Verdict>>;
  /** Replies that held no verdict; each counts as rejected. */
  readonly unread: number;
}

/**
 * Asks a judge for every entry of the splits once, in the order of traces and windows, so that a model finds most of a
 * prompt's beginning where it left it. The `lenient` verdict is that of the threshold which is best for F1 on what the judge
 * said of the fold's training part, where it was asked for all of that. Null when interrupted; a reply without a verdict is
 * counted as rejected, every other failure rejects.
 */
export async function ask(
  run: BenchRun,
  splits: readonly Split[],
  { name, judge }: AskedJudge,
): Promise<Asked | null> {
  const wanted = [...new Set(splits.flatMap((split) => split.entries))];
  const ordered = [...Map.groupBy(wanted, ({ trace }) => trace).values()].flatMap((own) =>
    own.toSorted(
      (a, b) => a.row.obs.length - b.row.obs.length || (a.window < b.window ? -1 : 1) || a.at - b.at,
    ),
  );
  let unread = 0;
  const said = new Map<Entry, Verdict>();
  try {
    const done = await eachInTurn(
      run,
      name,
      (n) => `${n} rows`,
      ordered,
      async (entry) => {
        const verdict = await verdictOf(judge, entry);
        if (!verdict) unread += 1;
        said.set(entry, verdict ?? { accepted: false, probability: 0.5 });
      },
    );
    if (!done) return null;
  } catch (thrown) {
    // Ctrl-C reaches the model's process too, and what it ends with then is no failure.
    if (run.signal.aborted) return null;
    throw thrown;
  }
  return { bySplit: new Map(splits.map((split) => [split.name, withLenient(split, said)])), unread };
}

async function verdictOf(judge: Judge, { row }: Entry): Promise<Verdict | null> {
  try {
    const { judgement, probability } = await judge.judge(
      observationsOf(row.obs),
      row.pred_task === null ? null : recordedProposal(row.pred_task),
    );
    return { accepted: judgement === 'accepted', probability };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'bad-input') return null;
    throw thrown;
  }
}

function withLenient(split: Split, said: ReadonlyMap<Entry, Verdict>): ReadonlyMap<Entry, Verdict> {
  return new Map(
    split.folds.flatMap(({ train, test }) => {
      const learnt = train.flatMap((entry) => said.get(entry)?.probability ?? []);
      const threshold =
        train.length > 0 && learnt.length === train.length
          ? bestThreshold(
              learnt,
              train.map(({ row }) => row.valid),
            )
          : null;
      return test.map((entry): [Entry, Verdict] => {
        const verdict = said.get(entry)!;
        if (threshold === null || verdict.probability === null) return [entry, verdict];
        return [entry, { ...verdict, lenient: verdict.probability >= threshold }];
      });
    }),
  );
}
