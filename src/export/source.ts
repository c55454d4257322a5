import { AppError } from '../errors.ts';
import type { Event, EventKind } from '../model/event.ts';
import type { Decision } from '../model/decision.ts';
import type { Feedback } from '../model/feedback.ts';
import type { EventLog, Page } from '../model/log.ts';
import type { FindSecrets, Known, PseudonymBook, Pseudonyms } from './pseudonyms/book.ts';
import { createPseudonymBook } from './pseudonyms/book.ts';
import { takeEvent, takeFeedback } from './pseudonyms/apply.ts';
import type { ExportFormat } from '../model/exporting.ts';

/** Answers, and events, read at once, so that a year never stands in memory: an answer holds what was seen before it. */
const ANSWERS = 100;
const PAGE = 500;

/** What is replaced, and by what it is known. */
export interface Names {
  readonly known: Known;
  readonly findSecrets: FindSecrets;
}

/** What is read, and how. */
export interface SourceOptions {
  readonly log: EventLog;
  readonly formats: readonly ExportFormat[];
  /** Null keeps every name as it is. */
  readonly names: Names | null;
  /** Rows read and rows there are; the total is 0 while they are being counted. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Which answers are meant; all where absent. */
  readonly of?: (feedback: Feedback) => boolean;
  /** Which turns are meant, where they are written; all where absent. */
  readonly ofTurn?: (decision: Decision) => boolean;
}

/** What a first reading found: how much there is, where it begins, and the names in all of it. */
export interface Survey {
  readonly answers: number;
  /** Newest row of each kind; what comes later is left to the next export, since its names were not collected. */
  readonly newest: {
    readonly answer: string | null;
    readonly events: Readonly<Partial<Record<EventKind, string>>>;
  };
  readonly events: number;
  /** Applications with pages, and with files of an editor. */
  readonly browsers: readonly string[];
  readonly editors: readonly string[];
  readonly pseudonyms: Pseudonyms | null;
}

/** Kinds of events that an export of events holds. */
export const EVENT_KINDS = [
  'window',
  'afk',
  'editor',
  'keyboard',
  'clipboard',
  'file',
  'described',
  'capture',
] as const satisfies readonly EventKind[];

/** Reads all that will be written once, for its names and its size. Rejects as the log does, or `aborted`. */
export async function survey(options: SourceOptions): Promise<Survey> {
  const book: PseudonymBook | null = options.names && createPseudonymBook(options.names);
  const newest: Partial<Record<EventKind, string>> = {};
  const browsers = new Set<string>();
  const editors = new Set<string>();
  let newestAnswer: string | null = null;
  let answers = 0;
  let events = 0;
  if (options.formats.some((format) => format !== 'activitywatch')) {
    for await (const page of answersOf(options)) {
      newestAnswer ??= page[0]?.id ?? null;
      answers += page.length;
      if (book) for (const feedback of page) takeFeedback(book, feedback);
      options.onProgress?.(answers, 0);
    }
  }
  if (options.formats.includes('activitywatch')) {
    for (const kind of EVENT_KINDS) {
      for await (const page of eventsOf(options, kind)) {
        const [first] = page;
        if (first) newest[kind] ??= first.id;
        events += page.length;
        for (const event of page) {
          if (event.kind === 'window' && event.data.page !== undefined) browsers.add(event.app ?? '');
          if (event.kind === 'editor') editors.add(event.app ?? '');
          if (book) takeEvent(book, event);
        }
        options.onProgress?.(answers + events, 0);
      }
    }
  }
  return {
    answers,
    events,
    newest: { answer: newestAnswer, events: newest },
    browsers: [...browsers].toSorted(),
    editors: [...editors].toSorted(),
    pseudonyms: book?.seal() ?? null,
  };
}

type Reading = Pick<SourceOptions, 'log' | 'signal' | 'of'>;

/** Answers page by page, newest first, from `newest` on where given. */
export async function* answersOf(
  options: Reading,
  newest?: string | null,
): AsyncGenerator<readonly Feedback[]> {
  const { of } = options;
  const pages = from(options, newest, (before) => options.log.feedbacks({ limit: ANSWERS, ...before }));
  for await (const page of pages) yield of ? page.filter(of) : page;
}

/** Turns page by page, newest first. */
export async function* turnsOf(
  options: Pick<SourceOptions, 'log' | 'signal' | 'ofTurn'>,
): AsyncGenerator<readonly Decision[]> {
  const { log, ofTurn = () => true } = options;
  for await (const page of from(options, undefined, (before) => log.decisions({ limit: PAGE, ...before })))
    yield page.filter(ofTurn);
}

/** Events of one kind page by page, newest first, from `newest` on where given. */
export function eventsOf(
  options: Reading,
  kind: EventKind,
  newest?: string | null,
): AsyncGenerator<readonly Event[]> {
  return from(options, newest, (before) => options.log.events({ limit: PAGE, kinds: [kind], ...before }));
}

async function* from<T extends { readonly id: string }>(
  { signal }: Reading,
  newest: string | null | undefined,
  read: (before: { readonly before?: number }) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  if (newest === null) return;
  let begun = newest === undefined;
  for (let before: number | undefined; ;) {
    if (signal?.aborted) throw new AppError('aborted', '[export] stopped; nothing was written');
    const page = await read(before === undefined ? {} : { before });
    const at = begun ? 0 : page.rows.findIndex((row) => row.id === newest);
    if (at >= 0) {
      begun = true;
      if (page.rows.length > at) yield page.rows.slice(at);
    }
    if (page.next === undefined) break;
    before = page.next;
  }
  if (!begun) {
    throw new AppError(
      'aborted',
      '[export] something was forgotten while the log was read, and nothing was written: run it again',
    );
  }
}
