import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';

/**
 * Names what SQLite or the file system reports: `disk-full`, `log-damaged`, `already-running`, `permission`, else
 * `internal`. SQLite's own text never holds a bound value, so no content can leak through it.
 */
export function asLogError(thrown: unknown, place: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = codeOf(thrown);
  if (isFull(code, place)) {
    return new AppError(
      'disk-full',
      `[log] the disk that holds ${place} is full, so nothing of this was written: free some space, it will go on by itself`,
      thrown,
    );
  }
  if (isDamage(code)) {
    return new AppError(
      'log-damaged',
      `[log] ${place} can't be read (${code}): restart the assistant, which keeps the file beside and starts a fresh one`,
      thrown,
    );
  }
  if (code === 'EEXIST' || code === 'ENOTDIR') {
    return new AppError(
      'bad-input',
      `[log] ${place} can't be a folder, because a file is in its way: move that file, or choose another folder`,
      thrown,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError(
      'already-running',
      `[log] ${place} is in use by another process: the assistant is running already, stop that one first`,
      thrown,
    );
  }
  if (
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    /^SQLITE_(CANTOPEN|READONLY|PERM)/.test(code)
  ) {
    return new AppError(
      'permission',
      `[log] ${place} can't be opened for writing (${code}): check who owns the folder and that it isn't read-only`,
      thrown,
    );
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('internal', `[log] ${place}: ${text}`, thrown);
}

/** True for what a damaged file, or a key that doesn't fit, makes SQLite say. */
export function isDamage(code: string): boolean {
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
}

/** The system's or SQLite's code of anything thrown, or an empty string. */
export function codeOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return '';
}

/** A write or an fsync that fails names no reason; with no space left it is the full disk. */
function isFull(code: string, place: string): boolean {
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT'].includes(code)) return true;
  if (!code.startsWith('SQLITE_IOERR')) return false;
  try {
    const { bavail, bsize } = statfsSync(dirname(place));
    return bavail * bsize < 1_000_000;
  } catch {
    return false;
  }
}
