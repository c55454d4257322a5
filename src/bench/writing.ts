import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppError } from '../errors.ts';
import { writeError, writeWhole } from '../writing.ts';

/** Why a file of the bench could not be written, as `writeError` says it. */
export function benchError(thrown: unknown, file: string): AppError {
  return writeError(thrown, file, 'bench', 'give the same command again, it goes on where it was');
}

/** Writes a whole file (0600) or nothing, with its folder (0700). Rejects as `writeError` says. */
export async function writeResult(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, text);
  } catch (thrown) {
    throw benchError(thrown, file);
  }
}
