import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';

/** Noon of a day that is long over, epoch milliseconds: where every scene begins. */
export const START: number = Date.UTC(2026, 2, 10, 12);
const MINUTE = 60_000;

type Body = Pick<Event, 'kind' | 'data'> & { readonly app?: string; readonly duration?: number };

function scene(...steps: readonly (Body & { readonly after?: number })[]): Event[] {
  let at = START;
  return steps.map(({ after = 20_000, duration = 0, ...body }) => {
    at += after;
    return { id: newId(at), at, duration, monitor: 'test', ...body } as Event;
  });
}
const front = (title: string, app = 'Chromium', more: object = {}): Body => ({
  kind: 'window',
  app,
  data: { title, ...more },
});
const typed = (app: string, text?: string): Body => ({
  kind: 'keyboard',
  app,
  data: { keys: 60, words: 12, corrections: 0, chords: [], ...(text !== undefined && { text }) },
});
const copied = (text: string, app = 'Chromium'): Body => ({
  kind: 'clipboard',
  app,
  data: { content: 'text', size: text.length, words: text.split(/\s+/).length, text: text.slice(0, 2000) },
});
const file = (action: 'renamed' | 'modified', name: string, from?: string): Body => ({
  kind: 'file',
  data: {
    action,
    name: name.slice(0, 500),
    folder: 'Documents',
    type: 'markdown',
    size: 900,
    binary: false,
    ...(from !== undefined && { from: from.slice(0, 500) }),
  },
});
/** As a title or file name holds it: one line, no slash in a name. */
const line = (text: string) => text.replace(/\s+/g, ' ').slice(0, 900);

/** Where captured text comes from, each set so that a pattern would speak of exactly that text. */
export const CHANNELS: Readonly<Record<string, (text: string) => Event[]>> = {
  clipboard: (text) => scene(front('Inbox - Mail', 'Thunderbird'), copied(text, 'Thunderbird')),
  copiedError: (text) => scene(front('main.ts - Code', 'Code'), copied(`TypeError: ${text}`, 'XTerm')),
  title: (text) =>
    scene(
      front('Notes.md - Code', 'Code'),
      { ...front(`${line(text)} - Chromium`), duration: 12 * MINUTE },
      {
        ...front(`${line(text)} - Chromium`),
        after: 12 * MINUTE,
      },
    ),
  document: (text) =>
    scene(
      { ...front(`${line(text)}.pdf`, 'Evince'), duration: 9 * MINUTE },
      { ...front(`${line(text)}.pdf`, 'Evince'), after: 9 * MINUTE },
    ),
  search: (text) =>
    scene(
      front(`${line(text)} - Google Search - Chromium`),
      front('New Tab - Chromium'),
      front(`${line(text)} example - Google Search - Chromium`),
    ),
  page: (text) =>
    scene(
      front('Notes.md - Code', 'Code'),
      front(`${line(text).slice(0, 120)} - Chromium`, 'Chromium', {
        page: `https://forum.example.org/t/${encodeURIComponent(text).slice(0, 1500)}`,
      }),
    ),
  files: (text) =>
    scene(
      front('Documents', 'Files'),
      file('renamed', `2026-01 ${line(text)}.md`, `${line(text)}.md`),
      file('renamed', `2026-01 other ${line(text)}.md`, `other ${line(text)}.md`),
      file('renamed', `2026-01 third ${line(text)}.md`, `third ${line(text)}.md`),
    ),
  typed: (text) => scene(front('Untitled - Writer', 'Writer'), typed('Writer', text.slice(0, 2000))),
  described: (text) =>
    scene(
      { kind: 'described', data: { sentence: 'The user opens a browser.' } },
      { kind: 'described', data: { sentence: `The user searches on Google for '${line(text)}'.` } },
      { kind: 'described', data: { sentence: `The user searches on Google for '${line(text)} example'.` } },
    ),
  editor: (text) =>
    scene(
      {
        kind: 'editor',
        app: 'Code',
        data: { file: line(text).slice(0, 500), project: 'site', language: 'markdown' },
      },
      typed('Code'),
    ),
  source: (text) =>
    scene(
      ...[1, 2, 3, 4].flatMap(() => [
        front(`${line(text)} - Wikipedia - Chromium`),
        front('Essay.odt - LibreOffice Writer', 'LibreOffice'),
        typed('LibreOffice'),
      ]),
      front(`${line(text)} - Wikipedia - Chromium`),
    ),
};
