import type { z } from 'zod';
import type { ExportFormat } from '../model/exporting.ts';
import { STUDY_TURNS, StudyTurnRow } from '../model/studyRows.ts';
import { LINE_FORMATS, type LineFormat } from './rows.ts';

/** Names of the files that are not one line of JSON an answer. */
export const CSV_FILE = 'feedback.csv';
/** Name of the file of ActivityWatch's buckets. */
export const BUCKETS_FILE = 'buckets.json';
/** LLaMA-Factory's list of what lies beside it. */
export const INFO_FILE = 'dataset_info.json';

/** The definition of a format of JSON lines; null for the table and the buckets. */
export function lineFormat(format: ExportFormat): LineFormat | null {
  return format === 'csv' || format === 'activitywatch' || format === 'study-turns'
    ? null
    : LINE_FORMATS[format];
}

/** The shape of a line of JSON in a format's file; null where its lines are none. */
export function rowOf(format: ExportFormat): z.ZodType | null {
  return format === 'study-turns' ? StudyTurnRow : (lineFormat(format)?.row ?? null);
}

/** The file a format's rows go to. */
export function fileOf(format: ExportFormat): string {
  if (format === 'csv') return CSV_FILE;
  if (format === 'study-turns') return STUDY_TURNS;
  return lineFormat(format)?.file ?? BUCKETS_FILE;
}

/** `dataset_info.json` for these formats, or null where none of them is LLaMA-Factory's. */
export function datasetInfo(formats: readonly ExportFormat[]): string | null {
  const infos = formats.flatMap((format) => lineFormat(format)?.info ?? []);
  if (infos.length === 0) return null;
  return `${JSON.stringify(Object.fromEntries(infos.map(({ name, entry }) => [name, entry])), null, 2)}\n`;
}

/**
 * JSON as strict readers take it: a half surrogate, as a text that was cut within an emoji ends with, becomes U+FFFD. One of
 * them makes Arrow, and with it `datasets`, refuse the whole file.
 */
export function strictJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? each.toWellFormed() : each));
}
