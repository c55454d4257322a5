import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  rmSync,
  utimesSync,
  watch,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import type { Probe } from '../model/monitor.ts';

/** The system tells of a change within a few milliseconds. */
const TOLD_MS = 1_500;

const nobody = (): void => {};

const DEAF = {
  ok: false,
  // All watchers of a process share one queue of the kernel's: another watcher here would be as deaf.
  restart: false,
  reason: 'the system does not tell this program of changed files any more',
  mend: 'start Beforehand again',
} as const;

/**
 * Whether the system still tells this process of changed files: a file of its own in `folder` gets another time and must
 * be announced. Nothing is written, so a full disk does not matter. Null where the folder cannot be had: no test is no
 * fault.
 */
export function createFilesProbe(folder: string): (Probe & { close(): void }) | null {
  const file = join(folder, 'touched');
  let told: () => void = nobody;
  let watcher: FSWatcher;
  try {
    // Not recursive: Node never returns from that below /proc, and the run-time folder is there.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    watcher = watch(folder, { persistent: false }, () => told());
  } catch {
    return null;
  }
  // A watcher that fails is silent from then on, and that shows.
  watcher.on('error', () => {});
  return {
    proof: 'a change of a file of its own is announced',
    run: () =>
      new Promise((resolve) => {
        const late = setTimeout(() => resolve(DEAF), TOLD_MS);
        told = () => {
          clearTimeout(late);
          resolve({ ok: true });
        };
        const now = new Date();
        try {
          utimesSync(file, now, now);
        } catch {
          // Somebody cleared the folder away: nothing can be told of it.
          told();
        }
      }),
    close() {
      watcher.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
