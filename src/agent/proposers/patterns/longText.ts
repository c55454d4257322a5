import type { Proposer } from '../../../model/agent.ts';
import type { Operation } from '../../../model/proposal.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { readableFile } from '../fileRef.ts';
import { createPattern, span } from './pattern.ts';

const WITHIN_MS = 3_600_000;
const FRESH_MS = 180_000;
const LEAST_WORDS = 250;
const LIFETIME_MS = 900_000;
const PROSE = /\.(?:odt|docx?|rtf|md|txt|tex)$/i;

/** Many words went into one text and it was just saved: a summary shows whether it says what it should. */
export function createLongText(): Proposer {
  return createPattern('long-text', ({ desk, now }) => {
    const file = desk.windows.at(-1)?.file;
    if (file === undefined || !PROSE.test(file)) return null;
    const here = desk.keys.filter(
      ({ at, window }) => now - at <= WITHIN_MS && desk.windows[window]?.file === file,
    );
    const words = here.reduce((sum, each) => sum + each.words, 0);
    const saved = desk.files.findLast(({ name, action }) => action === 'modified' && clean(name) === file);
    if (words < LEAST_WORDS || !saved || now - saved.at > FRESH_MS) return null;
    const read = readableFile(desk, file);
    const operation: Operation = read
      ? { kind: 'read', file: read }
      : {
          kind: 'chat',
          instruction: `Review the text “${file}” from what was seen of it: a summary in three points, what a reader may miss, and what could go. Say so where only the name is known.`,
        };
    return {
      purpose: `Finish “${file}”`,
      task: `Summarise “${file}” to review what it says`,
      message: `You have written a good part of “${file}”. Shall I summarise it, so that you see what it says?`,
      why: `You wrote ${words} words here in ${span(now - here[0]!.at)} and have just saved them`,
      operation,
      topic: topicOf(`review ${file}`),
      lifetime: LIFETIME_MS,
    };
  });
}
