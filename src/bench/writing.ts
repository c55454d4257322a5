import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import { writeWhole } from '../writing.ts';

/** Says in one sentence why a file of the bench could not be written: `disk-full`, `permission` or `unreadable`. */
export function writeError(thrown: unknown, file: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk-full',
      `[bench] the disk of ${file} is full: make room and give the same command again, it goes on where it was`,
      thrown,
    );
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return new AppError('permission', `[bench] ${file} cannot be written: name a place of your own`, thrown);
  }
  if (code === 'EISDIR') {
    return new AppError('usage', `[bench] ${file} is a folder: name a file to write to`, thrown);
  }
  return new AppError(
    'unreadable',
    `[bench] ${file} cannot be written (${code || 'unknown reason'}): name another place`,
    thrown,
  );
}

/** Writes a whole file (0600) or nothing, with its folder (0700). Rejects as `writeError` says. */
export async function writeResult(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeWhole(file, text);
  } catch (thrown) {
    throw writeError(thrown, file);
  }
}
