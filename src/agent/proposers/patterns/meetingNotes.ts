import type { Proposer } from '../../../model/agent.ts';
import type { Operation } from '../../../model/proposal.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { readableFile } from '../fileRef.ts';
import { createPattern, span } from './pattern.ts';

const WITHIN_MS = 5_400_000;
const FRESH_MS = 300_000;
const LEAST_WORDS = 50;
const LIFETIME_MS = 1_800_000;
const NOTES =
  /\b(?:meeting|minutes|stand-?up|kick-?off|retro(?:spective)?|one-on-one|1-1|sync|board|protokoll|besprechung|notulen|réunion)\b/i;

/** Notes of a meeting were written and saved: who does what by when is what is needed of them next. */
export function createMeetingNotes(): Proposer {
  return createPattern('meeting-notes', ({ desk, now }) => {
    const written = desk.windows.findLast(
      ({ kind, title, file }) =>
        (kind === 'editor' || kind === 'page') && NOTES.test((file ?? title).replace(/[_-]/g, ' ')),
    );
    if (!written) return null;
    const name = written.file ?? written.title;
    const here = desk.keys.filter(
      ({ window, at }) =>
        now - at <= WITHIN_MS && (desk.windows[window]?.file ?? desk.windows[window]?.title) === name,
    );
    const words = here.reduce((sum, each) => sum + each.words, 0);
    const saved = desk.files.findLast(
      ({ name: each, action }) => action !== 'deleted' && clean(each) === name,
    );
    const done = saved?.at ?? here.findLast((each) => each.saved)?.at;
    if (words < LEAST_WORDS || done === undefined || now - done > FRESH_MS || done < here[0]!.at) return null;
    const file = saved && readableFile(desk, name);
    const operation: Operation = file
      ? { kind: 'read', file }
      : {
          kind: 'chat',
          instruction: `Make a list of actions from the notes “${name}”: who does what by when, one a line, with a gap where it is not said. Use what was seen of them; say so where only the name is known.`,
        };
    return {
      purpose: `Follow up “${name}”`,
      task: `Summarise “${name}” with the actions: who does what by when`,
      message: `You have written “${name}”. Shall I summarise it with the actions: who does what by when?`,
      why: `You wrote ${words} words of notes in ${span(now - here[0]!.at)} and saved them`,
      operation,
      topic: topicOf(`actions ${name}`),
      lifetime: LIFETIME_MS,
    };
  });
}
