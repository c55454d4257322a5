import type { Proposer } from '../../../model/agent.ts';
import { contentWords, topicOf } from '../../../model/topic.ts';
import { createPattern, ordinal, span } from './pattern.ts';

const WITHIN_MS = 2_400_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 2;
const LIFETIME_MS = 300_000;

/** What stands around a concept in a search that asks what it is. */
const ASKS_WHAT =
  /^(?:what (?:is|are|does)|define|definition of|meaning of|explain|understanding|introduction to)\s+(?:an? |the )?|\s+(?:explained(?: simply)?|meaning|definition|explanation|for (?:beginners|dummies)|mean|in simple terms|introduction)$|(?:是什么|什么意思|とは)$/gi;

/** What something is, was searched and is searched again: the first explanation did not do. */
export function createConceptAgain(): Proposer {
  return createPattern('concept-again', ({ searches, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const concept = conceptOf(last.query);
    if (concept === null) return null;
    const words = topicOf(concept);
    const before = searches.filter(
      (each) =>
        each !== last &&
        last.at - each.at <= WITHIN_MS &&
        topicOf(conceptOf(each.query) ?? each.query) === words,
    );
    if (before.length === 0) return null;
    return {
      purpose: `Understand “${concept}”`,
      task: `Explain “${concept}” in plain words, with one example`,
      message: `Shall I explain “${concept}” in plain words, with one example?`,
      why: `${ordinal(before.length + 1)} search for what this is in ${span(last.at - before[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Explain “${concept}” to somebody who meets it for the first time: two sentences without technical words, then one everyday example.`,
      },
      // Of all wordings together: a no to another search for the same is a no to this.
      topic: topicOf([...before, last].map(({ query }) => query).join(' ')),
      lifetime: LIFETIME_MS,
    };
  });
}

/** The concept that a search asks for, or null where it asks for something else. */
function conceptOf(query: string): string | null {
  const bare = query.trim().replace(ASKS_WHAT, ' ').replace(/\s+/g, ' ').trim();
  const words = contentWords(bare).length;
  return bare !== query.trim() && words > 0 && words <= 4 ? bare : null;
}
