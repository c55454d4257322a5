import { nearness, sharedWords, SITUATED, type Situation } from './situatedFeatures.ts';
import { dot, type Sparse, type Tfidf, wordsOf } from './tfidf.ts';

/** What a judge looks at: the sentences of the window, oldest first, at least one, and the task; null is silence. */
export interface Moment {
  readonly events: readonly string[];
  readonly task: string | null;
  /** Facts of the moment by name, as the gate knows them; without them all are 0. */
  readonly facts?: ReadonlyMap<string, number>;
}

/** What the features need of a task and its window, worked out once. */
interface Seen {
  readonly task: string | null;
  readonly last: string;
  /** Cosine of the task with the last event, and on average with the window; 0 for silence. */
  readonly near: number;
  readonly nearWindow: number;
  /** Cosine of the task with the middle of all tasks that were learnt from. */
  readonly common: number;
  /** Rarity of the rarest word that task and last event share, and the mean over the task's words. */
  readonly rarest: number;
  readonly rareness: number;
}

const says = (pattern: RegExp) => (seen: Seen) => Number(seen.task !== null && pattern.test(seen.task));
const ends = (pattern: RegExp) => (seen: Seen) => Number(pattern.test(seen.last));

/**
 * What people accepted and what not, by name: the lists “for” and “against” that the design's measurements give, apart from
 * repeats of a recent proposal, which a row of reward data cannot show. English, in ProactiveBench's wording.
 */
const FEATURES: Readonly<Record<string, (seen: Seen) => number>> = {
  silence: (seen) => Number(seen.task === null),
  aboutLast: (seen) => seen.near - seen.nearWindow,
  nearLast: (seen) => seen.near,
  sharesRare: (seen) => seen.rarest,
  summarise: says(/\bsummar/i),
  example: says(/\b(?:examples?|snippets?)\b/i),
  fix: says(/\b(?:fix|debug|errors?|resolve)/i),
  help: says(/\b(?:help|assist|offer)/i),
  implement: says(/\bimplement/i),
  open: says(/\bopen/i),
  tutorial: says(/\b(?:tutorials?|resources?|guides?)\b/i),
  words: (seen) => (seen.task === null ? 0 : Math.log1p(wordsOf(seen.task).length)),
  rareWords: (seen) => seen.rareness,
  generic: (seen) => seen.common,
  searching: ends(/\b(?:search|quer|googl)/i),
  silentWhileSearching: (seen) => Number(seen.task === null && /\b(?:search|quer|googl)/i.test(seen.last)),
};

/** Names of the sixteen, in their order. */
export const SIXTEEN = Object.keys(FEATURES);

/** Every name there is. */
export const FEATURE_NAMES = [...SIXTEEN, ...Object.keys(SITUATED)];

/** Those that need nothing learnt but their weights: no vocabulary, no middle of tasks. Replaced by others: the rough kinds. */
export const SITUATED_NAMES: readonly string[] = FEATURE_NAMES.filter(
  (name) =>
    !['generic', 'searching', 'silentWhileSearching', 'example', 'fix', 'implement', 'tutorial'].includes(
      name,
    ),
);

/** Events that the features look at: as many as the longest window that was learnt from. */
const REACH = 21;
const NO_FACTS: ReadonlyMap<string, number> = new Map();

/** Name of the one feature that does most alone. */
export const ABOUT_LAST = 'aboutLast';

/** What the features are worked out with: the weights of words, and the middle of the tasks that were learnt from. */
export interface FeatureBase {
  readonly tfidf: Tfidf;
  readonly middle: Sparse;
}

/** The features named, in their order. */
export function featuresOf(
  moment: Moment,
  { tfidf, middle }: FeatureBase,
  names: readonly string[],
): readonly number[] {
  const { task } = moment;
  const events = moment.events.slice(-REACH);
  const last = events.at(-1)!;
  const words = tfidf.bag(task ?? '');
  const near = nearness(task, events, tfidf);
  const lastWords = tfidf.bag(last);
  const rarities = [...words.keys()].map((word) => tfidf.rarity(word));
  const shared = [...words.keys()].filter((word) => lastWords.has(word));
  const seen: Seen = {
    task,
    last,
    near: near.at(-1)!,
    nearWindow: mean(near),
    common: task === null ? 0 : dot(tfidf.vector(task), middle),
    rarest: Math.max(0, ...shared.map((word) => tfidf.rarity(word))),
    rareness: mean(rarities),
  };
  const facts = moment.facts ?? NO_FACTS;
  const situation: Situation = { task, events, near, shared: sharedWords(task, events, tfidf), facts };
  return names.map((name) => FEATURES[name]?.(seen) ?? SITUATED[name]?.(situation) ?? 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
