import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { sortOf } from './pageInFront.ts';
import { ago, createPattern } from './pattern.ts';

const AFTER_ERROR_MS = 1_200_000;
const MOST_MS = 300_000;
const LIFETIME_MS = 300_000;

/** After an error, what changed in a new version is looked up. */
export function createVersionChanges(): Proposer {
  return createPattern('version-changes', ({ stays, errors, now }) => {
    const front = stays.at(-1);
    const error = errors.findLast((each) => each.via !== 'title');
    if (!front?.page || !error || sortOf(front.page) !== 'changes') return null;
    if (front.at - error.at > AFTER_ERROR_MS || error.at > front.at || now - front.at > MOST_MS) return null;
    return {
      purpose: 'Find the change that broke something',
      task: `List what in “${front.page}” could cause “${error.text}”, and the fix`,
      message: `Shall I list what in “${front.page}” could cause “${error.text}”?`,
      why: `You met this error ${ago(now - error.at)} and now look up what changed`,
      operation: {
        kind: 'chat',
        instruction: `Name the changes between versions that most often cause this error, and how to adapt to each: “${error.text}”. The page in front is “${front.page}”. Say what is not known.`,
      },
      topic: topicOf(`${front.page} ${error.text}`),
      lifetime: LIFETIME_MS,
    };
  });
}
