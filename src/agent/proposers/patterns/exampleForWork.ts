import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { ago, createPattern } from './pattern.ts';

/** What is searched from the work belongs to it while the work was left no longer ago. */
const FROM_WORK_MS = 1_200_000;
const FRESH_MS = 120_000;
const STEPS_AFTER = 1;
const LIFETIME_MS = 180_000;

/** Queries that ask how something is done. */
const HOW =
  /\bhow (?:to|do|does|can|could|should)\b|\b(?:examples?|syntax|snippet|tutorial|in (?:python|ruby|rust|go|java|javascript|typescript|c|r|sql|css|php|bash))\b|如何|怎么|教程|用法|使い方|\b(?:python|pandas|numpy|javascript|js|css|html|react|ruby|rust|golang|java|php|sql|latex|regex|bash)\b/i;

/** The way to do something is searched from a file that is being worked on: an example is what helps there. */
export function createExampleForWork(): Proposer {
  return createPattern('example-for-work', ({ searches, stays, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS || !HOW.test(last.query)) return null;
    const from = stays.findLast((stay) => stay.work !== undefined && stay.at <= last.at);
    if (!from?.work || last.at - from.until > FROM_WORK_MS) return null;
    return {
      purpose: `Do “${last.query}” in “${from.work}”`,
      task: `Show a short worked example for “${last.query}”`,
      message: `Shall I show a short worked example for “${last.query}” that fits “${from.work}”?`,
      why: `You went from “${from.work}” to search for this ${ago(now - last.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Show one short worked example for “${last.query}” that fits the file “${from.work}”, then explain it in two sentences.`,
      },
      topic: topicOf(last.query),
      lifetime: LIFETIME_MS,
    };
  });
}
