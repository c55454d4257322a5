import { feedbackOf, missedNeed } from '../../src/feedback/feedback.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Event } from '../../src/model/event.ts';
import type { Feedback } from '../../src/model/feedback.ts';
import { newId } from '../../src/model/id.ts';
import type { EventLog } from '../../src/model/log.ts';
import { proposal, seen, suggestion } from '../suggestions/fakes.ts';

/** When the day begins, epoch milliseconds. */
export const DAY = Date.UTC(2026, 0, 15, 9);

/** Sentences with everything that names somebody or something, and with signs that files have to escape. */
export const SENTENCES = [
  "The user saved the file 'falcon_budget-v2.xlsx' in 'falcon-launch'.",
  "The user switched to 'Code', working on the file 'router.ts' in the project 'falcon-api'.",
  "The user copied 9 words of text in Terminal: 'cp /home/marlene/falcon-launch/falcon_budget-v2.xlsx ~/Backups/x.xlsx'.",
  "The user switched to 'Terminal', working in the terminal at 'marlene@thinkbox: ~/falcon-api/src'.",
  "The user copied 9 words of text: 'see https://wiki.falconworks.io/spaces/launch?page=12 or ask Dr. Okafor'.",
  "The user is chatting in 'Priya Raman' in Slack.",
  'The user typed \'a "b" \\ \u2028 ß 日本 🎉 =1+1\'.',
];
/** What of it names somebody or something. */
export const NAMES = [
  'falcon_budget',
  'falcon-launch',
  'falcon-api',
  'marlene',
  'thinkbox',
  'falconworks',
  'Okafor',
  'Priya',
  'Raman',
];

/** Every kind of answer, each with what was seen. */
export function answers(): readonly Feedback[] {
  const made = (n: number) =>
    suggestion('compare budget', DAY + n * 60_000, {
      seen: SENTENCES.map((event, at) => seen(event, 'Code', DAY + n * 60_000 - (9 - at) * 1000)),
      proposal: proposal('compare budget', {
        task: `Compare falcon_budget-v2.xlsx with version ${n}`,
        message: 'Shall I "compare" it with what Priya Raman sent?',
        model: 'small@abc',
      }),
    });
  const say = (n: number, ...[label, reason]: [Feedback['label'], Feedback['reason']?]) =>
    feedbackOf(made(n), label, { at: DAY + n * 60_000 + 900, via: 'card', ...(reason && { reason }) });
  return [
    say(0, 'accepted'),
    say(1, 'edited'),
    say(2, 'rejected'),
    say(3, 'rejected', 'not-needed'),
    say(4, 'rejected', 'wrong'),
    say(5, 'rejected', 'too-late'),
    say(6, 'rejected', 'never-here'),
    say(7, 'ignored'),
    say(8, 'snoozed'),
    say(9, 'expired'),
    missedNeed({ seen: made(10).seen, at: DAY + 600_000 }),
    { ...missedNeed({ seen: made(11).seen, at: DAY + 660_000 }), needed: false },
  ];
}

/** One event of every kind that is exported. */
export function events(): readonly Event[] {
  const base = (n: number, monitor: string, app?: string) => ({
    id: newId(DAY + n),
    at: DAY + n * 1000,
    duration: n * 500,
    monitor,
    ...(app !== undefined && { app }),
  });
  return [
    {
      ...base(0, 'window', 'firefox'),
      kind: 'window',
      data: { title: 'Launch', page: 'https://wiki.falconworks.io/launch?page=12' },
    },
    { ...base(1, 'window', 'code'), kind: 'window', data: { title: 'router.ts - falcon-api' } },
    { ...base(2, 'idle'), kind: 'afk', data: { status: 'not-afk' } },
    {
      ...base(3, 'editor', 'code'),
      kind: 'editor',
      data: { file: 'router.ts', project: 'falcon-api', language: 'typescript' },
    },
    {
      ...base(4, 'keyboard', 'code'),
      kind: 'keyboard',
      data: { keys: 12, words: 2, corrections: 0, chords: [] },
    },
    {
      ...base(5, 'clipboard', 'code'),
      kind: 'clipboard',
      data: { content: 'text', size: 9, words: 2, text: 'ask Priya Raman' },
    },
    {
      ...base(6, 'files'),
      kind: 'file',
      data: {
        action: 'modified',
        name: 'falcon_budget-v2.xlsx',
        folder: 'falcon-launch',
        type: 'xlsx',
        size: 10,
        binary: true,
      },
    },
    { ...base(7, 'import'), kind: 'described', data: { sentence: SENTENCES[0]! } },
    { ...base(8, 'capture'), kind: 'capture', data: { state: 'started' } },
  ];
}

/** A log with the day in it. */
export async function dayLog(): Promise<EventLog> {
  const log = createMemoryLog({ now: () => DAY + 3_600_000 });
  await log.append(events());
  for (const feedback of answers()) await log.feedback(feedback);
  return log;
}
