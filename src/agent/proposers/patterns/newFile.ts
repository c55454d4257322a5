import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { ago, createPattern } from './pattern.ts';

/** Who writes at once needs nothing. */
const LEAST_MS = 20_000;
const FRESH_MS = 180_000;
/** More than this and the writer has begun without help. */
const MOST_WORDS = 12;
const LIFETIME_MS = 240_000;
const WRITTEN =
  /\.(?:py|ipynb|r|jl|[jt]sx?|rb|go|rs|php|sql|sh|html?|css|md|txt|tex|odt|docx?|ya?ml|toml|java|kt|c|cpp|cs)$/i;

/** A file was created empty and is in front, with hardly a word in it: a template to begin from. */
export function createNewFile(): Proposer {
  return createPattern('new-file', ({ stays, desk, now }) => {
    const work = stays.at(-1)?.work;
    if (work === undefined || !WRITTEN.test(work)) return null;
    const made = desk.files.findLast(({ action, name }) => action === 'created' && clean(name) === work);
    if (!made || made.size > 0 || now - made.at < LEAST_MS || now - made.at > FRESH_MS) return null;
    const words = desk.keys.filter(({ at }) => at >= made.at).reduce((sum, each) => sum + each.words, 0);
    if (words > MOST_WORDS) return null;
    const where = made.folder ? ` in “${made.folder}”` : '';
    return {
      purpose: `Begin “${work}”`,
      task: `Write a template to begin “${work}” from`,
      message: `“${work}” is still empty. Shall I write a template to begin from?`,
      why: `You created this file${where} ${ago(now - made.at)}, and it is empty`,
      operation: {
        kind: 'chat',
        instruction: `Write a short template to begin the file “${work}” from, as its name and the last steps suggest: at most fifteen lines, with a comment where something is to be filled in.`,
      },
      topic: topicOf(`template ${work}`),
      lifetime: LIFETIME_MS,
    };
  });
}
