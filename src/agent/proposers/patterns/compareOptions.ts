import type { Proposer } from '../../../model/agent.ts';
import { contentWords, topicOf } from '../../../model/topic.ts';
import type { Search } from '../evidence.ts';
import { ago, createPattern, span } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 2;
const LIFETIME_MS = 300_000;

const VERSUS = /^(.{2,60}?)\s+(?:vs\.?|versus|or|compared (?:to|with))\s+(.{2,60})$/i;
const DIFFERENCE =
  /\bdifferences? between (.{2,60}?) and (.{2,60})$|^(.{1,40}?)[和与跟](.{1,40}?)的?(?:异同|区别|对比|比较)/i;
/** What people ask of each of several things that they choose from; without it two searches are just two. */
const ASPECT =
  /\b(?:reviews?|prices?|cost|specs?|specifications?|battery(?: life)?|camera|benchmarks?|features|alternatives?|test|full text search|performance|pros and cons|rating)\b|评测|价格|参数/gi;

interface Options {
  readonly a: string;
  readonly b: string;
  readonly at: number;
  readonly why: (now: number) => string;
}

/** Two things are weighed: one search names both, or the same is asked of one after the other. */
export function createCompareOptions(): Proposer {
  return createPattern('compare-options', ({ searches, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const found = inOne(last) ?? inTwo(searches, last);
    if (!found) return null;
    return {
      purpose: `Choose between “${found.a}” and “${found.b}”`,
      task: `Compare “${found.a}” and “${found.b}” side by side`,
      message: `Shall I compare “${found.a}” and “${found.b}” in one table?`,
      why: found.why(now),
      operation: {
        kind: 'chat',
        instruction: `Compare “${found.a}” and “${found.b}” in a short table of the five points that matter most, then say in one sentence for whom each is better. Say what is not known.`,
      },
      topic: topicOf(`${found.a} ${found.b}`),
      lifetime: LIFETIME_MS,
    };
  });
}

function inOne({ query, at }: Search): Options | null {
  const named = VERSUS.exec(query) ?? DIFFERENCE.exec(query);
  // What is asked of both stands behind the second name.
  const [a, b] = (named ?? []).slice(1).flatMap((part) => (part ? [nameOf(part)] : []));
  if (!a || !b || contentWords(a).length === 0 || contentWords(b).length === 0) return null;
  return { a, b, at, why: (now) => `You searched for both in one query ${ago(now - at)}` };
}

function inTwo(searches: readonly Search[], last: Search): Options | null {
  const aspects = aspectsOf(last.query);
  const b = nameOf(last.query);
  if (aspects.size === 0 || b === '') return null;
  const first = searches.findLast((each) => {
    const a = contentWords(nameOf(each.query));
    const same = a.filter((word) => contentWords(b).includes(word)).length;
    return (
      each !== last &&
      last.at - each.at <= WITHIN_MS &&
      [...aspectsOf(each.query)].some((aspect) => aspects.has(aspect)) &&
      a.length > 0 &&
      same < Math.max(a.length, contentWords(b).length) &&
      same < contentWords(b).length
    );
  });
  if (!first) return null;
  const aspect = [...aspects][0]!;
  return {
    a: nameOf(first.query),
    b,
    at: first.at,
    why: () => `You asked for “${aspect}” of both within ${span(last.at - first.at)}`,
  };
}

function aspectsOf(query: string): ReadonlySet<string> {
  return new Set([...query.matchAll(ASPECT)].map(([aspect]) => aspect.toLowerCase()));
}

function nameOf(query: string): string {
  return query.replace(ASPECT, ' ').replace(/\s+/g, ' ').trim();
}
