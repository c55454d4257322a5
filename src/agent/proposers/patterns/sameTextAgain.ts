import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean, errorIn } from '../../steps.ts';
import { capital, createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 3_600_000;
const FRESH_MS = 120_000;
const LEAST = 3;
/** A short word is copied often without being boilerplate. */
const LEAST_LETTERS = 24;
const LIFETIME_MS = 600_000;

/** The same lines are copied, or typed, again and again: a template with gaps replaces them. */
export function createSameTextAgain(): Proposer {
  return createPattern('same-text-again', ({ desk, now }) => {
    const texts = [
      ...desk.copies,
      ...desk.keys.flatMap((each) => (each.text ? [{ ...each, text: each.text }] : [])),
    ]
      .filter(
        ({ at, text }) =>
          now - at <= WITHIN_MS && text.trim().length >= LEAST_LETTERS && errorIn(text, true) === null,
      )
      .sort((a, b) => a.at - b.at);
    const last = texts.at(-1);
    if (!last || now - last.at > FRESH_MS) return null;
    const bare = plain(last.text);
    const same = texts.filter(({ text }) => plain(text) === bare);
    // The same text twice in one window is a slip of the hand.
    if (same.length < LEAST || new Set(same.map(({ window }) => window)).size < LEAST) return null;
    const line = clean(last.text.trim().split('\n')[0]!);
    return {
      purpose: 'Stop writing the same lines again',
      task: `Turn “${line}” into a template to reuse`,
      message: `You have put in “${line}” ${inWords(same.length)} times. Shall I turn it into a template with gaps for what changes?`,
      why: `${capital(inWords(same.length))} times the same ${last.text.trim().split('\n').length > 1 ? 'lines' : 'line'} in ${span(now - same[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Turn this text, which is put in again and again, into a template: the same words with a gap in angle brackets wherever something is likely to change. “${clean(last.text)}”`,
      },
      topic: topicOf(`template ${line}`),
      lifetime: LIFETIME_MS,
    };
  });
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}
