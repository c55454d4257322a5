import { accessSync, constants, statSync, type Stats } from 'node:fs';
import { basename, sep } from 'node:path';
import { watch } from 'chokidar';
import { isIgnored } from './fileKinds.ts';
import { createFilesProbe } from './filesProbe.ts';
import type { Life } from './supervised.ts';

/** Folders below a watched one that are still watched, and files in all: each costs the kernel and us some memory. */
const DEEPEST = 6;
const MOST_FILES = 10_000;

/** By then the watcher has told of a folder that came or went, in milliseconds. */
const SETTLE_MS = 500;

/** What the watcher of folders tells. */
export interface FolderListener {
  /** A file of the first scan. */
  found(path: string, stats: Stats): void;
  /** A file that came, went or changed. */
  touched(path: string): void;
  /** Whether `path` is one more file than the `most` allowed. */
  full(path: string, most: number): boolean;
  readonly note: Life['note'];
  readonly died: Life['died'];
  readonly proves: Life['proves'];
}

/** Watches folders by the platform's events. Resolves after the first scan; problems of single folders are notes. */
export async function watchFolders(
  folders: readonly string[],
  listener: FolderListener,
  probeFolder?: string,
): Promise<() => Promise<void>> {
  const roots = [...folders];
  /** Which folder each name stood for when it was last seen to come. */
  const known = new Map<string, string>();
  const problems = new Map<string, { reason: string; mend: string }>();
  let full = false;
  let ready = false;

  const say = () => {
    const [problem] = problems.values();
    if (problem) {
      const more = problems.size > 1 ? ` (and ${problems.size - 1} more)` : '';
      listener.note({ state: 'unhealthy', reason: problem.reason + more, mend: problem.mend });
    } else if (full) {
      listener.note({
        state: 'healthy',
        reason: `[monitor:files] more than ${MOST_FILES} files: those beyond are not watched`,
        mend: 'choose smaller folders in the settings',
      });
    } else if (roots.length === 0) {
      listener.note({
        state: 'healthy',
        reason: '[monitor:files] there is no folder to watch',
        mend: 'choose folders in the settings',
      });
    } else listener.note(null);
  };
  const check = (root: string) => {
    const problem = problemOf(root);
    if (problem) problems.set(root, problem);
    else problems.delete(root);
  };

  const inside = (path: string) =>
    roots.some((root) => path.startsWith(root.endsWith(sep) ? root : root + sep));
  const watcher = watch(roots, {
    alwaysStat: true,
    // Renames and atomic saves are worked out in fileChanges.ts; the watcher's own guess would hide them.
    atomic: false,
    depth: DEEPEST,
    followSymlinks: false,
    ignored(path, stats) {
      if (!inside(path)) return false;
      if (isIgnored(basename(path), stats?.isDirectory())) return true;
      if (stats && !stats.isDirectory() && listener.full(path, MOST_FILES)) {
        if (!full && ready) queueMicrotask(say);
        full = true;
        return true;
      }
      return false;
    },
  });
  watcher.on('all', (event, path, stats) => {
    if (event === 'addDir' || event === 'unlinkDir') {
      if (!ready || !roots.includes(path)) return;
      known.set(path, identityOf(path));
      check(path);
      say();
    } else if (ready) listener.touched(path);
    else if (stats?.isFile()) listener.found(path, stats);
  });
  watcher.on('error', (thrown) => {
    const fault = faultOf(thrown);
    problems.set(fault.reason, fault);
    if (ready) say();
  });

  roots.forEach(check);
  for (const root of roots) known.set(root, identityOf(root));
  if (roots.length > 0) await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  ready = true;
  if (roots.length > 0 && roots.every((root) => problems.has(root))) {
    const { reason, mend } = problems.get(roots[0]!)!;
    // Every folder is out of reach, but each is watched once it appears: nobody has to restart anything.
    listener.note({ state: 'unhealthy', reason, mend });
  } else say();

  const moved = () => roots.some((root) => identityOf(root) !== known.get(root));
  listener.proves({
    proof: 'each watched folder is still the one that was opened',
    async run() {
      // A folder of the same name in its place is told by nobody: what is watched is the old one, wherever it went.
      if (moved()) {
        await after(SETTLE_MS);
        if (moved())
          return { ok: false, restart: true, reason: 'another folder stands where a watched one was' };
      }
      const before = problems.size;
      roots.forEach(check);
      if (problems.size !== before) say();
      return { ok: true };
    },
  });
  const probe = probeFolder === undefined ? null : createFilesProbe(probeFolder);
  if (probe) listener.proves(probe);
  return async () => {
    probe?.close();
    await watcher.close();
  };
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What tells one folder from another of the same name; empty where there is none. */
function identityOf(root: string): string {
  const found = statSync(root, { throwIfNoEntry: false });
  return found?.isDirectory() ? `${found.dev}:${found.ino}` : '';
}

function problemOf(root: string): { reason: string; mend: string } | null {
  try {
    if (!statSync(root).isDirectory()) {
      return {
        reason: `[monitor:files] ${root} is not a folder`,
        mend: 'choose a folder in the settings',
      };
    }
    accessSync(root, constants.R_OK | constants.X_OK);
    return null;
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    return missing
      ? {
          reason: `[monitor:files] the folder ${root} does not exist`,
          mend: 'create it or choose another folder',
        }
      : {
          reason: `[monitor:files] the folder ${root} cannot be read`,
          mend: `give yourself access: chmod u+rx '${root}'`,
        };
  }
}

/** What the kernel's refusals mean (inotify(7)). Names of files stay out of it. */
export function faultOf(thrown: unknown): { reason: string; mend: string } {
  const code = (thrown as NodeJS.ErrnoException)?.code ?? 'unknown error';
  if (code === 'ENOSPC') {
    return {
      reason: '[monitor:files] the system allows no more watched folders, so some are not watched',
      mend: 'sudo sysctl fs.inotify.max_user_watches=524288, or choose smaller folders',
    };
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return {
      reason: '[monitor:files] too many files are open, so some folders are not watched',
      mend: 'sudo sysctl fs.inotify.max_user_instances=1024, or choose fewer folders',
    };
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return {
      reason: '[monitor:files] some folders inside the watched ones cannot be read',
      mend: 'give yourself access to them, or choose other folders',
    };
  }
  return { reason: `[monitor:files] watching failed (${code})`, mend: 'switch the source off and on' };
}
