import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Trace } from '../proactivebench/folder.ts';
import type { RewardRow } from '../proactivebench/rows.ts';
import { ABOUT_LAST, SIXTEEN } from '../reward/features.ts';
import { type ReliabilityBin, reliabilityOf } from './need/figures.ts';
import { digestOf } from './digest.ts';
import { ask, type AskedJudge } from './reward/asked.ts';
import { rewardFigures, RewardFigures, type Judged } from './reward/figures.ts';
import { HUMANS, pairsAgreeing } from './reward/humans.ts';
import { type Leak, leakOf } from './reward/leak.ts';
import { judgeLinear } from './reward/linear.ts';
import { lookup, majority, type Verdict } from './reward/lookup.ts';
import { SHIPPED_SHAPE } from './reward/ship.ts';
import {
  entriesOf,
  type Entry,
  type Fold,
  paperSplit,
  type Split,
  type SplitName,
  traceDisjointSplit,
} from './reward/splits.ts';
import { showing, type Showing } from './reward/showing.ts';
import { type BenchRun, eachInTurn } from './run.ts';

/** The judge that the sentence on the leak compares with: named before anything was measured. */
export const COMPARED = 'TF-IDF + LR';

/** The judge that is shipped, fitted anew for every fold. */
export const OURS = 'situated features';

/** Judges that learn from the training part of a fold, by their name in the table. */
const FOLD_JUDGES: Readonly<Record<string, () => (fold: Fold) => readonly Verdict[]>> = {
  majority: () => majority,
  lookup: () => lookup,
  [COMPARED]: () => judgeLinear({ words: true, features: [] }),
  'one feature': () => judgeLinear({ words: false, features: [ABOUT_LAST] }),
  'sixteen features': () => judgeLinear({ words: false, features: SIXTEEN }),
  'TF-IDF + features': () => judgeLinear({ words: true, features: SIXTEEN }),
  [OURS]: () => judgeLinear(SHIPPED_SHAPE),
};

/** Every name that `--judge` takes; a model's name comes beside them. */
export const JUDGE_NAMES = [...Object.keys(FOLD_JUDGES), ...Object.keys(HUMANS)];

/** What the paper states of its reward model, on its own split. Not measured here. */
export const PUBLISHED = { name: 'paper, as published, not re-run', split: 'paper', f1: 0.918 } as const;

/** Part of each cache key: raised when a judge is changed, so that old verdicts do not answer for new ones. */
const EDITION = 3;

/** What the bench gives. */
export interface RewardResult extends Record<string, unknown> {
  readonly rows: readonly RewardFigures[];
  readonly leak: Leak | null;
  /** Share of pairs of votes on the same row that agree, over all rows. */
  readonly pairsOfVotesAgreeing: number | null;
  readonly published: readonly [typeof PUBLISHED];
  /** The shipped judge's probabilities on traces left out: what it said and what was so, by tenths; empty without it. */
  readonly reliability: readonly ReliabilityBin[];
  /** What would be shown, where the trace-disjoint split and the shipped judge are measured. */
  readonly showing: Showing | null;
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
}

const Verdicts = z.array(
  z.object({
    accepted: z.boolean(),
    probability: z.number().nullable(),
    lenient: z.boolean().optional(),
  }),
);

/**
 * The evaluation of reward models on human-judged rows, the positive class being accepted (`valid`). Each judge is asked
 * on every split; null when interrupted. Rejects with `bad-input` when no split can be made of the data.
 */
export async function benchReward(
  data: {
    readonly train: readonly RewardRow[];
    readonly test: readonly RewardRow[];
    readonly digest: string;
    /** Published models' traces, whose votes the gate learns from. */
    readonly models?: ReadonlyMap<string, readonly Trace[]>;
  },
  run: BenchRun,
  options: {
    readonly splits: readonly SplitName[];
    readonly judges?: readonly string[];
    readonly asked?: readonly AskedJudge[];
  },
): Promise<RewardResult | null> {
  const { train, test } = entriesOf(data.train, data.test);
  const entries = [...train, ...test];
  // Facts are read by code that is changed oftener than the judges: old verdicts do not answer for newly read ones.
  const facts = digestOf(entries.map(({ moment }) => [...moment.facts!]));
  const key = { bench: 'reward', edition: EDITION, data: data.digest, facts };
  const { splits, notes } = splitsFor(options.splits, train, test);
  const wanted = options.judges ?? JUDGE_NAMES;
  const verdicts = new Map<string, Map<Entry, Verdict>>();
  const keep = (split: SplitName, judge: string, fold: readonly Entry[], said: readonly Verdict[]) => {
    const known = verdicts.get(`${split} ${judge}`) ?? new Map<Entry, Verdict>();
    for (const [at, entry] of fold.entries()) known.set(entry, said[at]!);
    verdicts.set(`${split} ${judge}`, known);
  };

  const work = Object.entries(FOLD_JUDGES).flatMap(([name, createJudge]) => {
    if (!wanted.includes(name)) return [];
    const judge = createJudge();
    return splits.flatMap((split) => split.folds.map((fold) => ({ name, judge, split: split.name, fold })));
  });
  const folds = await eachInTurn(
    run,
    'Fit and judge',
    (n) => `${n} folds`,
    work,
    async (item) => {
      const { name, judge, split, fold } = item;
      const own = { ...key, name, split, fold: fold.name };
      keep(split, name, fold.test, await run.cache.get(own, Verdicts, async () => [...judge(fold)]));
    },
  );
  if (!folds) return null;

  for (const judge of options.asked ?? []) {
    const done = await ask(run, splits, judge);
    if (!done) return null;
    for (const [split, said] of done.bySplit) verdicts.set(`${split} ${judge.name}`, new Map(said));
    if (done.unread > 0)
      notes.push(`${judge.name}: ${done.unread} replies held no verdict; they count as rejected.`);
  }

  const judged = splits.flatMap((split) => [
    ...[...verdicts].flatMap(([name, said]) =>
      name.startsWith(`${split.name} `)
        ? [{ split, name: name.slice(split.name.length + 1), judged: judgedOf(split, said) }]
        : [],
    ),
    ...Object.entries(HUMANS).flatMap(([name, votes]) =>
      wanted.includes(name) ? [{ split, name, judged: votes(split.entries) }] : [],
    ),
  ]);
  const rows = await eachInTurn(
    run,
    'Intervals',
    (n) => `${n} lines`,
    judged,
    async (line) => {
      const own = {
        bench: 'reward',
        edition: EDITION,
        seed: run.seed,
        name: line.name,
        split: line.split.name,
        judged: line.judged,
      };
      return run.cache.get(own, RewardFigures, async () =>
        rewardFigures(line.name, line.split.name, line.judged, run.seed),
      );
    },
  );
  if (!rows) return null;
  const paper = paperSplit(train, test);
  const disjoint = splits.find(({ name }) => name === 'trace-disjoint');
  const ours = disjoint && verdicts.get(`trace-disjoint ${OURS}`);
  const shown = ours ? await showing(run, disjoint, data.models ?? new Map(), key) : null;
  if (run.signal.aborted) return null;
  return {
    rows,
    reliability: ours ? reliabilityOf(judgedOf(disjoint, ours)) : [],
    showing: shown,
    leak: leakOf(train, test, paper ? byEntry(paper, lookup) : new Map(), disjointOf(verdicts)),
    pairsOfVotesAgreeing: pairsAgreeing(entries.map(({ row }) => row)),
    published: [PUBLISHED],
    notes,
  };
}

function splitsFor(wanted: readonly SplitName[], train: readonly Entry[], test: readonly Entry[]) {
  const notes: string[] = [];
  const made = {
    paper: () => paperSplit(train, test),
    'trace-disjoint': () => traceDisjointSplit([...train, ...test]),
  };
  const why = {
    paper: 'The paper split is left out: it needs rows in both train_data.jsonl and test_data.jsonl.',
    'trace-disjoint': 'The trace-disjoint split is left out: it needs rows of at least two traces.',
  };
  const splits = wanted.flatMap((name): readonly Split[] => {
    const split = made[name]();
    if (!split) notes.push(why[name]);
    return split ? [split] : [];
  });
  if (splits.length === 0)
    throw new AppError(
      'bad-input',
      `[bench] no split can be made of this reward data: ${notes.join(' ')} Name a folder that has them with --data DIR`,
    );
  return { splits, notes };
}

function judgedOf(split: Split, said: ReadonlyMap<Entry, Verdict>): readonly Judged[] {
  return split.entries.map((entry) => {
    const { accepted, probability, lenient } = said.get(entry)!;
    return {
      trace: entry.trace,
      proposed: accepted,
      needed: entry.row.valid,
      category: entry.row.category,
      ...(probability !== null && { score: probability }),
      ...(lenient !== undefined && { lenient }),
    };
  });
}

function byEntry(split: Split, judge: (fold: Fold) => readonly Verdict[]): ReadonlyMap<Entry, Verdict> {
  return new Map(
    split.folds.flatMap((fold) => {
      const said = judge(fold);
      return fold.test.map((entry, at): [Entry, Verdict] => [entry, said[at]!]);
    }),
  );
}

function disjointOf(verdicts: ReadonlyMap<string, ReadonlyMap<Entry, Verdict>>) {
  const from = 'trace-disjoint ';
  return new Map(
    [...verdicts].flatMap(([name, said]): readonly [string, ReadonlyMap<Entry, Verdict>][] =>
      name.startsWith(from) ? [[name.slice(from.length), said]] : [],
    ),
  );
}
