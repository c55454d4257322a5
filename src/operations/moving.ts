import { constants } from 'node:fs';
import { link, lstat, open, readlink, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';

/** One file's two names, a third that nobody else uses on the way, and its inode: all of one folder. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly spare: string;
  readonly inode: string;
}

/** How a move went: `moved`, or why it did not and left everything as it was. */
export type Moved = 'moved' | 'taken' | 'gone' | 'changed' | 'unable' | 'forbidden' | 'full';

/** A folder held open: `at` gives a path by which only this very folder is reached, whatever takes its place. */
export interface HeldFolder {
  at(name: string): string;
  /** Writes its names to disk. */
  sync(): Promise<void>;
}

/**
 * Holds a folder open while `work` runs. On Linux its files are then reached through the open handle (/proc/self/fd), so a
 * folder or link put in its place in between leads nowhere else; elsewhere by its path. Rejects with `refused` where a link
 * stands in its place already.
 */
export async function inFolder<T>(folder: string, work: (held: HeldFolder) => Promise<T>): Promise<T> {
  if (process.platform === 'win32') {
    return work({ at: (name) => join(folder, name), sync: async () => {} });
  }
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const handle = await open(folder, flags).catch((thrown: unknown) => {
    throw new AppError('refused', '[operation:rename] the folder is no longer there', thrown);
  });
  try {
    const own = `/proc/self/fd/${handle.fd}`;
    const real = process.platform === 'linux' ? await readlink(own).catch(() => null) : null;
    if (real !== null && real !== folder) {
      throw new AppError('refused', '[operation:rename] another folder has taken the place of this one');
    }
    const base = real === null ? folder : own;
    return await work({ at: (name) => join(base, name), sync: () => handle.sync().catch(() => {}) });
  } finally {
    await handle.close();
  }
}

/**
 * Gives a file its new name without ever replacing another: a second name by link(2), which fails where the name is
 * taken, and only then is the old one removed. Node has no renameat2(RENAME_NOREPLACE). Where a file system knows no second
 * names the file stays as it is (`unable`).
 */
export async function move(held: HeldFolder, { from, to, spare, inode }: Move): Promise<Moved> {
  const before = await look(held, from);
  if (!before) return 'gone';
  if (before.inode !== inode || !before.plain) return 'changed';
  try {
    await link(held.at(from), held.at(to));
  } catch (thrown) {
    return reasonOf(thrown);
  }
  // What stood under the old name may have been swapped since: then the new name is of something else.
  const after = await look(held, to);
  if (after?.inode !== inode || !after.plain) {
    if (after) await takeAway(held, to, spare, after.inode);
    return 'changed';
  }
  if (await takeAway(held, from, spare, inode)) return 'moved';
  // Something else has the old name now and keeps it; the file has the new one.
  return (await look(held, to))?.inode === inode ? 'moved' : 'changed';
}

/**
 * Takes a move back, whatever became of it: never begun, stopped by a crash between any two steps, or done. The file may
 * have been saved anew since, and goes back all the same.
 */
export async function moveBack(held: HeldFolder, each: Move): Promise<Moved> {
  const { from, to, spare, inode } = each;
  const kept = await look(held, spare);
  if (kept) {
    // Stopped between the last two steps: the spare name is one too many, or the only one.
    const elsewhere = [await look(held, from), await look(held, to)].some(
      (found) => found?.inode === kept.inode,
    );
    if (!elsewhere) {
      const put = await link(held.at(spare), held.at(from)).then(() => 'moved' as const, reasonOf);
      if (put !== 'moved') return put;
    }
    await unlink(held.at(spare));
  }
  const [old, now] = [await look(held, from), await look(held, to)];
  if (old?.inode === inode && now?.inode !== inode) return 'moved';
  if (!now) return 'gone';
  if (!now.plain) return 'changed';
  if (!old) return move(held, { from: to, to: from, spare, inode: now.inode });
  if (old.inode !== now.inode) return 'taken';
  return (await takeAway(held, to, spare, now.inode)) ? 'moved' : 'changed';
}

/** Removes one name of a file that has another. What was put there instead meanwhile keeps it; false then. */
async function takeAway(held: HeldFolder, name: string, spare: string, inode: string): Promise<boolean> {
  try {
    await rename(held.at(name), held.at(spare));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw thrown;
  }
  const found = await look(held, spare);
  if (found?.inode === inode) {
    await unlink(held.at(spare));
    return true;
  }
  await link(held.at(spare), held.at(name));
  await unlink(held.at(spare));
  return false;
}

/** What has a name; links are looked at themselves. */
export async function look(
  held: HeldFolder,
  name: string,
): Promise<{ readonly inode: string; readonly plain: boolean } | null> {
  try {
    const stats = await lstat(held.at(name), { bigint: true });
    return { inode: String(stats.ino), plain: stats.isFile() };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

function reasonOf(thrown: unknown): Exclude<Moved, 'moved'> {
  switch ((thrown as NodeJS.ErrnoException).code) {
    case 'EEXIST':
      return 'taken';
    case 'ENOENT':
      return 'gone';
    case 'EACCES':
    case 'EROFS':
      return 'forbidden';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'full';
    default:
      return 'unable';
  }
}
