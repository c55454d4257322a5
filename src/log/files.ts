import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './failure.ts';

/** What SQLite may keep beside a database, and the name itself. */
const SUFFIXES = ['', '-wal', '-shm', '-journal'] as const;

/** Bytes of an encrypted file that are overwritten before it goes: salt, header and the first pages. */
const HEAD = 65_536;

/** Returns once the file's content is on disk. */
export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Returns once renames and removals in this folder are on disk. Windows has no such thing and does not need it. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/**
 * Removes a file; what it held is overwritten first, up to `bytes` (all of it unless told). A file system that copies
 * on write keeps the old blocks all the same: what protects them is that they are encrypted. A file that is not there
 * is no failure.
 */
export function shred(file: string, bytes = Infinity): void {
  let handle: number;
  try {
    handle = openSync(file, 'r+');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    rmSync(file, { force: true });
    return;
  }
  try {
    overwrite(handle, bytes);
  } catch {
    // A full disk of a copying file system can't even overwrite: removing the name still frees the blocks.
  } finally {
    closeSync(handle);
  }
  rmSync(file, { force: true });
}

/** Overwrites what an open file holds with zeros, and waits until that is on disk. */
export function overwrite(handle: number, bytes = Infinity): void {
  const length = Math.min(bytes, fstatSync(handle).size);
  const zeros = Buffer.alloc(Math.min(length, 1 << 20));
  for (let at = 0; at < length;) at += writeSync(handle, zeros, 0, Math.min(zeros.length, length - at), at);
  if (length > 0) fsyncSync(handle);
}

/** Removes a database with all that SQLite keeps beside it. Its head is overwritten: without its key the rest is noise. */
export function shredDatabase(file: string): void {
  for (const suffix of SUFFIXES) shred(`${file}${suffix}`, HEAD);
}

/** True when SQLite left something beside the database that belongs to it. */
export function hasSidecar(file: string): boolean {
  return SUFFIXES.some((suffix) => suffix !== '' && existsSync(`${file}${suffix}`));
}

/** The paths in `folder` whose names fit; none when there is no such folder. */
export function namesIn(folder: string, fits: RegExp): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => fits.test(name))
      .map((name) => join(folder, name));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}
