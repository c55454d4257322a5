import type { Proposer } from '../../../model/agent.ts';
import { sameTopic, topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 2_400_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 1;
const LIFETIME_MS = 240_000;

/** The same error is back after the file was changed: what was tried did not help, so other causes may. */
export function createErrorReturns(): Proposer {
  return createPattern('error-returns', ({ errors, stays, now }) => {
    const seen = errors.filter((each) => each.via === 'copied' || each.via === 'shown');
    const last = seen.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const words = topicOf(last.text);
    const same = seen.filter(
      (each) => last.at - each.at <= WITHIN_MS && sameTopic(topicOf(each.text), words),
    );
    const first = same[0]!;
    const change = stays.findLast(
      (stay) => stay.work !== undefined && stay.at > first.at && stay.at < last.at,
    );
    if (same.length < 2 || !change?.work) return null;
    return {
      purpose: 'Get past an error that comes back',
      task: `List other causes of “${last.text}” to check, and the fix for each`,
      message: `“${last.text}” is back after your changes to “${change.work}”. Shall I list its other causes, with the fix for each?`,
      why: `The same error ${inWords(same.length)} times in ${span(last.at - first.at)}, with changes to “${change.work}” between`,
      operation: {
        kind: 'chat',
        instruction: `This error came back after a change to “${change.work}”: “${last.text}”. List its four most likely causes, the likeliest first, each with one check and one fix.`,
      },
      topic: words,
      lifetime: LIFETIME_MS,
    };
  });
}
