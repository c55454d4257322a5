import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3-multiple-ciphers';
import { AppError } from '../errors.ts';
import { asLogError } from './failure.ts';
import { syncFile } from './files.ts';

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
 * How the pages are encrypted. AEGIS-256 (authenticated, a fresh 256-bit nonce a page) writes and forgets three to four
 * times as fast as SQLCipher's AES-CBC with HMAC-SHA512 on a processor with AES instructions: docs/decisions/key.md.
 * `sqlcipher` is what logs were made with before; `convert` brings them over.
 */
export type Scheme = 'aegis' | 'sqlcipher';

/**
 * Opens an encrypted database that no other process can open meanwhile. `key` is 64 hex digits, given raw, so that no
 * slow key derivation delays the start. The file is 0600 before its first byte is written; SQLite gives its WAL the
 * same mode. Throws AppError `already-running`, `log-damaged` (a key that doesn't fit looks the same), `permission` or
 * `disk-full`.
 */
export function openCipher(file: string, key: string, scheme: Scheme = 'aegis'): Connection {
  requireKey(key);
  let db: Connection | null = null;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    db = new Database(file, { timeout: 0 });
    choose(db, scheme);
    db.pragma(scheme === 'aegis' ? `key='raw:${key}'` : `key="x'${key}'"`);
    db.pragma('locking_mode=EXCLUSIVE');
    db.pragma('temp_store=MEMORY'); // a sorter that spills would write plain text into the temporary folder
    db.prepare('SELECT count(*) FROM sqlite_master').get();
    return db;
  } catch (thrown) {
    db?.close();
    throw asLogError(thrown, file);
  }
}

/** Encrypts the file anew, as a whole, under `key` (64 hex digits) in today's scheme. Only for a file nobody relies on yet. */
export function rekey(file: string, old: string, key: string, scheme: Scheme = 'aegis'): void {
  requireKey(key);
  const db = openCipher(file, old, scheme);
  try {
    choose(db, 'aegis');
    db.pragma(`rekey='raw:${key}'`);
  } catch (thrown) {
    throw asLogError(thrown, file);
  } finally {
    db.close();
  }
  syncFile(file);
}

/** Whether `key` opens the file in `scheme`. Throws what is not the key's fault. */
export function opens(file: string, key: string, scheme: Scheme = 'aegis'): boolean {
  try {
    openCipher(file, key, scheme).close();
    return true;
  } catch (thrown) {
    const error = asLogError(thrown, file);
    if (error.code === 'log-damaged') return false;
    throw error;
  }
}

function choose(db: Connection, scheme: Scheme): void {
  db.pragma(`cipher='${scheme}'`);
  if (scheme === 'aegis') db.pragma("algorithm='aegis-256'");
}

function requireKey(key: string): void {
  if (!/^[0-9a-f]{64}$/.test(key)) {
    throw new AppError('internal', '[log] the key of the log must be 64 hex digits');
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
  // A forget that was killed between its commit and its checkpoint is finished here.
  truncateWal(db);
}

/** Overwrites and empties the WAL: after it, no old page image is left beside the database. */
export function truncateWal(db: Connection): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** How many rows a table has. */
export function countOf(db: Connection, table: 'events' | 'observations' | 'doomed'): number {
  return db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

/** How many observations there are, by the counts that are kept of them: counting a million rows takes 100 ms. */
export function observationsIn(db: Connection): number {
  return db.prepare<[], number>('SELECT coalesce(sum(many), 0) FROM quarters').pluck().get() ?? 0;
}
