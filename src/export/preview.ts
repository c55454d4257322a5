import type { Event } from '../model/event.ts';
import type { Feedback } from '../model/feedback.ts';
import { bucketEvent } from './activityWatch.ts';
import { csvCells } from './csv.ts';
import type { ExportOptions } from './export.ts';
import { type ExportFormat, fileOf, lineFormat } from './formats.ts';
import { pseudonymousEvent, pseudonymousFeedback } from './pseudonyms/apply.ts';
import type { Replaced } from './pseudonyms/book.ts';
import type { Kind } from './pseudonyms/value.ts';
import { answersOf, EVENT_KINDS, eventsOf, type Survey, survey } from './source.ts';
import type { Wording } from './wording.ts';

/** One line of a row, as it is kept here and as it would leave; both are the same where nothing is replaced. */
export interface DiffLine {
  /** Where it stands in the row, e.g. `obs.3.event`. */
  readonly where: string;
  readonly before: string;
  readonly after: string;
}

/** One row of one file as it would leave. */
export interface PreviewRow {
  readonly file: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly lines: readonly DiffLine[];
  /** What was replaced in it, each once. */
  readonly replaced: readonly Replaced[];
}

/** What an export would write, without a byte written. */
export interface Preview {
  readonly answers: number;
  readonly formats: readonly {
    readonly format: ExportFormat;
    readonly file: string;
    readonly rows: number;
    readonly leftOut: Readonly<Record<string, number>>;
  }[];
  /** By kind: distinct values, and places in which they stand; null where names are kept. */
  readonly replaced: Readonly<
    Partial<Record<Kind, { readonly values: number; readonly places: number }>>
  > | null;
  /** The newest rows of each format. */
  readonly rows: readonly PreviewRow[];
}

/**
 * Reads everything as an export would and writes nothing. `most` rows a format are shown line by line. Numbers in the
 * placeholders are drawn again when it is written. Rejects as the log does, or `aborted`.
 */
export async function previewExport(options: ExportOptions & { readonly most: number }): Promise<Preview> {
  const formats = [...new Set(options.formats)];
  const found = await survey({ ...options, formats });
  const counts = new Map(
    formats.map((format) => [format, { rows: 0, leftOut: {} as Record<string, number> }]),
  );
  const rows: PreviewRow[] = [];
  const places = new Map<Kind, number>();
  const hear = (replaced: Replaced) => places.set(replaced.kind, (places.get(replaced.kind) ?? 0) + 1);
  const ofAnswers = formats.filter((format) => format !== 'activitywatch');
  let done = 0;
  if (ofAnswers.length > 0) {
    for await (const page of answersOf(options, found.newest.answer)) {
      for (const feedback of page) {
        const { after, replaced } = answerAsItLeaves(feedback, found, hear);
        for (const format of ofAnswers) {
          const count = counts.get(format);
          const row = rowOf(format, after, options.wording);
          if (!count) continue;
          if (typeof row === 'string') count.leftOut[row] = (count.leftOut[row] ?? 0) + 1;
          else {
            count.rows += 1;
            if (count.rows <= options.most) {
              const lines = diff(rowOf(format, feedback, options.wording), row);
              rows.push({ file: fileOf(format), at: feedback.at, lines, replaced });
            }
          }
        }
      }
      done += page.length;
      options.onProgress?.(done, found.answers + found.events);
    }
  }
  if (formats.includes('activitywatch')) {
    const count = counts.get('activitywatch');
    for (const kind of EVENT_KINDS) {
      for await (const page of eventsOf(options, kind, found.newest.events[kind] ?? null)) {
        for (const event of page) {
          const { after, replaced } = eventAsItLeaves(event, found, hear);
          if (count && (count.rows += 1) <= options.most) {
            const lines = diff(shown(event), shown(after));
            rows.push({ file: fileOf('activitywatch'), at: event.at, lines, replaced });
          }
        }
        done += page.length;
        options.onProgress?.(done, found.answers + found.events);
      }
    }
  }
  return {
    answers: found.answers,
    formats: formats.map((format) => ({
      format,
      file: fileOf(format),
      ...(counts.get(format) ?? { rows: 0, leftOut: {} }),
    })),
    replaced: found.pseudonyms && totals(found.pseudonyms.values, places),
    rows,
  };
}

function totals(values: Readonly<Partial<Record<Kind, number>>>, places: ReadonlyMap<Kind, number>) {
  const all: Partial<Record<Kind, { values: number; places: number }>> = {};
  for (const kind of Object.keys(values) as Kind[]) {
    const count = places.get(kind) ?? 0;
    // What is known of the machine but stands nowhere is not replaced.
    if (count > 0) all[kind] = { values: values[kind] ?? 0, places: count };
  }
  return all;
}

function answerAsItLeaves(feedback: Feedback, { pseudonyms }: Survey, hear: (replaced: Replaced) => void) {
  if (!pseudonyms) return { after: feedback, replaced: [] };
  const heard = collector(hear);
  return { after: pseudonymousFeedback(feedback, pseudonyms, heard.hear), replaced: heard.each };
}

function eventAsItLeaves(event: Event, { pseudonyms }: Survey, hear: (replaced: Replaced) => void) {
  if (!pseudonyms) return { after: event, replaced: [] };
  const heard = collector(hear);
  return { after: pseudonymousEvent(event, pseudonyms, heard.hear), replaced: heard.each };
}

/** Remembers each replacement once; every one is passed on. */
function collector(pass: (replaced: Replaced) => void) {
  const each: Replaced[] = [];
  return {
    each,
    hear(replaced: Replaced) {
      pass(replaced);
      if (!each.some(({ from, to }) => from === replaced.from && to === replaced.to)) each.push(replaced);
    },
  };
}

function rowOf(format: ExportFormat, feedback: Feedback, wording: Wording): object | string {
  return lineFormat(format)?.of(feedback, wording) ?? csvCells(feedback);
}

function shown(event: Event): object {
  return bucketEvent(event, { ...(event.app !== undefined && { app: event.app }), ...event.data });
}

/** Every text of a row beside itself as it would leave, line by line. */
export function diff(before: unknown, after: unknown): readonly DiffLine[] {
  return [...linesOf('', before, after)];
}

function* linesOf(where: string, before: unknown, after: unknown): Generator<DiffLine> {
  if (typeof after === 'object' && after !== null) {
    const old = (typeof before === 'object' && before !== null ? before : {}) as Readonly<
      Record<string, unknown>
    >;
    for (const [name, value] of Object.entries(after))
      yield* linesOf(where === '' ? name : `${where}.${name}`, old[name], value);
    return;
  }
  const [old, now] = [before === undefined ? '' : String(before), String(after)].map((text) =>
    text.split('\n'),
  );
  for (const [at, line] of (now ?? []).entries()) yield { where, before: old?.[at] ?? '', after: line };
}
