import type { StudyChange, StudyFile } from '../model/study.ts';
import { lastDay } from '../model/studyLine.ts';

/** Characters a line; long paragraphs are broken between words. */
const WIDTH = 88;

/** The consent as a participant reads it on the terminal. The file's schema lets no control character through. */
export function consentLines(file: StudyFile, participant: string, until: number): string[] {
  const { title, receiver, consent, questions, asks, arms, typedApps, sources } = file;
  return [
    title,
    '',
    ...consent.split('\n').flatMap(wrapped),
    '',
    ...wrapped(`Who receives the data: ${receiver}. Nothing is sent by itself: you hand over the archive.`),
    `You take part as: ${participant}`,
    `Until: ${lastDay(until)}; you can end it earlier, at any time`,
    ...(sources ? wrapped(`May be watched meanwhile: ${sources.only.join(', ')}`) : []),
    `Typed text: ${typedApps.length > 0 ? `only in ${typedApps.join(', ')}, where you chose it yourself` : 'none'}`,
    ...(arms ? wrapped(`How the assistant works changes by ${arms.by}; which way is not shown.`) : []),
    ...(questions.length > 0
      ? [
          `Questions after an answer, at most ${asks.perDay} times a day, each can be skipped:`,
          ...questions.flatMap((each) => wrapped(`- ${each.text}`)),
        ]
      : []),
    '',
  ];
}

/** What changes in the settings, one line each. */
export function changeLines(changes: readonly StudyChange[]): string[] {
  if (changes.length === 0) return ['Your settings stay as they are.'];
  return [
    'What changes in your settings until it ends, and is put back then:',
    ...changes.map(({ setting, before, after }) => `  ${setting}: ${words(before)} -> ${words(after)}`),
  ];
}

function words(value: StudyChange['before']): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(words).join(', ');
  // A setting of the participant's own may hold anything.
  return (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\p{Cc}/gu, '?');
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
