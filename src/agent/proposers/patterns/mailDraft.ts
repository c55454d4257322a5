import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 3_600_000;
const LEAST_VISITS = 3;
const LEAST_MS = 240_000;
const LIFETIME_MS = 900_000;

/** A mail is written on, left and taken up again: finding the words is what takes the time. */
export function createMailDraft(): Proposer {
  return createPattern('mail-draft', ({ desk, now }) => {
    const front = desk.windows.at(-1);
    if (!front?.draft) return null;
    const visits = desk.windows.filter(({ draft, at }) => draft === front.draft && now - at <= WITHIN_MS);
    const ms = visits.reduce((sum, { at, until }) => sum + until - at, 0);
    if (visits.length < LEAST_VISITS || ms < LEAST_MS) return null;
    const { draft } = front;
    return {
      purpose: `Finish the mail “${draft}”`,
      task: `Write a short version of the mail “${draft}” to finish it`,
      message: `You have come back to the mail “${draft}” ${inWords(visits.length)} times. Shall I write a short version to start from?`,
      why: `This mail has taken ${span(ms)} in ${inWords(visits.length)} visits and is not sent`,
      operation: {
        kind: 'chat',
        instruction: `Write a short, friendly mail with the subject “${draft}”: at most six sentences, with a gap in angle brackets for every fact that is not known.`,
      },
      topic: topicOf(`mail ${draft}`),
      lifetime: LIFETIME_MS,
    };
  });
}
