import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What became of one file. `from` is the old path of a rename. */
export interface Change {
  readonly action: 'created' | 'modified' | 'renamed' | 'deleted';
  readonly path: string;
  readonly from?: string;
  readonly size: number;
}

/** What was last known of a file. */
interface Known {
  /** Device and inode: the same file under any name. */
  readonly id: string;
  readonly size: number;
  readonly mtime: number;
}

/** Works out what happened from which paths were touched: it compares what is there now with what was there before. */
export interface FileChanges {
  /** Takes a file as it stands, without a change; for the first scan. */
  learn(path: string, stats: Stats): void;
  knows(path: string): boolean;
  readonly size: number;
  /** Looks at the touched paths. Those in `again` should be passed once more a little later. */
  settle(
    paths: Iterable<string>,
    last?: boolean,
  ): Promise<{ changes: readonly Change[]; again: readonly string[] }>;
}

/**
 * Compares states instead of trusting the order of events, so that
 * - an atomic save (write a temporary file, rename it over) is one `modified`: the path was there and still is;
 * - a rename is one `renamed`: the inode was under one path and is under another, same size and time of change;
 * - a temporary file that came and went is nothing.
 */
export function createFileChanges(): FileChanges {
  const known = new Map<string, Known>();
  const byId = new Map<string, string>();
  /** Gone at the last look; said to be deleted if it is still gone at the next, and not renamed meanwhile. */
  const gone = new Set<string>();

  const remember = (path: string, now: Known) => {
    forget(path);
    known.set(path, now);
    byId.set(now.id, path);
  };
  const forget = (path: string) => {
    const old = known.get(path);
    known.delete(path);
    if (old && byId.get(old.id) === path) byId.delete(old.id);
  };

  return {
    learn: (path, stats) => remember(path, stateOf(stats)),
    knows: (path) => known.has(path),
    get size() {
      return known.size;
    },
    async settle(paths, last = false) {
      const changes: Change[] = [];
      const again: string[] = [];
      const missing: string[] = [];
      for (const path of paths) {
        const now = await look(path);
        const before = known.get(path);
        if (!now) {
          if (before) missing.push(path);
          continue;
        }
        gone.delete(path);
        if (before?.id === now.id) {
          if (before.size === now.size && before.mtime === now.mtime) continue;
          remember(path, now);
          changes.push({ action: 'modified', path, size: now.size });
          continue;
        }
        const from = byId.get(now.id);
        const was = from === undefined ? undefined : known.get(from);
        // Inodes are used again at once, so the rest must agree too; and a copy left behind means a backup was made.
        const renamed =
          from !== undefined && was?.size === now.size && was.mtime === now.mtime && !(await look(from));
        if (renamed) {
          forget(from);
          gone.delete(from);
          remember(path, now);
          changes.push({ action: 'renamed', path, from, size: now.size });
        } else {
          remember(path, now);
          changes.push({ action: before ? 'modified' : 'created', path, size: now.size });
        }
      }
      for (const path of missing) {
        const before = known.get(path);
        if (!before) continue; // a rename took it in this very look
        if (gone.has(path) || last) {
          gone.delete(path);
          forget(path);
          changes.push({ action: 'deleted', path, size: before.size });
        } else {
          gone.add(path);
          again.push(path);
        }
      }
      return { changes, again };
    },
  };
}

function stateOf(stats: Stats): Known {
  return { id: `${stats.dev}:${stats.ino}`, size: stats.size, mtime: stats.mtimeMs };
}

async function look(path: string): Promise<Known | null> {
  try {
    const stats = await lstat(path);
    return stats.isFile() ? stateOf(stats) : null;
  } catch {
    return null;
  }
}
