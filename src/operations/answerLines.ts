import type { Suggestion } from '../model/suggestion.ts';
import { contentWords } from '../model/topic.ts';
import type { Step } from './seen.ts';

/** Lines of one kind at most: an answer is read in a glance. */
const MOST = 5;
/** Words that stand in many tasks and tell two of them apart by nothing. */
const COMMON = new Set(
  contentWords('error exception failed type value name file files page document pdf subject 2025 2026'),
);

/** A paragraph with a heading and its lines, at most so many; nothing where there are none. */
export function list(title: string, lines: readonly string[], most = MOST): readonly string[] {
  const shown = lines.slice(0, most).map((line) => `- ${line}`);
  return shown.length > 0 ? [`${title}\n${shown.join('\n')}`] : [];
}

/** Newest first, each once. */
export function newest(lines: readonly string[]): readonly string[] {
  return [...new Set(lines.toReversed())];
}

/** Whether a text is about the task: it shares a word with the topic, two where the topic has many. */
export function aboutTask({ proposal }: Suggestion): (text: string) => boolean {
  const words = new Set(
    [...proposal.topic.split(' '), ...contentWords(proposal.topic)].filter((word) => !COMMON.has(word)),
  );
  const least = words.size > 3 ? 2 : 1;
  return (text) => contentWords(text).filter((word) => words.has(word)).length >= least;
}

/** Whether a text names the same document, with or without its program's words around it. */
export function same(title: string): (text: string) => boolean {
  const bare = title.replace(/…$/, '').toLowerCase();
  return (text) => {
    const other = text.replace(/…$/, '').toLowerCase();
    return other.includes(bare) || bare.includes(other);
  };
}

/** Names that a text quotes, in order. */
export function allQuoted(text: string): readonly string[] {
  return [...text.matchAll(/“(.+?)”/g)].map((found) => found[1]!);
}

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });
/** "09:41". */
export function timeOf(step: Step): string {
  return clock.format(step.observation.time);
}

/** "3 May 2026", in the order of the language. */
export function dayOf(at: number): string {
  return day.format(at);
}
