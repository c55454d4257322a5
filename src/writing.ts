import { randomUUID } from 'node:crypto';
import { lstat, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from './errors.ts';

/** A text, or its pieces where it is too long for the memory. */
export type Pieces = string | Iterable<string> | AsyncIterable<string>;

/** The last write of each file that is under way, so that writes of one file take effect in the order they were asked for. */
const underWay = new Map<string, Promise<void>>();

/**
 * Writes a whole file (0600) or nothing: a temporary one beside it, synced, then its name. Where the name is a link, what it
 * points to is replaced. Rejects with what the disk said, and leaves what was there. Not by the library write-file-atomic,
 * which makes one write call and takes what a full disk cut short for a whole file.
 */
export async function writeWhole(file: string, text: Pieces): Promise<void> {
  const name = resolve(file);
  const before = underWay.get(name) ?? Promise.resolve();
  const mine = before.catch(() => {}).then(() => write(name, text));
  underWay.set(name, mine);
  try {
    await mine;
  } finally {
    if (underWay.get(name) === mine) underWay.delete(name);
  }
}

async function write(name: string, text: Pieces): Promise<void> {
  const target = await realpath(name).catch(() => name);
  const there = await lstat(target).catch(() => null);
  // Renaming over it would replace a device or pipe of the machine, as root even /dev/null; a folder is refused by itself.
  if (there && !there.isFile() && !there.isDirectory() && !there.isSymbolicLink())
    throw Object.assign(new Error(`${target} is no plain file`), { code: NOT_PLAIN });
  const temporary = join(dirname(target), `.${basename(target).slice(0, 80)}.${randomUUID()}`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (thrown) {
    await rm(temporary, { force: true });
    throw thrown;
  }
}

/** What is there is a device, a pipe or a socket. */
const NOT_PLAIN = 'ENOTPLAIN';

/**
 * Says in one sentence why a file could not be written: `disk-full`, `permission`, `usage` for a folder, or `unreadable`.
 * `again` says what to do once there is room.
 */
export function writeError(
  thrown: unknown,
  file: string,
  speaker: string,
  again = 'write it again',
): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const say = (kind: 'disk-full' | 'permission' | 'usage' | 'unreadable', words: string) =>
    new AppError(kind, `[${speaker}] ${words}`, thrown);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return say('disk-full', `the disk of ${file} is full: make room and ${again}`);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return say('permission', `${file} cannot be written: name a place of your own`);
  if (code === 'EISDIR') return say('usage', `${file} is a folder: name a file to write to`);
  if (code === NOT_PLAIN)
    return say('usage', `${file} is a device or a pipe, which is not replaced: name a file to write to`);
  return say('unreadable', `${file} cannot be written (${code || 'unknown reason'}): name another place`);
}
