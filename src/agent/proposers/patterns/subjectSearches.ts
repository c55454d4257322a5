import type { Proposer } from '../../../model/agent.ts';
import { contentWords, topicOf } from '../../../model/topic.ts';
import { sameSearch, type Search } from '../evidence.ts';
import { convertsAmount } from './conversions.ts';
import { capital, createPattern, inWords, listed, span } from './pattern.ts';

const WITHIN_MS = 3_600_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 1;
const LEAST = 3;
const LIFETIME_MS = 600_000;

/** Words that many searches share without being about the same thing. */
const GENERIC = new Set(
  contentWords('example tutorial error online free price review meaning guide tips file list show'),
);

/** Different questions about one subject, one after the other: one sheet answers them all. */
export function createSubjectSearches(): Proposer {
  return createPattern('subject-searches', ({ searches, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS || convertsAmount(last.query))
      return null;
    const recent = distinct(searches.filter((each) => last.at - each.at <= WITHIN_MS));
    const subject = contentWords(last.query)
      .filter((word) => word.length > 1 && !GENERIC.has(word))
      .map((word) => ({ word, on: recent.filter(({ query }) => contentWords(query).includes(word)) }))
      .filter(({ on }) => on.length >= LEAST)
      .sort((a, b) => b.on.length - a.on.length)[0];
    if (!subject) return null;
    const { on } = subject;
    const name = last.query
      .split(/[^\p{L}\p{N}_+#.]+/u)
      .find((each) => contentWords(each)[0] === subject.word);
    const said = (name ?? subject.word).replace(/[.]+$/, '');
    const queries = on.slice(-4).map(({ query }) => query);
    return {
      purpose: `Get along with “${said}”`,
      task: `Write a cheat sheet of examples on “${said}” for ${listed(queries.slice(-2))}`,
      message: `You have looked up ${inWords(on.length)} things about “${said}”. Shall I put short examples for them on one sheet?`,
      why: `${capital(inWords(on.length))} different searches about “${said}” in ${span(now - on[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Write a cheat sheet on “${said}”: one short example with one line of explanation for each of these: ${queries.map((each) => `“${each}”`).join(', ')}.`,
      },
      topic: topicOf(`subject ${said}`),
      lifetime: LIFETIME_MS,
    };
  });
}

/** Searches that ask different things; of several wordings the last. */
function distinct(searches: readonly Search[]): readonly Search[] {
  return searches.filter((each, at) => !searches.slice(at + 1).some((later) => sameWords(each, later)));
}

function sameWords(a: Search, b: Search): boolean {
  return a.topic === b.topic || (sameSearch(a.topic, b.topic) && a.topic.split(' ').length > 3);
}
