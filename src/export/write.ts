import type { Event } from '../model/event.ts';
import type { Feedback } from '../model/feedback.ts';
import { BUCKET_LINES, bucketEvent, type BucketHead, bucketsOf } from './activityWatch.ts';
import { csvHeader, csvRows } from './csv.ts';
import { BUCKETS_FILE, fileOf, lineFormat, strictJson } from './formats.ts';
import type { ExportFormat, LeftOut, Replaced } from '../model/exporting.ts';
import type { NewFile } from './newFile.ts';
import { pseudonymousEvent, pseudonymousFeedback } from './pseudonyms/apply.ts';
import { turnRow } from '../model/studyRows.ts';
import { answersOf, eventsOf, turnsOf, type SourceOptions, type Survey } from './source.ts';
import type { Wording } from './wording.ts';

/** What became of the answers in one format. */
export interface Written {
  rows: number;
  readonly leftOut: Partial<Record<LeftOut, number>>;
}

/** Which model and prompt stand behind how many answers. */
export type AnsweredBy = { model: string | null; promptVersion: string | null; answers: number };

/** What writing needs beside what reading does. */
export interface WriteOptions extends SourceOptions {
  readonly wording: Wording;
  /** Name of this machine in buckets. */
  readonly hostname: string;
  /** ISO 8601. */
  readonly created: string;
}

/** Writes every format of answers in one reading; `create` makes a file, which the caller ends. */
export async function writeAnswers(
  options: WriteOptions,
  found: Survey,
  create: (name: string, format: ExportFormat) => Promise<NewFile>,
): Promise<{
  readonly formats: Readonly<Partial<Record<ExportFormat, Written>>>;
  readonly by: readonly AnsweredBy[];
}> {
  const formats = options.formats.filter((format) => format !== 'activitywatch' && format !== 'study-turns');
  const counts: Partial<Record<ExportFormat, Written>> = {};
  const by = new Map<string, AnsweredBy>();
  if (formats.length === 0) return { formats: counts, by: [] };
  const files: { readonly format: ExportFormat; readonly file: NewFile }[] = [];
  for (const format of formats) files.push({ format, file: await create(fileOf(format), format) });
  for (const { format, file } of files) if (format === 'csv') await file.write(csvHeader());
  let done = 0;
  for await (const page of answersOf(options, found.newest.answer)) {
    const rows = page.map((feedback) => asItLeaves(feedback, found));
    for (const { format, file } of files) {
      const count = (counts[format] ??= { rows: 0, leftOut: {} });
      await file.write(textOf(format, rows, options.wording, count));
    }
    for (const row of rows) note(by, row);
    done += page.length;
    options.onProgress?.(done, found.answers + found.events);
  }
  for (const format of formats) counts[format] ??= { rows: 0, leftOut: {} };
  return { formats: counts, by: [...by.values()] };
}

/** Writes the turns of a study: times and numbers, no word of what was seen. */
export async function writeTurns(
  options: SourceOptions,
  create: (name: string, format: ExportFormat) => Promise<NewFile>,
): Promise<Written> {
  const file = await create(fileOf('study-turns'), 'study-turns');
  const written: Written = { rows: 0, leftOut: {} };
  for await (const page of turnsOf(options)) {
    await file.write(page.map((each) => `${JSON.stringify(turnRow(each))}\n`).join(''));
    written.rows += page.length;
  }
  return written;
}

/** Writes the events as ActivityWatch's buckets. */
export async function writeEvents(
  options: WriteOptions,
  found: Survey,
  create: (name: string, format: ExportFormat) => Promise<NewFile>,
): Promise<Written> {
  const file = await create(BUCKETS_FILE, 'activitywatch');
  const written: Written = { rows: 0, leftOut: {} };
  await file.write(BUCKET_LINES.open);
  let open: BucketHead | null = null;
  for await (const { head, rows } of bucketRows(options, found)) {
    let text = '';
    for (const { event, after } of rows) {
      const begins = open?.id !== head.id;
      if (begins) text += (open ? BUCKET_LINES.end : '') + BUCKET_LINES.head(head, open === null);
      text += BUCKET_LINES.event(strictJson(bucketEvent(event, after)), begins);
      open = head;
    }
    written.rows += rows.length;
    await file.write(text);
    const total = found.answers + found.events;
    options.onProgress?.(Math.min(found.answers + written.rows, total), total);
  }
  await file.write((open ? BUCKET_LINES.end : '') + BUCKET_LINES.close);
  return written;
}

/** One event of a bucket: its data as kept here, and as it leaves. */
export interface BucketRow {
  readonly event: Event;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** Every bucket's events page by page, in the order of the file. `heard` hears of each thing replaced. */
export async function* bucketRows(
  options: SourceOptions & Pick<WriteOptions, 'hostname' | 'created'>,
  found: Survey,
  heard?: (replaced: Replaced) => void,
): AsyncGenerator<{ readonly head: BucketHead; readonly rows: readonly BucketRow[] }> {
  const { pseudonyms } = found;
  const rename = (app: string) => pseudonyms?.replace(app) ?? app;
  for (const { head, kind, data } of bucketsOf({ ...options, ...found, rename })) {
    for await (const page of eventsOf(options, kind, found.newest.events[kind] ?? null)) {
      const rows = page.flatMap((event) => {
        const before = data(event);
        if (!before) return [];
        const other = pseudonyms ? pseudonymousEvent(event, pseudonyms, heard) : event;
        // Whether it belongs into the bucket is asked of the event as it is; its app is then called as it leaves.
        const after = data({ ...other, ...(event.app !== undefined && { app: event.app }) }) ?? {};
        return [
          { event, before, after: 'app' in before ? { ...after, app: other.app ?? before['app'] } : after },
        ];
      });
      yield { head, rows };
    }
  }
}

/** An answer as it is written: with its names replaced, unless they are kept. */
export function asItLeaves(feedback: Feedback, { pseudonyms }: Survey): Feedback {
  return pseudonyms ? pseudonymousFeedback(feedback, pseudonyms) : feedback;
}

function textOf(format: ExportFormat, rows: readonly Feedback[], wording: Wording, count: Written): string {
  const shape = lineFormat(format);
  if (!shape) {
    count.rows += rows.length;
    return csvRows(rows);
  }
  const lines: string[] = [];
  for (const feedback of rows) {
    const row = shape.of(feedback, wording);
    if (typeof row === 'string') count.leftOut[row] = (count.leftOut[row] ?? 0) + 1;
    else lines.push(`${strictJson(row)}\n`);
  }
  count.rows += lines.length;
  return lines.join('');
}

function note(by: Map<string, AnsweredBy>, feedback: Feedback): void {
  const model = feedback.model ?? null;
  const promptVersion = feedback.promptVersion ?? null;
  const key = JSON.stringify([model, promptVersion]);
  const known = by.get(key);
  if (known) known.answers += 1;
  else by.set(key, { model, promptVersion, answers: 1 });
}
