import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { parseJson, problem } from '../reading/json.ts';
import { linesOf } from '../reading/lines.ts';
import { benchError } from './writing.ts';

/** One line of the results file: what was run, on what, and what came out. */
export const ResultRow = z.object({
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** Name of the bench: `need`, `proactivebench`, `reward`, `latency`, `learning`. */
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

/**
 * Appends one row as one line; the file is made when it is not there (0600). What a crash left behind half-written gets its
 * line end first, so that it costs nobody but itself. The line goes out in one write and is on disk when this resolves; a
 * disk that is full takes nothing of it. Rejects as `writeError` says.
 */
export async function appendResult(file: string, row: ResultRow): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      const torn = size > 0 && last[0] !== 10;
      const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(row)}\n`);
      const written = await handle.write(line).catch((thrown: unknown) => ({ bytesWritten: 0, thrown }));
      if (written.bytesWritten < line.length) {
        await handle.truncate(size);
        throw 'thrown' in written ? written.thrown : Object.assign(new Error('no space'), { code: 'ENOSPC' });
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw benchError(thrown, file);
  }
}

/** A line of the results file that is no row, by its number; never its content. */
export interface BadLine {
  readonly line: number;
  readonly what: string;
}

/**
 * All rows of a results file in order, and the lines that are none: left behind by a crash or written by somebody else.
 * Rejects as `linesOf` does, `not-found` with the command that makes a row.
 */
export async function readResults(
  file: string,
): Promise<{ readonly rows: readonly ResultRow[]; readonly bad: readonly BadLine[] }> {
  const rows: ResultRow[] = [];
  const bad: BadLine[] = [];
  try {
    for await (const line of linesOf(file, { speaker: 'bench', lenient: true })) {
      if (line.bad) bad.push({ line: line.number, what: line.bad });
      if (line.text.trim() === '') continue;
      const value = parseJson(line.text);
      const row = ResultRow.safeParse(value);
      if (row.success) rows.push(row.data);
      else
        bad.push({
          line: line.number,
          what:
            value === undefined ? 'broken off or not JSON' : `not a row of results, ${problem(row.error)}`,
        });
    }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not-found') {
      throw new AppError(
        'not-found',
        `[bench] there are no results in ${file} yet: run a bench first, such as beforehand bench need --data DIR`,
        thrown,
      );
    }
    throw thrown;
  }
  return { rows, bad };
}
