import type {
  DiffLine,
  ExportPreview,
  Kind,
  LeftOut,
  OwnFormat,
  PreviewRow,
  Replaced,
} from '../model/exporting.ts';
import type { Feedback } from '../model/feedback.ts';
import { bucketEvent } from './activityWatch.ts';
import { csvCells } from './csv.ts';
import type { ExportOptions } from './export.ts';
import { fileOf, lineFormat } from './formats.ts';
import { pseudonymousFeedback } from './pseudonyms/apply.ts';
import { answersOf, type Survey, survey } from './source.ts';
import type { Wording } from './wording.ts';
import { bucketRows } from './write.ts';

/** How much of a preview is shown line by line: rows a format, and lines a row. */
export interface PreviewOptions extends Omit<ExportOptions, 'formats'> {
  readonly formats: readonly OwnFormat[];
  readonly most: number;
  readonly mostLines?: number;
}

/**
 * Reads everything as an export would and writes nothing. Numbers in the placeholders are drawn again when it is written.
 * Rejects as the log does, or `aborted`.
 */
export async function previewExport(options: PreviewOptions): Promise<ExportPreview> {
  const formats = [...new Set(options.formats)];
  const how = { ...options, formats, created: new Date(options.clock.now()).toISOString() };
  const found = await survey(how);
  const counts = new Map(formats.map((format) => [format, newCount()]));
  const rows: PreviewRow[] = [];
  const places = new Map<Kind, number>();
  const hear = (replaced: Replaced) => places.set(replaced.kind, (places.get(replaced.kind) ?? 0) + 1);

  /** Counts a row; `make` is asked only for one that is shown. */
  const add = (
    format: OwnFormat,
    at: number,
    replaced: readonly Replaced[],
    make: () => readonly DiffLine[],
  ) => {
    const count = counts.get(format);
    if (!count || (count.rows += 1) > options.most) return;
    const lines = make();
    const shown = lines.slice(0, options.mostLines ?? lines.length);
    rows.push({
      file: fileOf(format),
      at,
      lines: shown,
      more: lines.length - shown.length,
      replaced: [...replaced],
    });
  };

  let done = 0;
  const tell = (more: number) => {
    done = Math.min(done + more, found.answers + found.events);
    options.onProgress?.(done, found.answers + found.events);
  };
  const ofAnswers = formats.filter((format) => format !== 'activitywatch');
  if (ofAnswers.length > 0) {
    for await (const page of answersOf(how, found.newest.answer)) {
      for (const feedback of page) {
        const { after, replaced } = asItLeaves(feedback, found, hear);
        for (const format of ofAnswers) {
          const row = rowOf(format, after, options.wording);
          if (typeof row === 'string') leave(counts.get(format)?.leftOut, row);
          else add(format, feedback.at, replaced, () => diff(rowOf(format, feedback, options.wording), row));
        }
      }
      tell(page.length);
    }
  }
  if (formats.includes('activitywatch')) {
    let heard: Replaced[] = [];
    const each = (replaced: Replaced) => {
      hear(replaced);
      heard.push(replaced);
    };
    for await (const bucket of bucketRows(how, found, each)) {
      for (const { event, before, after } of bucket.rows) {
        const own = once(heard).filter(({ to }) => JSON.stringify(after).includes(to));
        add('activitywatch', event.at, own, () =>
          diff(bucketEvent(event, before), bucketEvent(event, after)),
        );
      }
      heard = [];
      tell(bucket.rows.length);
    }
  }
  return {
    answers: found.answers,
    formats: formats.map((format) => ({
      format,
      file: fileOf(format),
      ...(counts.get(format) ?? newCount()),
    })),
    replaced: found.pseudonyms && totals(found.pseudonyms.values, places),
    rows,
  };
}

interface Count {
  rows: number;
  leftOut: Partial<Record<LeftOut, number>>;
}
const newCount = (): Count => ({ rows: 0, leftOut: {} });

function leave(leftOut: Count['leftOut'] | undefined, reason: LeftOut): void {
  if (leftOut) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
}

/** What is known of the machine but stands nowhere is not replaced. */
function totals(
  values: Readonly<Partial<Record<Kind, number>>>,
  places: ReadonlyMap<Kind, number>,
): NonNullable<ExportPreview['replaced']> {
  return Object.fromEntries(
    [...places].map(([kind, count]) => [kind, { values: values[kind] ?? 0, places: count }]),
  );
}

function asItLeaves(feedback: Feedback, { pseudonyms }: Survey, hear: (replaced: Replaced) => void) {
  if (!pseudonyms) return { after: feedback, replaced: [] };
  const heard: Replaced[] = [];
  const after = pseudonymousFeedback(feedback, pseudonyms, (replaced) => {
    hear(replaced);
    heard.push(replaced);
  });
  return { after, replaced: once(heard) };
}

/** Each replacement once, in the order of the text. */
function once(heard: readonly Replaced[]): readonly Replaced[] {
  return [...new Map(heard.map((each) => [`${each.from}\n${each.to}`, each])).values()];
}

function rowOf(format: OwnFormat, feedback: Feedback, wording: Wording): object | LeftOut {
  return lineFormat(format)?.of(feedback, wording) ?? csvCells(feedback);
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
  if (after === undefined) return;
  const old = before === undefined ? [] : String(before).split('\n');
  for (const [at, line] of String(after).split('\n').entries())
    yield { where, before: old[at] ?? '', after: line };
}
