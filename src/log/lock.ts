import { chmodSync, closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../errors.ts';
import { asLogError, codeOf, isDamage } from './failure.ts';

/**
 * Takes the right to be the one process that owns `log`, or throws AppError `already-running`. It is an exclusive lock
 * of SQLite's on an empty file beside the log, so it dies with the process, kill -9 included. A lock of its own, not
 * the log's: it also covers the moments in which a damaged log is moved aside.
 */
export function takeOwnership(log: string): () => void {
  const file = `${log}.lock`;
  try {
    return hold(file);
  } catch (thrown) {
    if (codeOf(thrown).startsWith('SQLITE_BUSY')) {
      throw new AppError(
        'already-running',
        `[log] ${log} is in use by another process: the assistant is running already, stop that one first`,
        thrown,
      );
    }
    if (!isDamage(codeOf(thrown))) throw asLogError(thrown, file);
    rmSync(file, { force: true }); // nothing is ever written to it, so whatever is inside is not ours
    return hold(file);
  }
}

function hold(file: string): () => void {
  closeSync(openSync(file, 'a', 0o600));
  if (process.platform !== 'win32') chmodSync(file, 0o600);
  const db = new Database(file, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    db.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (thrown) {
    db.close();
    throw thrown;
  }
  return () => db.close();
}
