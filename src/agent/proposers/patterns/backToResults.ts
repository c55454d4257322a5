import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, ordinal, span } from './pattern.ts';

const WITHIN_MS = 900_000;
const LEAST_RETURNS = 3;
const LIFETIME_MS = 180_000;

/** The same results come to the front again and again: no page opened from them was enough. */
export function createBackToResults(): Proposer {
  return createPattern('back-to-results', ({ stays, now }) => {
    const front = stays.at(-1);
    if (!front?.query || now - front.at > 180_000) return null;
    const { query } = front;
    const looks = stays.filter((stay) => stay.query === query && now - stay.at <= WITHIN_MS);
    if (looks.length < LEAST_RETURNS) return null;
    const first = looks[0]!;
    // Only a page that came right after the results was opened from them.
    const pages = new Set(
      looks.flatMap((look) => {
        const next = stays[stays.indexOf(look) + 1]?.page;
        return next === undefined ? [] : [next];
      }),
    );
    const told = stays
      .slice(stays.indexOf(first))
      .filter((stay) => stay.page === undefined && !stay.query).length;
    if (told > looks.length + 1) return null;
    const opened = pages.size > 1 ? `, ${inWords(pages.size)} pages opened from them` : '';
    return {
      purpose: `Find what is wanted on “${query}”`,
      task: `Summarise what the results for “${query}” answer, with an example`,
      message: `You are back at the results for “${query}”. Shall I summarise the answer, with an example?`,
      why: `${ordinal(looks.length)} time at these results in ${span(now - first.at)}${opened}`,
      operation: {
        kind: 'chat',
        instruction: `Answer “${query}” in three sentences and one short example, then name what the pages that were opened did not tell. Say what is not known.`,
      },
      topic: topicOf(query),
      lifetime: LIFETIME_MS,
    };
  });
}
