import type { Stats } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileEvent } from '../model/event.ts';
import type { FilePlaces } from '../model/files.ts';
import type { Guard } from '../model/guard.ts';
import { newId } from '../model/id.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { createFileChanges, type Change } from './fileChanges.ts';
import { isBinary, looksBinary, typeOf } from './fileKinds.ts';
import { createSupervised, type Life } from './supervised.ts';
import { watchFolders } from './folderWatch.ts';

/** Quiet time after the last touch before anything is said: covers write-and-rename of every editor tried. */
const SETTLE_MS = 200;
/** Touches that never end (a growing download) are looked at this often all the same. */
const LONGEST_MS = 1000;
/** A file that is written all the time is told this often. */
const REST_MS = 5000;
/** Changes told of one look; a checkout or an unpacked archive is not the user's doing, file by file. */
const MOST_AT_ONCE = 20;

/** Emits what becomes of files in the watched folders: name, folder, type, size. Never content. */
export function createFilesMonitor(options: {
  /** Absolute folders; missing ones are named in the health and watched once they appear. */
  readonly folders: readonly string[];
  readonly guard: Guard;
  readonly clock: Clock;
  /** A folder of its own in which a self-test touches a file; without one there is no such test. */
  readonly probeFolder?: string;
  /** Hears where each file lies that an event tells of: the event itself holds no path. */
  readonly places?: Pick<FilePlaces, 'note' | 'isOurs'>;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { guard, clock } = options;

  /** What the program did itself at the person's word is in the audit log; it is nothing that the person did. */
  const isOurs = async ({ action, path }: Change) => {
    if (!options.places || action === 'modified') return false;
    const folder = await realpath(dirname(path)).catch(() => dirname(path));
    return options.places.isOurs(join(folder, basename(path)));
  };

  const tell = async (life: Life, change: Change) => {
    if (await isOurs(change)) return;
    const base = { id: newId(), at: clock.now(), duration: 0, monitor: 'files' };
    const verdict = guard.before({ source: 'file', path: change.path });
    const before = change.from ? guard.before({ source: 'file', path: change.from }) : verdict;
    // A file's name is its content here: without leave for that there is nothing left to tell.
    const refusal = verdict.allow === 'content' ? before : verdict;
    if (refusal.allow !== 'content') {
      const data = { source: 'file', reason: refusal.reason.slice(0, 128), count: 1 };
      life.emit({ ...base, kind: 'dropped', data });
      return;
    }
    const clean = (text: string) => guard.redact(text, 'file').text.slice(0, 512);
    const data: FileEvent['data'] = {
      action: change.action,
      name: clean(basename(change.path)),
      folder: clean(basename(dirname(change.path))),
      ...(change.from && { from: clean(basename(change.from)) }),
      type: typeOf(change.path),
      size: change.size,
      binary: change.action === 'deleted' ? looksBinary(change.path) : await isBinary(change.path),
    };
    if (change.action !== 'deleted') options.places?.note(base.id, change.path);
    life.emit({ ...base, kind: 'file', data });
  };

  return createSupervised({
    name: 'files',
    clock,
    backOff: options.backOff,
    async open(life) {
      const changes = createFileChanges();
      const touched = new Set<string>();
      const told = new Map<string, number>();
      let timer: NodeJS.Timeout | undefined;
      let since = 0;
      let work: Promise<void> = Promise.resolve();
      let open = true;

      const look = async (last: boolean) => {
        const now = performance.now();
        const paths: string[] = [];
        for (const path of touched) {
          const rest = (told.get(path) ?? -REST_MS) + REST_MS - now;
          if (rest <= 0 || last) paths.push(path);
          else later(Math.max(rest, SETTLE_MS));
        }
        for (const path of paths) touched.delete(path);
        const found = await changes.settle(paths, last);
        for (const change of found.changes.slice(0, MOST_AT_ONCE)) {
          if (change.action === 'modified') told.set(change.path, now);
          await tell(life, change);
        }
        const more = found.changes.length - MOST_AT_ONCE;
        if (more > 0) {
          const data = { source: 'file', reason: 'many files changed at once', count: more };
          life.emit({ id: newId(), at: clock.now(), duration: 0, monitor: 'files', kind: 'dropped', data });
        }
        for (const [path, at] of told) if (now - at > REST_MS) told.delete(path);
        for (const path of found.again) touch(path);
      };
      const later = (ms: number) => {
        clearTimeout(timer);
        if (!open) return;
        timer = setTimeout(() => {
          since = 0;
          work = work.then(() => look(false)).catch(life.died);
        }, ms);
      };
      const touch = (path: string) => {
        if (!open) return;
        touched.add(path);
        const now = performance.now();
        since ||= now;
        later(Math.max(0, Math.min(SETTLE_MS, since + LONGEST_MS - now)));
      };

      const close = await watchFolders(
        options.folders,
        {
          found: (path: string, stats: Stats) => changes.learn(path, stats),
          touched: touch,
          full: (path, most) => changes.size >= most && !changes.knows(path),
          note: life.note,
          died: life.died,
          proves: life.proves,
        },
        options.probeFolder,
      );
      return async () => {
        open = false;
        clearTimeout(timer);
        await close();
        work = work.then(() => look(true)).catch(() => {});
        await work;
      };
    },
  });
}
