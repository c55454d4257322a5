import {
  closeSync,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  write,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../model/ports.ts';
import { codeOf } from './failure.ts';
import { namesIn } from './files.ts';

/** How many copies are kept: today's and the one before, in case the newest was made of a log already going bad. */
const KEPT = 2;
/** Free bytes that must be left after a copy: a convenience must never be what fills a disk. */
const SPARE = 200_000_000;

const DAY = 86_400_000;

/** The copies that the program makes for itself. */
export interface Backups {
  /**
   * Makes one by `copy` (which writes a new file) and drops those too many, unless one of the last day is there. False
   * when there is no room.
   */
  keep(copy: (file: string) => Promise<void>): Promise<boolean>;
  /** Removes all of them. The names are gone when it returns; their blocks are overwritten afterwards. */
  drop(): void;
  /** Resolves when what was dropped is overwritten. */
  settled(): Promise<void>;
}

/** In the folder `backups` beside the log, 0700. Under the log's own key, so they open wherever the log does. */
export function createBackups(log: string, clock: Clock): Backups {
  const folder = join(dirname(log), 'backups');
  const all = () => namesIn(folder, /^log-[\w.-]+\.db$/).toSorted();
  const overwriting = new Set<Promise<void>>();

  /** The key that opens it lives on, so the blocks are overwritten, not just given back. */
  function remove(file: string): void {
    let handle: number;
    try {
      handle = openSync(file, 'r+');
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') rmSync(file, { force: true });
      return;
    }
    const work = overwriteLater(handle)
      .catch(() => {}) // the name is gone either way
      .finally(() => {
        closeSync(handle);
        overwriting.delete(work);
        if (process.platform === 'win32') rmSync(file, { force: true });
      });
    overwriting.add(work);
    // Windows keeps the name of an open file; there it goes when the overwriting has ended.
    if (process.platform !== 'win32') rmSync(file, { force: true });
  }

  return {
    async keep(copy) {
      const last = all().at(-1);
      const age = last ? clock.now() - statSync(last).mtimeMs : Infinity;
      // A clock that went back must not stop them for ever.
      if (age >= 0 && age < DAY) return true;
      const { bavail, bsize } = statfsSync(dirname(log));
      if (bavail * bsize < statSync(log).size + SPARE) return false;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // A copy that was cut short by a kill has no name that counts.
      for (const half of namesIn(folder, /\.part$/)) remove(half);
      const name = join(folder, `log-${new Date(clock.now()).toISOString().replaceAll(':', '-')}.db`);
      await copy(`${name}.part`);
      renameSync(`${name}.part`, name);
      for (const old of all().slice(0, -KEPT)) remove(old);
      return true;
    },
    drop() {
      for (const each of [...all(), ...namesIn(folder, /\.part$/)]) remove(each);
    },
    async settled() {
      await Promise.all(overwriting);
    },
  };
}

/** Without holding up the thread: a copy may have hundreds of megabytes. */
async function overwriteLater(handle: number): Promise<void> {
  const { size } = fstatSync(handle);
  const zeros = Buffer.alloc(Math.min(size, 1 << 22));
  for (let at = 0; at < size; at += zeros.length) {
    await promisify(write)(handle, zeros, 0, Math.min(zeros.length, size - at), at);
  }
  await promisify(fsync)(handle);
}
