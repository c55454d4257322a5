import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../errors.ts';
import { asLogError } from './failure.ts';

/** An open connection, as the files of this folder pass it on. */
export type Connection = Database.Database;

/**
 * Makes `folder` and closes it to everybody but the user (0700). One that is shared, such as /tmp, or another user's is
 * refused with AppError `permission`.
 */
export function ownFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o1000) !== 0) {
    throw new AppError(
      'permission',
      `[log] ${folder} is shared or another user's: choose a folder of your own with BEFOREHAND_HOME`,
    );
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/**
 * Opens an encrypted database (SQLCipher's format) that no other process can open meanwhile. `key` is 64 hex digits,
 * given raw, so that no slow key derivation delays the start. The file is 0600 before its first byte is written;
 * SQLite gives its WAL the same mode. Throws AppError `already-running`, `log-damaged` (a key that doesn't fit looks
 * the same), `permission` or `disk-full`.
 */
export function openCipher(file: string, key: string): Connection {
  if (!/^[0-9a-f]{64}$/.test(key)) {
    throw new AppError('internal', '[log] the key of the log must be 64 hex digits');
  }
  let db: Connection | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    db = new Database(file, { timeout: 0 });
    db.pragma("cipher='sqlcipher'");
    db.pragma(`key="x'${key}'"`);
    db.pragma('locking_mode=EXCLUSIVE');
    db.pragma('temp_store=MEMORY'); // a sorter that spills would write plain text into the temporary folder
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return db;
  } catch (thrown) {
    db?.close();
    throw asLogError(thrown, file);
  }
}

/**
 * Sets how writes are made: WAL for readers and crash safety, FULL so that a commit is on disk when it returns (NORMAL
 * may lose commits on a power cut), secure_delete so that forgotten content is overwritten.
 */
export function makeDurable(db: Connection): void {
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.pragma('secure_delete=ON');
  db.pragma('journal_size_limit=16777216');
}

/** Overwrites and empties the WAL: after it, no old page image is left beside the database. */
export function truncateWal(db: Connection): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** How many rows a table has. */
export function countOf(db: Connection, table: 'events' | 'observations' | 'doomed'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}
