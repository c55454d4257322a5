import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 3_600_000;
const LEAST_SAVES = 2;
const FRESH_MS = 180_000;
const LIFETIME_MS = 600_000;
const TODO = /\b(?:TODO|FIXME|TBD|XXX)\b[:(]?\s*([^\n]{0,100})/;

/** Something was marked as still to do, and the file has been saved again and again since. */
export function createTodoLeft(): Proposer {
  return createPattern('todo-left', ({ desk, now }) => {
    const marked = desk.keys.findLast(
      ({ text, at }) => text !== undefined && TODO.test(text) && now - at <= WITHIN_MS,
    );
    const file = marked && desk.windows[marked.window]?.file;
    if (!marked?.text || !file || desk.windows.at(-1)?.file !== file) return null;
    const first = desk.keys.find(
      ({ text, window }) => text && TODO.test(text) && desk.windows[window]?.file === file,
    )!;
    const saves = desk.files.filter(
      ({ action, name, at }) => action === 'modified' && clean(name) === file && at >= first.at,
    );
    const last = saves.at(-1);
    if (!last || saves.length < LEAST_SAVES || now - last.at > FRESH_MS) return null;
    const what = clean(TODO.exec(marked.text)![1]!).trim();
    const named = what === '' ? `what is still to do in “${file}”` : `“${what}” in “${file}”`;
    return {
      purpose: `Finish “${file}”`,
      task: `Suggest how to do ${named}, with an example`,
      message: `“${file}” still has something to do. Shall I suggest how to do ${named}?`,
      why: `You marked it ${span(now - first.at)} ago and have saved this file ${inWords(saves.length)} times since`,
      operation: {
        kind: 'chat',
        instruction: `Suggest in at most five lines, with one short example, how to do ${named}.`,
      },
      topic: topicOf(`todo ${file} ${what}`),
      lifetime: LIFETIME_MS,
    };
  });
}
