import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { connected, sameSearch } from '../evidence.ts';
import { convertsAmount } from './conversions.ts';
import { createPattern, ordinal, span } from './pattern.ts';

const WITHIN_MS = 600_000;
const FRESH_MS = 120_000;
/** The search is still what the user is at while no more than this came after it. */
const STEPS_AFTER = 1;
const LIFETIME_MS = 180_000;

/** The same thing is searched again in other words: the first wording did not find it. */
export function createRepeatedSearch(): Proposer {
  return createPattern('repeated-search', ({ searches, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    // The next amount is no other wording of the last one.
    if (convertsAmount(last.query)) return null;
    const recent = searches.filter((each) => last.at - each.at <= WITHIN_MS);
    const same = connected(recent, (a, b) => sameSearch(a.topic, b.topic));
    const wordings = [...new Map(same.map((each) => [each.query.toLowerCase(), each.query])).values()];
    if (wordings.length < 2) return null;
    const query = `${together(wordings)} example`.slice(0, 300);
    const first = same[0]!;
    return {
      purpose: `Find an answer to “${last.query}”`,
      task: `Find a worked example for “${last.query}”`,
      message: `You have looked for “${last.query}” in ${wordings.length} wordings. Shall I search for a worked example with all your words at once?`,
      why: `${ordinal(same.length)} search for this in ${span(last.at - first.at)}`,
      operation: { kind: 'search', query },
      // Of all wordings together, so that a no also holds for the next one.
      topic: topicOf(wordings.join(' ')),
      lifetime: LIFETIME_MS,
    };
  });
}

/** The newest wording, and what the older ones add to it. */
function together(wordings: readonly string[]): string {
  const words: string[] = [];
  for (const wording of wordings.toReversed()) {
    for (const word of wording.split(' ')) {
      if (!words.some((each) => each.toLowerCase() === word.toLowerCase())) words.push(word);
    }
  }
  return words.join(' ').slice(0, 280);
}
