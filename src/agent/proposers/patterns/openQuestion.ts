import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { createPattern, span } from './pattern.ts';

const WITHIN_MS = 1_800_000;
/** A pause after a question: it waits for its answer. */
const PAUSE_MS = 60_000;
const MOST_MS = 900_000;
const LIFETIME_MS = 600_000;
const REPLY = /^(?:(?:re|aw|sv|fw|fwd)\s*:\s*)+/i;
const QUESTION = /([^.!?\n]{8,110}\?)\s*[^.!?\n]{0,20}$/;

/** A draft stands still at a question: in the subject that is answered, or in the words that were typed last. */
export function createOpenQuestion(): Proposer {
  return createPattern('open-question', ({ desk, now }) => {
    const front = desk.windows.at(-1);
    if (!front) return null;
    const asked = inSubject(desk, front, now) ?? inText(desk, front, now);
    if (!asked) return null;
    const { question, where, since } = asked;
    return {
      purpose: `Answer “${question}”`,
      task: `Draft an answer to “${question}”`,
      message: `“${question}” is still open in ${where}. Shall I draft an answer to it?`,
      why: `This question has stood in ${where} for ${span(now - since)}`,
      operation: {
        kind: 'chat',
        instruction: `Draft a short answer to “${question}”, from what was seen in the last steps. Leave a gap in angle brackets for every fact that is not known.`,
      },
      topic: topicOf(question),
      lifetime: LIFETIME_MS,
    };
  });
}

type Asked = { readonly question: string; readonly where: string; readonly since: number } | null;
type Front = Parameters<typeof spentIn>[1];
type Desks = Parameters<typeof spentIn>[0];

/** The subject of the mail that is answered is a question, and the answer has taken minutes. */
function inSubject(desk: Desks, front: Front, now: number): Asked {
  const subject = front.draft?.replace(REPLY, '').trim();
  if (!subject?.endsWith('?') || front.draft === subject) return null;
  const { ms, first } = spentIn(desk, front, now);
  const words = desk.keys
    .filter(({ window, at }) => at >= first && desk.windows[window]?.title === front.title)
    .reduce((sum, each) => sum + each.words, 0);
  if (ms < PAUSE_MS * 2 || ms > MOST_MS || words > 40) return null;
  return { question: subject, where: 'your reply', since: first };
}

/** The last words typed are a question, and nothing was written since. */
function inText(desk: Desks, front: Front, now: number): Asked {
  const last = desk.keys.findLast(({ words, text }) => words > 2 || text !== undefined);
  const question = last?.text ? clean(QUESTION.exec(last.text.trim())?.[1]?.trim() ?? '') : '';
  const file = last && desk.windows[last.window]?.file;
  if (!last || question === '' || !file || front.file !== file) return null;
  if (now - last.at < PAUSE_MS || now - last.at > MOST_MS) return null;
  return { question, where: `“${file}”`, since: last.at };
}

/** How long a window has been in front within the last half hour, and since when. */
function spentIn(
  desk: {
    readonly windows: readonly {
      readonly at: number;
      readonly until: number;
      readonly title: string;
      readonly draft?: string;
      readonly file?: string;
    }[];
    readonly keys: readonly {
      readonly at: number;
      readonly words: number;
      readonly text?: string;
      readonly window: number;
    }[];
  },
  front: (typeof desk.windows)[number],
  now: number,
): { readonly ms: number; readonly first: number } {
  const same = desk.windows.filter(({ title, at }) => title === front.title && now - at <= WITHIN_MS);
  return {
    ms: same.reduce((sum, { at, until }) => sum + until - at, 0),
    first: same[0]?.at ?? now,
  };
}
