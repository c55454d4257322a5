import type { Trace } from '../../proactivebench/folder.ts';
import { SITUATED_NAMES } from '../../reward/features.ts';
import { fitLinearJudges } from '../../reward/linearJudge.ts';
import { ShippedReward } from '../../reward/shipped.ts';
import { needFigures } from '../need/figures.ts';
import { nestedLinear } from './linear.ts';
import { fitScore, type JudgedOffer } from './offers.ts';
import { needsOf } from './needs.ts';
import { firedPatterns, patternOffer, patternPriors } from './patternPriors.ts';
import { type Entry, leaveTracesOut } from './splits.ts';

/** What the shipped judge weighs. */
export const SHIPPED_SHAPE = { words: false, features: SITUATED_NAMES, situated: true } as const;

/** Weights with how they did on traces left out. */
export interface Fitted {
  readonly weights: ShippedReward;
  readonly accuracy: number;
  readonly auc: number | null;
  readonly brier: number | null;
  readonly ece: number | null;
}

/**
 * Fits what is shipped on all entries. The ridge is the one with the least Brier score on traces left out; the score and the
 * priors are learnt from what judge and gate said of traces that they had not seen. Deterministic. Three traces or more;
 * `onFold` is told of every trace that is done, and ends the work where it says so (null).
 */
export async function fitShipped(
  entries: readonly Entry[],
  models: ReadonlyMap<string, readonly Trace[]>,
  onFold: (done: number) => Promise<boolean>,
): Promise<Fitted | null> {
  const needs = needsOf(entries, models).held;
  const fired = await firedPatterns(entries);
  const nested = nestedLinear(SHIPPED_SHAPE);
  const folds = leaveTracesOut(entries);
  const said = new Map<Entry, number>();
  for (const [at, { name, train, test }] of folds.entries()) {
    if (!(await onFold(at))) return null;
    const own = [...test, ...fired.flatMap(({ entry }) => (entry.trace === test[0]!.trace ? [entry] : []))];
    for (const [n, verdict] of nested({ name, train, test: own }).test.entries())
      said.set(own[n]!, verdict.probability!);
  }
  const held = entries.map((entry) => {
    const score = said.get(entry)!;
    return { trace: entry.trace, score, proposed: score >= 0.5, needed: entry.row.valid };
  });
  const offers = entries.flatMap((entry): readonly JudgedOffer[] => {
    const { row, trace, window } = entry;
    if (row.pred_task === null) return [];
    const [need, judgement] = [needs.get(window)!, said.get(entry)!];
    const told = { need, judgement, score: judgement, accepted: row.valid, votes: row.annotation };
    return [{ trace, window, order: row.obs.length, ...told }];
  });
  const score = fitScore(offers);
  const kinds = patternPriors(
    fired.map((each) =>
      patternOffer(each, score, { need: needs.get(each.entry.window)!, judgement: said.get(each.entry)! }),
    ),
  );
  const { ridge } = nested({ name: 'all', train: entries, test: [] });
  const [judge] = fitLinearJudges(
    entries.map(({ moment }) => moment),
    { name: 'judge-1', shape: SHIPPED_SHAPE, ridges: [ridge] },
  );
  const { accuracy, auc, brier, ece } = needFigures(held);
  return {
    accuracy,
    auc,
    brier,
    ece,
    weights: ShippedReward.parse(
      rounded({
        judge,
        score: { ...score, kinds },
        card: {
          trainedOn: `${entries.length} human judgements of proposals and silences on ${folds.length} ProactiveBench traces (Apache-2.0), none of whose text is kept; L2 logistic regression on the share of votes, ridge ${ridge}, one intercept a trace while training.`,
          measured: `Leave-traces-out: accuracy ${three(accuracy)}, AUC ${three(auc)}, Brier ${three(brier)}, ECE ${three(ece)}. Features were chosen with these traces in sight: allow 0.01 to 0.03.`,
          limits:
            'English wording; programming, writing and web research; three annotators a day, who agree poorly. Says what people in general take, until your own answers correct it. A pattern counts as accepted where people needed help at all: an assumption, and some patterns were written with these traces in sight.',
        },
      }),
    ),
  };
}

/** The same value with every number at six digits: enough, and small. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)]));
}

function three(value: number | null): string {
  return (value ?? 0).toFixed(3);
}
