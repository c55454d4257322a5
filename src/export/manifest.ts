import { z } from 'zod';
import { StudyRecord } from '../model/study.ts';
import { ExportFormat, LEFT_OUT } from '../model/exporting.ts';
import { KINDS } from '../model/exporting.ts';

/** Version of what an export writes; a reader refuses a newer one. */
export const SCHEMA = 2;

const count = z.number().int().nonnegative();

/** What an export holds and left out, so that a result can name its data. `sha256` is of each file's bytes. */
export const Manifest = z.strictObject({
  by: z.literal('beforehand'),
  schema: z.literal(SCHEMA),
  /** Version of the program that wrote it. */
  version: z.string().min(1).max(64),
  formats: z.array(ExportFormat).min(1),
  /** ISO 8601, UTC. */
  created: z.iso.datetime(),
  files: z.array(
    z.strictObject({
      name: z.string().regex(/^[\w-][\w.-]*$/),
      /** What its rows are; null for a file that describes others. */
      format: ExportFormat.nullable(),
      bytes: count,
      rows: count,
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Rows are newest first. */
  order: z.literal('newest-first'),
  counts: z.strictObject({
    /** Answers in the log. */
    answers: count,
    /** By format: rows written, and answers left out by reason. */
    formats: z.partialRecord(
      ExportFormat,
      z.strictObject({
        rows: count,
        leftOut: z.partialRecord(z.enum(LEFT_OUT), z.number().int().positive()),
      }),
    ),
  }),
  /** What the person agreed to. */
  consent: z.strictObject({ text: z.string().min(1).max(20_000), given: z.iso.datetime() }),
  /** Distinct values that were replaced, by kind; null where names were kept. */
  replaced: z.partialRecord(z.enum(KINDS), count).nullable(),
  /** Versions of the prompts that conversations are worded in; null where none is among the formats. */
  prompts: z.strictObject({ agent: z.string().nullable(), judge: z.string().nullable() }),
  /** Prompt versions and models behind the answers, with how many each. */
  answeredBy: z.array(
    z.strictObject({ model: z.string().nullable(), promptVersion: z.string().nullable(), answers: count }),
  ),
  /** The record of the study that this is part of. */
  study: StudyRecord.optional(),
});
export type Manifest = z.infer<typeof Manifest>;

/** What any version of a manifest tells: whose it is and which files are its own. */
export const AnyManifest = z.object({
  by: z.literal('beforehand'),
  schema: z.number().int().positive(),
  files: z.array(z.object({ name: z.string().regex(/^[\w-][\w.-]*$/) })),
});
export type AnyManifest = z.infer<typeof AnyManifest>;

/** Name of the manifest in an export's folder. */
export const MANIFEST = 'manifest.json';
