import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.ts';

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

/**
 * Writes a whole file (0600) or nothing: a temporary one beside it, then its name. Not by write-file-atomic, which takes a
 * write that a full disk cut short for a whole one. Rejects as `writeError` says.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 80)}.${randomUUID()}`);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw writeError(thrown, file);
  }
}
