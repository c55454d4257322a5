import type { Proposer } from '../../../model/agent.ts';
import { contentWords, topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 240_000;
/** Times that one gave way to the other. */
const LEAST_SWITCHES = 3;
const FILE = /\.(?:pdf|docx?|odt|epub|pptx?|odp|rtf|md)\b/i;
const LIFETIME_MS = 600_000;

/** Two things to read take turns in front, with or without something written between. */
export function createTwoSources(): Proposer {
  return createPattern('two-sources', ({ stays, now }) => {
    const read = stays.filter((stay) => stay.page !== undefined && now - stay.at <= WITHIN_MS);
    const last = read.at(-1);
    if (!last?.page || last.back > 3 || now - last.at > FRESH_MS) return null;
    const other = read.findLast(({ page }) => page !== last.page)?.page;
    if (other === undefined) return null;
    const turns = read.filter(({ page }) => page === last.page || page === other);
    let switches = 0;
    for (const [at, { page }] of turns.entries()) if (at > 0 && page !== turns[at - 1]!.page) switches += 1;
    if (switches < LEAST_SWITCHES || !together(last.page, other)) return null;
    return {
      purpose: `Weigh “${last.page}” against “${other}”`,
      task: `Compare “${other}” and “${last.page}” point by point`,
      message: `You go back and forth between “${other}” and “${last.page}”. Shall I compare them point by point?`,
      why: `You switched between the two ${inWords(switches)} times in ${span(now - turns[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Compare “${other}” and “${last.page}” in a short table: what each covers, where they agree, where they differ. Use what was seen of them; say so where only the titles are known.`,
      },
      topic: topicOf(`${other} ${last.page}`),
      lifetime: LIFETIME_MS,
    };
  });
}

/** Two files, or two pages about one thing; a radio and a front page that take turns are no sources. */
function together(a: string, b: string): boolean {
  if (FILE.test(a) && FILE.test(b)) return true;
  const words = contentWords(b);
  return contentWords(a).some((word) => words.includes(word));
}
