import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { pageFromSearch, sortOf } from './pageInFront.ts';
import { createPattern, span } from './pattern.ts';

const LEAST_MS = 15_000;
const MOST_MS = 480_000;
/** Work that was left no longer ago is what the manual is read for. */
const FROM_WORK_MS = 1_800_000;
const LIFETIME_MS = 300_000;

/** A page of a manual is read for the work at hand: what it says, with an example in the work's own terms. */
export function createManualExample(): Proposer {
  return createPattern('manual-example', (evidence) => {
    const { stays, now } = evidence;
    const front = stays.at(-1);
    if (!front?.page || sortOf(front.page) !== 'manual') return null;
    const ms = now - front.at;
    if (ms > MOST_MS || (ms < LEAST_MS && front.steps < 2)) return null;
    const query = pageFromSearch(evidence)?.query;
    const work = stays.findLast(
      (stay) => stay.work !== undefined && front.at - stay.until <= FROM_WORK_MS,
    )?.work;
    if (query === undefined) return null;
    const fits = work === undefined ? '' : ` that fits “${work}”`;
    return {
      purpose: `Use “${front.page}”`,
      task: `Summarise “${front.page}” with a code example for “${query}”`,
      message: `Shall I summarise “${front.page}” with an example of “${query}”${fits}?`,
      why: `You have read this page for ${span(ms)} after your search${work === undefined ? '' : `, with “${work}” open`}`,
      operation: {
        kind: 'chat',
        instruction: `Say in three short points what “${front.page}” is about, then show one short example for “${query}”${fits}. Say so where only the title is known.`,
      },
      topic: topicOf(`${front.page} ${query}`),
      lifetime: LIFETIME_MS,
    };
  });
}
