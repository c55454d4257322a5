import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { sortOf } from './pageInFront.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 2_400_000;
const FRESH_MS = 180_000;
const LEAST_VISITS = 3;
const LIFETIME_MS = 600_000;

/** The same page of a manual is looked up again and again while a file is written. */
export function createManualRevisited(): Proposer {
  return createPattern('manual-revisited', ({ stays, now }) => {
    const visits = stays.filter(
      (stay) => stay.page !== undefined && sortOf(stay.page) === 'manual' && now - stay.at <= WITHIN_MS,
    );
    const last = visits.at(-1);
    if (!last?.page || last.back > 3 || now - last.at > FRESH_MS) return null;
    const same = visits.filter(({ page }) => page === last.page);
    const first = same[0]!;
    const work = stays.findLast((stay) => stay.work !== undefined && stay.at > first.at)?.work;
    if (same.length < LEAST_VISITS || work === undefined) return null;
    return {
      purpose: `Use “${last.page}” in “${work}”`,
      task: `Write a cheat sheet with examples of “${last.page}” for “${work}”`,
      message: `You keep looking up “${last.page}”. Shall I write a cheat sheet with examples for “${work}”?`,
      why: `You went to this page ${inWords(same.length)} times in ${span(now - first.at)}, between changes to “${work}”`,
      operation: {
        kind: 'chat',
        instruction: `Write a cheat sheet for what “${last.page}” covers: at most six short examples, each with one line of explanation, as they would be used in “${work}”.`,
      },
      topic: topicOf(last.page),
      lifetime: LIFETIME_MS,
    };
  });
}
