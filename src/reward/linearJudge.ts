import { z } from 'zod';
import type { Fact, Judge } from '../model/agent.ts';
import type { Observation } from '../model/observation.ts';
import { sigmoid } from '../model/sigmoid.ts';
import { FEATURE_NAMES, type FeatureBase, featuresOf, type Moment } from './features.ts';
import { fitSparseLogistic, type SparseLinear, sparseScore } from './sparseLogistic.ts';
import { rarityByLength } from './situatedFeatures.ts';
import {
  createBags,
  createTfidf,
  fitVocabulary,
  remembering,
  type Sparse,
  type Tfidf,
  Vocabulary,
} from './tfidf.ts';

const numbers = z.array(z.number());

/**
 * Weights of the on-device judge, as a file holds them. The score in log-odds is the bias, and for every known term its
 * TF-IDF times `task` (in the task), `event` (in the last sentence, when something is proposed) or `silence` (in the last
 * sentence, when nothing is), and every feature, standardised, times its weight. An empty `words` or `features` is unused.
 */
export const JudgeWeights = z
  .object({
    schema: z.literal('linear-judge-1'),
    /** Name and version: what a `Judgement` is signed with. */
    name: z.string().min(1).max(100),
    /** Null: how rare a word is goes by its length, and nothing of a text is kept. */
    vocabulary: Vocabulary.nullable(),
    words: z.object({ task: numbers, event: numbers, silence: numbers }),
    /** Mean TF-IDF of the tasks that were learnt from: `at` is a place in the vocabulary. */
    middle: z.object({ at: z.array(z.number().int().nonnegative()), values: numbers }),
    features: z.array(
      z.object({
        name: z.string().refine((name) => FEATURE_NAMES.includes(name), 'an unknown feature'),
        mean: z.number(),
        scale: z.number().positive(),
        weight: z.number(),
      }),
    ),
    bias: z.number(),
    /** P(accepted) from which a proposal, or a silence, is judged accepted. */
    threshold: z.number().min(0).max(1),
    ridge: z.number().positive(),
    /** Entries it was fitted on. */
    entries: z.number().int().nonnegative(),
  })
  .refine(
    ({ vocabulary, words: { task, event, silence } }) =>
      [task, event, silence].every((list) => list.length === 0 || list.length === vocabulary?.terms.length),
    'weights of words need one for each term, or none',
  );
export type JudgeWeights = z.infer<typeof JudgeWeights>;

/** What a linear judge weighs: the words, and which features by name. */
export interface JudgeShape {
  readonly words: boolean;
  readonly features: readonly string[];
  /** Learns no vocabulary, from the share of votes in place of the majority, with an intercept for each trace. */
  readonly situated?: boolean;
}

/** One judged moment to learn from. */
export interface JudgedMoment extends Moment {
  readonly accepted: boolean;
  /** Share of people who accepted, 0 to 1, where several were asked. */
  readonly share?: number;
  /** Whose day it is, where that is known: one taste for each. */
  readonly trace?: string;
}

/**
 * How freely the intercept of a trace may differ, against the weight of a standardised feature: a day's people accept a fifth or
 * four fifths of the same tasks, which is no feature's doing.
 */
const TRACE_SCALE = 3;

/** P(the person accepts), by the weights; `tfidf` is that of their vocabulary where it is at hand. */
export function createLinearScore(
  weights: JudgeWeights,
  tfidf = tfidfOf(weights.vocabulary),
): (moment: Moment) => number {
  const base: FeatureBase = { tfidf, middle: weights.middle };
  const shape = { words: weights.words.task.length > 0, features: weights.features.map(({ name }) => name) };
  const means = weights.features.map(({ mean }) => mean);
  const scales = weights.features.map(({ scale }) => scale);
  const model: SparseLinear = {
    weights: [
      ...weights.words.task,
      ...weights.words.event,
      ...weights.words.silence,
      ...weights.features.map(({ weight }) => weight),
    ],
    bias: weights.bias,
  };
  return (moment) => {
    const words = shape.words ? wordColumns(moment, tfidf) : NOTHING;
    const features = standardised(featuresOf(moment, base, shape.features), means, scales);
    const from = shape.words ? 3 * tfidf.width : 0;
    return sigmoid(sparseScore(model, joined(words, features, from)));
  };
}

/** Facts of a window of sentences, as the gate reads them. */
export type FactsOf = (observations: readonly Observation[]) => readonly Fact[];

/** The on-device judge: the linear score over words and features, about a millisecond a judgement. */
export function createLinearJudge(weights: JudgeWeights, factsOf: FactsOf): Judge {
  const score = createLinearScore(weights);
  return {
    name: weights.name,
    async judge(observations, proposal) {
      const probability = score({
        events: observations.length === 0 ? [''] : observations.map(({ event }) => event),
        task: proposal?.task ?? null,
        facts: new Map(factsOf(observations).map(({ name, value }) => [name, value])),
      });
      return {
        judgement: probability >= weights.threshold ? 'accepted' : 'rejected',
        probability,
        by: weights.name,
      };
    },
  };
}

/**
 * Fits a linear judge for every ridge on the same moments; vocabulary, rarity and standardisation are learnt from these
 * moments alone. Rows in the order of `ridges`. Deterministic. At least one moment.
 */
export function fitLinearJudges(
  moments: readonly JudgedMoment[],
  options: { readonly name: string; readonly shape: JudgeShape; readonly ridges: readonly number[] },
): readonly JudgeWeights[] {
  const { name, shape, ridges } = options;
  const tasks = moments.flatMap(({ task }) => task ?? []);
  const vocabulary = shape.situated
    ? null
    : fitVocabulary([...new Set([...tasks, ...moments.map(({ events }) => events.at(-1)!)])]);
  const tfidf = remembering(tfidfOf(vocabulary));
  const { width } = tfidf;
  const middle = middleOf(tasks.map(tfidf.vector), width);
  const base: FeatureBase = { tfidf, middle };
  const raw = moments.map((moment) => featuresOf(moment, base, shape.features));
  const means = shape.features.map((_, at) => mean(raw.map((row) => row[at]!)));
  const scales = shape.features.map(
    (_, at) => Math.sqrt(mean(raw.map((row) => (row[at]! - means[at]!) ** 2))) || 1,
  );
  const from = shape.words ? 3 * width : 0;
  const rows = moments.map((moment, at) =>
    joined(shape.words ? wordColumns(moment, tfidf) : NOTHING, standardised(raw[at]!, means, scales), from),
  );
  const labels = moments.map(({ accepted, share }) => (shape.situated ? (share ?? accepted) : accepted));
  const wide = from + shape.features.length;
  const traces = shape.situated ? [...new Set(moments.flatMap(({ trace }) => trace ?? []))] : [];
  const placed = traces.length < 2 ? rows : rows.map((row, at) => inTrace(row, wide, traces, moments[at]!));
  let start: SparseLinear | undefined;
  return ridges.map((ridge) => {
    const model = fitSparseLogistic(placed, labels, {
      width: wide + (traces.length < 2 ? 0 : traces.length),
      ridge,
      ...(start && { start }),
    });
    start = model;
    const words = (part: number) =>
      shape.words ? model.weights.slice(part * width, (part + 1) * width) : [];
    return {
      schema: 'linear-judge-1' as const,
      name,
      vocabulary,
      words: { task: words(0), event: words(1), silence: words(2) },
      middle: { at: [...middle.at], values: [...middle.values] },
      features: shape.features.map((feature, at) => ({
        name: feature,
        mean: means[at]!,
        scale: scales[at]!,
        weight: model.weights[from + at]!,
      })),
      // A new person's taste is that of the moments' people, on average.
      bias: model.bias + mean(placed.map((row) => traceShare(model, row, wide))),
      threshold: 0.5,
      ridge,
      entries: moments.length,
    };
  });
}

const NOTHING: Sparse = { at: [], values: [] };

/** Three blocks of the vocabulary's width: the task, the last event of a proposal, the last event of a silence. */
function wordColumns({ task, events }: Moment, { vector, width }: Tfidf): Sparse {
  const last = vector(events.at(-1)!);
  const block = (sparse: Sparse, part: number) => sparse.at.map((at) => at + part * width);
  if (task === null) return { at: block(last, 2), values: last.values };
  const words = vector(task);
  return { at: [...block(words, 0), ...block(last, 1)], values: [...words.values, ...last.values] };
}

function standardised(
  row: readonly number[],
  means: readonly number[],
  scales: readonly number[],
): readonly number[] {
  return row.map((value, at) => (value - means[at]!) / scales[at]!);
}

function joined(words: Sparse, features: readonly number[], from: number): Sparse {
  return {
    at: [...words.at, ...features.map((_, at) => from + at)],
    values: [...words.values, ...features],
  };
}

/** The weights of words by a judge's vocabulary, or by their length where it has none. */
export function tfidfOf(vocabulary: Vocabulary | null): Tfidf {
  return vocabulary ? createTfidf(vocabulary) : createBags(rarityByLength);
}

/** The row with a column for its trace behind all others. */
function inTrace(row: Sparse, wide: number, traces: readonly string[], { trace }: JudgedMoment): Sparse {
  if (trace === undefined) return row;
  return { at: [...row.at, wide + traces.indexOf(trace)], values: [...row.values, TRACE_SCALE] };
}

function traceShare({ weights }: SparseLinear, { at, values }: Sparse, wide: number): number {
  const last = at.at(-1);
  return last === undefined || last < wide ? 0 : weights[last]! * values.at(-1)!;
}

function middleOf(vectors: readonly Sparse[], width: number): Sparse {
  const sums = new Float64Array(width);
  for (const { at, values } of vectors) for (const [n, place] of at.entries()) sums[place]! += values[n]!;
  const at = [...sums.keys()].filter((place) => sums[place] !== 0);
  return { at, values: at.map((place) => sums[place]! / vectors.length) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
