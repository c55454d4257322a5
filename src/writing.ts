import { randomUUID } from 'node:crypto';
import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

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
