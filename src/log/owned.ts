import { dirname } from 'node:path';
import { AppError, asAppError } from '../errors.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import { createBackups } from './backups.ts';
import { createCopies } from './copies.ts';
import { asLogError } from './failure.ts';
import type { ObtainedKey } from './key.ts';
import { finishForgetting, markForgotten } from './renew.ts';
import { rotateKey, type KeyChange } from './rotate.ts';

/** An open file, and the key it opened with. */
export interface OpenFile {
  readonly log: EventLog;
  readonly key: ObtainedKey;
}

/**
 * The log as its owner has it: over a file that can be replaced while it runs. "Forget everything" and a change of the
 * key close the file, replace it and open the new one; calls made meanwhile wait and find the new file. Where that one
 * can't be opened (a full disk), calls are told why, and each tries again.
 */
export function createOwned(
  first: OpenFile,
  options: {
    readonly change: KeyChange;
    readonly clock: Clock;
    /** Opens whatever file and key are in place now. */
    readonly reopen: () => Promise<OpenFile>;
    /** Gives the right to the folder back. */
    readonly release: () => void;
  },
): EventLog {
  const { change, clock } = options;
  const { log: place } = change.paths;
  const copies = createCopies(place);
  const backups = createBackups(place, clock);
  let current: OpenFile | null = first;
  let busy: Promise<unknown> | null = null;
  let closed: Promise<void> | null = null;

  /** Alone with the file: everything else waits until `work` has ended and a file is open again. */
  function alone<T>(work: (file: OpenFile) => Promise<T>): Promise<T> {
    const before = busy ?? Promise.resolve();
    const mine = before
      .catch(() => {})
      .then(async () => {
        try {
          return await work(await opened());
        } finally {
          // What went wrong is told by `work`, or by the next call.
          await opened().catch(() => {});
        }
      });
    busy = mine;
    void mine
      .catch(() => {})
      .finally(() => {
        if (busy === mine) busy = null;
      });
    return mine;
  }

  async function opened(): Promise<OpenFile> {
    return (current ??= await options.reopen());
  }

  async function shut(): Promise<void> {
    const file = current;
    current = null;
    await file?.log.close();
  }

  /** Resolves when nobody is alone with the file. */
  async function free(): Promise<void> {
    for (let work = busy; work; work = busy) await work.catch(() => {});
  }

  const calls = Object.keys(first.log).map((name) => {
    const call = async (...input: unknown[]) => {
      if (busy) await free();
      if (closed) throw new AppError('not-running', '[log] the log is closed');
      const file = current ?? (await alone(async (each) => each));
      const method = file.log[name as keyof EventLog] as (...input: unknown[]) => Promise<unknown>;
      return method(...input);
    };
    return [name, call] as const;
  });
  const plain = Object.fromEntries(calls) as unknown as EventLog;

  async function forget(filter: Parameters<EventLog['forget']>[0]): Promise<number> {
    if ('everything' in filter) return forgetEverything();
    try {
      const gone = await plain.forget(filter);
      backups.drop();
      return gone;
    } catch (thrown) {
      if (asAppError(thrown, 'internal', 'log').code !== 'disk-full') throw thrown;
      // They would go anyway, and they may be what fills the disk.
      backups.drop();
      return plain.forget(filter);
    }
  }

  function forgetEverything(): Promise<number> {
    return alone(async ({ log }) => {
      const { observations } = await log.state();
      markForgotten(place);
      await shut();
      await finishForgetting(change, backups.drop);
      return observations;
    });
  }

  function rotate(): Promise<void> {
    return alone(async ({ log, key }) => {
      await rotateKey(change, key, { copy: (file) => log.backup(file), close: shut });
      // Nothing opens them any more.
      backups.drop();
    });
  }

  return {
    ...plain,
    forget,
    rotateKey: rotate,
    async backup(file) {
      await plain.backup(file);
      // One in the data folder is a step of something else, and gone soon.
      if (dirname(file) !== dirname(place)) await copies.add({ file, at: clock.now(), kind: 'backup' });
    },
    keepBackup: () => backups.keep((file) => plain.backup(file)),
    copies: async () => copies.list(),
    async noteCopy(copy) {
      try {
        await copies.add(copy);
      } catch (thrown) {
        throw asLogError(thrown, place);
      }
    },
    close() {
      closed ??= (async () => {
        await free();
        try {
          await shut();
          await backups.settled();
        } finally {
          options.release();
        }
      })();
      return closed;
    },
  };
}
