import { similarity, type Tfidf } from './tfidf.ts';

/** A task in its situation, as the situated features see it. All are 0 for a silence, but what begins with `silent`. */
export interface Situation {
  readonly task: string | null;
  /** Sentences of the window, oldest first, at least one. */
  readonly events: readonly string[];
  /** Facts of the moment by name, as the gate knows them; a missing one counts 0. */
  readonly facts: ReadonlyMap<string, number>;
  /** Cosine of the task with every event. */
  readonly near: readonly number[];
  readonly shared: Shared;
}

/** What a task's words share with the last event, the ones before it, and neither. */
export interface Shared {
  readonly withLast: number;
  /** Words that only the last event holds, and which part of its new words they are. */
  readonly fresh: number;
  readonly covered: number;
  /** Share of the task's words that stand nowhere in the window. */
  readonly unseen: number;
}

/** Words that carry no subject. */
const PLAIN = new Set(
  (
    'the user to for of and in on with an or your their you is it as by from that this at be can any how if using use ' +
    'into based'
  ).split(' '),
);

/**
 * How rare a word is where no vocabulary was learnt: words without a subject hardly count, and long words are rarer than short
 * ones (Zipf's law of abbreviation), up to what a rare word weighs in a learnt one.
 */
export function rarityByLength(word: string): number {
  return PLAIN.has(word) ? 0.2 : Math.min(3, 1 + word.length / 5);
}

const KINDS: Readonly<Record<string, RegExp>> = {
  explain: /\b(?:explain|explanation|clarif)/i,
  review: /\b(?:review|check|verify)/i,
  compare: /\bcompar/i,
  write: /\b(?:writ|generate|create|draft|structure|outline)/i,
  search: /\b(?:search|look up|find)/i,
  organise: /\b(?:organi[sz]|categori|manage|navigat|set(?:ting)? up)/i,
  sample: /\b(?:examples?|snippets?|sample|template)\b/i,
  trouble: /\b(?:fix|debug|errors?|resolve|troubleshoot|issues?)/i,
  integrate: /\b(?:implement|integrat)/i,
  reading: /\b(?:tutorials?|resources?|guides?|documentation|articles?)\b/i,
  suggest: /^\W*(?:suggest|recommend)/i,
  provide: /^\W*provide/i,
};

/** Facts that weigh on a task, and apart from that on a silence. */
const FACTS = [
  'asks',
  'results',
  'since-search',
  'since-error',
  'words',
  'words-five',
  'passive',
  'raw',
  'chat',
  'copy',
  'error',
  'writes',
];

/** Counts the words that a task shares; all 0 for a silence. */
export function sharedWords(
  task: string | null,
  events: readonly string[],
  { bag }: Pick<Tfidf, 'bag'>,
): Shared {
  const words = [...bag(task ?? '').keys()];
  const last = bag(events.at(-1)!);
  const before = new Set(events.slice(0, -1).flatMap((event) => [...bag(event).keys()]));
  const own = words.filter((word) => !PLAIN.has(word));
  const shared = own.filter((word) => last.has(word));
  const fresh = shared.filter((word) => !before.has(word)).length;
  const news = [...last.keys()].filter((word) => !PLAIN.has(word) && !before.has(word)).length;
  const unseen = own.filter((word) => !last.has(word) && !before.has(word)).length;
  return {
    withLast: Math.log1p(shared.length),
    fresh: Math.log1p(fresh),
    covered: fresh / Math.max(1, news),
    unseen: unseen / Math.max(1, words.length),
  };
}

/** Closest to an event that is at least two steps back. */
const nearOld = ({ near }: Situation) => Math.max(0, ...near.slice(0, -2));

/** The features by name: kind of task, what it is about, and the facts of the moment. English, in ProactiveBench's wording. */
export const SITUATED: Readonly<Record<string, (situation: Situation) => number>> = {
  nearThree: ({ near }) => Math.max(0, ...near.slice(-3)),
  nearOld,
  aboutOld: (situation) => nearOld(situation) - situation.near.at(-1)!,
  sharesWords: ({ shared }) => shared.withLast,
  sharesNew: ({ shared }) => shared.fresh,
  coversNew: ({ shared }) => shared.covered,
  unseen: ({ shared }) => shared.unseen,
  ...Object.fromEntries(
    Object.entries(KINDS).map(([name, pattern]) => [
      name,
      ({ task }: Situation) => Number(task !== null && pattern.test(task)),
    ]),
  ),
  ...Object.fromEntries(
    FACTS.flatMap((name) => [
      [`task:${name}`, ({ task, facts }: Situation) => (task === null ? 0 : (facts.get(name) ?? 0))],
      [`silent:${name}`, ({ task, facts }: Situation) => (task === null ? (facts.get(name) ?? 0) : 0)],
    ]),
  ),
};

/** Names of the facts that the features read. */
export const FACTS_READ: readonly string[] = FACTS;

/** Cosine of a task with every event; all 0 for a silence. */
export function nearness(
  task: string | null,
  events: readonly string[],
  { bag }: Pick<Tfidf, 'bag'>,
): readonly number[] {
  const words = bag(task ?? '');
  return events.map((event) => similarity(words, bag(event)));
}
