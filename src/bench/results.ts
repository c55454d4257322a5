import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** One line of the results file: what was run, on what, and what came out. */
export const ResultRow = z.object({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Name of the bench: `need`, `proactivebench`, `reward`, `latency`. */
  bench: z.string().max(64),
  version: z.string().max(64),
  /** Commit of the checkout, with `+` where it was changed; null outside of one. */
  commit: z.string().max(64).nullable(),
  command: z.string().max(2000),
  seed: z.number().int(),
  seconds: z.number().nonnegative(),
  model: z.object({ alias: z.string(), digest: z.string() }).nullable(),
  data: z.object({ digest: z.string(), name: z.string() }).nullable(),
  machine: z.object({ cores: z.number().int(), processor: z.string(), memoryBytes: z.number() }),
  result: z.record(z.string(), z.unknown()),
});
export type ResultRow = z.infer<typeof ResultRow>;

/** Appends one row as one line; the file is made when it is not there (0600). */
export async function appendResult(file: string, row: ResultRow): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, `${JSON.stringify(row)}\n`, { mode: 0o600 });
}
