import { z } from 'zod';

/** What can be written. The lines of each are described in docs/decisions/export.md. */
export const FORMATS = [
  'proactivebench',
  'agent-sharegpt',
  'agent-alpaca',
  'reward-sharegpt',
  'reward-alpaca',
  'trl-preference',
  'trl-unpaired',
  'csv',
  'activitywatch',
] as const;
/** What a person chooses among. */
export const OwnFormat = z.enum(FORMATS);
export type OwnFormat = z.infer<typeof OwnFormat>;
/** What a study's archive holds beside them: only `study export` writes it. */
export const STUDY_FORMATS = ['study-answers', 'study-turns'] as const;
/** One of all of them. */
export const ExportFormat = z.enum([...FORMATS, ...STUDY_FORMATS]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** What a replaced value was taken for; with a number it names the placeholder. */
export const KINDS = [
  'word',
  'user',
  'machine',
  'person',
  'host',
  'file',
  'folder',
  'page',
  'secret',
] as const;
/** `word`: named by the person. `page`: a part of an address behind its host. `secret`: found by the privacy stage. */
export type Kind = (typeof KINDS)[number];

/** Why an answer is not among the rows of a format. */
export const LEFT_OUT = [
  'ignored',
  'snoozed',
  'expired',
  'nothing-seen',
  'no-task',
  'need-unknown',
  'answer-unknown',
  'not-sayable',
] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** What a person chose to export: formats, whether names are replaced, and more words to replace. */
export const ExportChoice = z.strictObject({
  formats: z.array(OwnFormat).min(1).max(FORMATS.length),
  names: z.enum(['replace', 'keep']),
  hide: z.array(z.string().min(1).max(100)).max(50),
});
export type ExportChoice = z.infer<typeof ExportChoice>;

const count = z.number().int().nonnegative();

/** One thing that is replaced. */
export const Replaced = z.object({ kind: z.enum(KINDS), from: z.string(), to: z.string() });
export type Replaced = z.infer<typeof Replaced>;

/**
 * One line of a row, as it is kept here and as it would leave; both are the same where nothing is replaced. `where` is its
 * place in the row, e.g. `obs.3.event`.
 */
export const DiffLine = z.object({ where: z.string(), before: z.string(), after: z.string() });
export type DiffLine = z.infer<typeof DiffLine>;

/** One row of one file as it would leave. `at` is epoch milliseconds; `more` lines are not shown. */
export const PreviewRow = z.object({
  file: z.string(),
  at: z.number().int(),
  lines: z.array(DiffLine),
  more: count,
  replaced: z.array(Replaced),
});
export type PreviewRow = z.infer<typeof PreviewRow>;

/** What an export would write, without a byte written. */
export const ExportPreview = z.object({
  /** Answers in the log. */
  answers: count,
  formats: z.array(
    z.object({
      format: OwnFormat,
      file: z.string(),
      rows: count,
      /** Answers that are no row, by reason. */
      leftOut: z.partialRecord(z.enum(LEFT_OUT), count),
    }),
  ),
  /** By kind: distinct values, and places in which they stand; null where names are kept. */
  replaced: z.partialRecord(z.enum(KINDS), z.object({ values: count, places: count })).nullable(),
  /** The newest rows of each format. */
  rows: z.array(PreviewRow),
});
export type ExportPreview = z.infer<typeof ExportPreview>;
