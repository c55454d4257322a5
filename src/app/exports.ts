import { lstat, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { AppError } from '../errors.ts';
import { defaultConsent } from '../export/consent.ts';
import { type ExportOptions, runExport } from '../export/export.ts';
import { previewExport } from '../export/preview.ts';
import type { ExportChoice, ExportPreview } from '../model/exporting.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import { exportParts } from './exporting.ts';

/** Rows of each format, lines of each row, and characters of each line that the window shows. */
const SHOWN = { rows: 3, lines: 80, characters: 600 };

/** What the window sees before anything is written: the rows as a diff, the words to agree to, and where it would go. */
export interface Shown extends ExportPreview {
  readonly consent: string;
  readonly folder: string;
}

/** What was written. */
export interface Done {
  readonly folder: string;
  readonly files: { readonly name: string; readonly rows: number; readonly bytes: number }[];
}

/** The window's exports: one at a time, previewed, agreed to, then written. */
export interface Exports {
  preview(choice: ExportChoice): Promise<Shown>;
  /** `consent` are the words that the preview showed. `refused` for others, and for a folder that is not free. */
  write(choice: ExportChoice, consent: string, folder?: string): Promise<Done>;
  /** Ends what runs; nothing is written then. */
  stop(): void;
}

/** Makes them. `onProgress` hears rows read and rows there are. */
export function createExports(options: {
  readonly paths: Paths;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly version: string;
  readonly onProgress: (done: number, total: number) => void;
}): Exports {
  const { paths, log, clock, version, onProgress } = options;
  let running: AbortController | null = null;

  async function alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (running)
      throw new AppError('already-running', '[export] one is being made already; wait or stop it.');
    const own = (running = new AbortController());
    try {
      return await work(own.signal);
    } finally {
      running = null;
    }
  }
  const how = (
    choice: ExportChoice,
    signal: AbortSignal,
  ): ExportOptions & { readonly formats: ExportChoice['formats'] } => ({
    ...exportParts(paths, choice),
    log,
    formats: choice.formats,
    clock,
    version,
    signal,
    onProgress: (done, total) => total > 0 && onProgress(done, total),
  });
  return {
    preview: (choice) =>
      alone(async (signal) => {
        const preview = await previewExport({
          ...how(choice, signal),
          most: SHOWN.rows,
          mostLines: SHOWN.lines,
        });
        return {
          ...cut(preview),
          consent: words(choice),
          folder: await freeFolder(paths, choice, clock.now()),
        };
      }),
    write: (choice, consent, folder) =>
      alone(async (signal) => {
        if (consent !== words(choice))
          throw new AppError('refused', '[export] look at the preview again: you agreed to another export.');
        const out =
          folder === undefined ? await freeFolder(paths, choice, clock.now()) : await asked(paths, folder);
        const manifest = await runExport({ ...how(choice, signal), out, consent });
        return { folder: out, files: manifest.files.map(({ name, rows, bytes }) => ({ name, rows, bytes })) };
      }),
    stop: () => running?.abort(),
  };
}

/** The words to agree to. */
function words({ formats, names }: ExportChoice): string {
  return defaultConsent(formats, names === 'replace');
}

/** A folder of today's date below `exports/` of the data folder that is not there yet. */
async function freeFolder({ data }: Paths, { formats }: ExportChoice, now: number): Promise<string> {
  const day = new Date(now).toLocaleDateString('sv');
  const base = join(data, 'exports', `${day}-${formats.length === 1 ? formats[0] : 'all'}`);
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? base : `${base}-${number}`;
    if (!(await lstat(folder).catch(() => null))) return folder;
  }
}

/** A folder that the person typed: whole, in one that is there, and not among what the program keeps. */
async function asked({ data }: Paths, folder: string): Promise<string> {
  if (!isAbsolute(folder)) throw new AppError('bad-input', '[export] give the folder with its whole path.');
  const parent = await realpath(dirname(folder)).catch((thrown: unknown) => {
    throw new AppError('not-found', `[export] ${dirname(folder)} is not there: make it first.`, thrown);
  });
  const own = await realpath(data).catch(() => data);
  const inside = relative(own, parent);
  const below = inside === '' || (!inside.startsWith('..') && !isAbsolute(inside));
  if (below && !/^exports(?:[\\/]|$)/.test(inside))
    throw new AppError(
      'refused',
      '[export] this is where the program keeps its own files: choose another folder.',
    );
  return folder;
}

/** Long lines end early: they are for a person to look over. */
function cut(preview: ExportPreview): ExportPreview {
  return {
    ...preview,
    rows: preview.rows.map((row) => ({
      ...row,
      lines: row.lines.map(({ where, before, after }) => ({
        where,
        before: short(before),
        after: short(after),
      })),
    })),
  };
}

function short(text: string): string {
  return text.length > SHOWN.characters ? `${text.slice(0, SHOWN.characters)}…` : text;
}
