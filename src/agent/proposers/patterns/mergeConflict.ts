import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { ago, createPattern } from './pattern.ts';

const FRESH_MS = 240_000;
const LIFETIME_MS = 600_000;
const COPIED = /CONFLICT \([\w/ -]{1,40}\):[^\n]{0,200}?\bin (\S{1,120})/;
const MERGING = /^Merging:? (\S{1,120})/i;
const TITLE = /\bmerge conflicts?\b|\bresolve conflicts\b|\(merging\)|\|MERGING\b|\|REBASE\b/i;

/** Two versions of a file cannot be joined: the copied line says so, or the editor's merge view is in front. */
export function createMergeConflict(): Proposer {
  return createPattern('merge-conflict', ({ desk, now }) => {
    const front = desk.windows.at(-1);
    const copy = desk.copies.at(-1);
    const copied = copy && now - copy.at <= FRESH_MS ? COPIED.exec(copy.text)?.[1] : undefined;
    const works = front && ['editor', 'terminal', 'page'].includes(front.kind) && now - front.at <= FRESH_MS;
    const titled = works
      ? (MERGING.exec(front.title)?.[1] ?? (TITLE.test(front.title) ? front.title : null))
      : null;
    const what = copied ? (clean(copied).split('/').at(-1) ?? '') : titled;
    if (!what) return null;
    const at = copied ? copy!.at : front!.at;
    return {
      purpose: 'Resolve a merge conflict',
      task: `Explain how to resolve the merge conflict in “${what}”, step by step`,
      message: `Shall I explain how to resolve the merge conflict in “${what}”, step by step?`,
      why: `${copied ? 'You copied the line about this conflict' : 'The conflict came to the front'} ${ago(now - at)}`,
      operation: {
        kind: 'chat',
        instruction: `Explain in at most six steps how to resolve a merge conflict in “${what}”: how to read both sides, keep what is needed of each, check the result, and how to go back.`,
      },
      topic: topicOf(`merge conflict ${what}`),
      lifetime: LIFETIME_MS,
    };
  });
}
