import type { Proposer } from '../../../model/agent.ts';
import { sameTopic, topicOf } from '../../../model/topic.ts';
import { connected, sameSearch, type ErrorSeen } from '../evidence.ts';
import { createPattern, inWords, ordinal, span } from './pattern.ts';

const FRESH_MS = 180_000;
/** What is done next but one is about something else. */
const STEPS_AFTER = 1;
const LIFETIME_MS = 180_000;
/** Errors of a call with wrong arguments: the fixed call is the whole answer. */
const OF_A_CALL = /\b(?:Type|Key|Value|Attribute|Name|Index|Argument|Lookup)Error\b/;
/** Searches about errors in general are no errors. */
const IN_GENERAL =
  /\berror[- ](?:handling|bars?|rates?|correct\w*|propagation|analysis|boundar\w+|codes? list|logging|pages?)\b|\b(?:margin of|standard|human|trial and|type i+) errors?\b|\bwithout errors?\b|\bbest practices?\b/i;

/** An error was copied, searched or stands on screen, a moment ago. */
export function createError(): Proposer {
  return createPattern('error', ({ errors, now }) => {
    const told = errors.filter((each) => !IN_GENERAL.test(each.text));
    const last = told.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const same = connected(told, sameError);
    const fix = OF_A_CALL.test(last.text) ? 'the fixed call' : 'the fix';
    return {
      purpose: 'Get past an error',
      task: `Explain “${last.text}” and show ${fix}`,
      message: `Shall I explain “${last.text}” and show ${fix}?`,
      why: why(last, same, now),
      operation: {
        kind: 'chat',
        instruction: `Explain in two sentences what causes this error, then show ${fix} as one short example: “${last.text}”`,
      },
      // Of all its wordings together, so that a no also holds for the next one.
      topic: topicOf(same.map((each) => each.text).join(' ')),
      lifetime: LIFETIME_MS,
    };
  });
}

/** Two searches may word one error differently; two messages that differ are two errors. */
function sameError(a: ErrorSeen, b: ErrorSeen): boolean {
  const alike = a.via === 'searched' && b.via === 'searched' ? sameSearch : sameTopic;
  return alike(topicOf(a.text), topicOf(b.text));
}

function why(last: ErrorSeen, same: readonly ErrorSeen[], now: number): string {
  const times =
    same.length > 1 ? `, seen ${inWords(same.length)} times in ${span(last.at - same[0]!.at)}` : '';
  const ago = now - last.at < 5000 ? 'just now' : `${span(now - last.at)} ago`;
  switch (last.via) {
    case 'copied':
      return `You copied this error ${ago}${times}`;
    case 'searched': {
      const searches = same.filter((each) => each.via === 'searched');
      return searches.length > 1
        ? `${ordinal(searches.length)} search for this error in ${span(last.at - searches[0]!.at)}`
        : `You searched for this error ${ago}${times}`;
    }
    case 'title':
      return `The window in front is about this error${times}`;
    case 'shown':
      return `This error came up ${ago}${times}`;
  }
}
