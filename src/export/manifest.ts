import { z } from 'zod';

/** Version of what an export writes; a reader refuses a newer one. */
export const SCHEMA = 1;

/** What an export holds and left out, so that a result can name its data. `sha256` is of each file's bytes. */
export const Manifest = z.object({
  by: z.literal('beforehand'),
  schema: z.number().int().positive(),
  format: z.enum(['proactivebench', 'csv']),
  /** ISO 8601, UTC. */
  created: z.iso.datetime(),
  files: z.array(
    z.object({
      name: z.string().regex(/^[\w.-]+$/),
      bytes: z.number().int().nonnegative(),
      rows: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Rows are newest first. */
  order: z.literal('newest-first'),
  counts: z.object({
    answers: z.number().int().nonnegative(),
    exported: z.number().int().nonnegative(),
    leftOut: z.record(z.string(), z.number().int().positive()),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

/** Name of the manifest in an export's folder. */
export const MANIFEST = 'manifest.json';
