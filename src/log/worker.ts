/* oxlint-disable unicorn/require-post-message-target-origin -- a thread has no origin */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError } from '../errors.ts';
import type { EventLog } from '../model/log.ts';
import type { OpenedLog, OpenOptions } from './open.ts';
import { askLent } from './workerKeyring.ts';
import type { CrossedError, FromThread, ThreadStart, ToThread } from './workerMessages.ts';

/** A thread that has not loaded its code after this (ms) is given up; a slow disk and a busy machine are allowed for. */
const HELLO_MS = 20_000;
/** How long a closed thread has to end by itself, in milliseconds: all is on disk by then. */
const END_MS = 1000;
/** A thread that ended is started again at once, then after these waits (ms), the last one for ever. */
const AGAIN_MS: readonly number[] = [0, 500, 2000, 5000, 15_000];
/** A thread that lived this long (ms) starts a new count. */
const SOUND_MS = 60_000;

/** Megabytes the thread's own heap may have: rows in flight are bounded, so more would be a leak. */
const HEAP_MB = 256;
/** A small nursery: rows live for milliseconds, and a large one is resident memory for nothing. */
const NURSERY_MB = 8;

/** Options of `openLog`, and where to say what a person should read once. */
export interface ThreadedOptions extends OpenOptions {
  readonly onNote?: (line: string) => void;
  /** The thread's code, for tests. */
  readonly entry?: URL;
}

interface Thread {
  readonly opened: Extract<FromThread, { opened: readonly string[] }>;
  call(method: string, input: readonly unknown[]): Promise<unknown>;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * `openLog` in a thread of its own, behind the same contract: a commit, a forget or a copy holds up nobody.
 *
 *     thread can't be started   -> the log works in this thread, and a note says so
 *     log can't be opened       -> the same AppError as `openLog`
 *     thread ends while open    -> what waits is rejected with `not-running` and may be written again, since it may be
 *                                  on disk or not; the thread is started again, sooner first, then ever later
 *
 * What was acknowledged was on disk, so the end of a thread loses nothing.
 */
export async function openLogInThread(options: ThreadedOptions): Promise<OpenedLog> {
  let first: Thread;
  try {
    first = await startThread(options);
  } catch (thrown) {
    if (!(thrown instanceof NoThread)) throw thrown;
    // Loaded only here: with a thread, this one never needs SQLite.
    const { openLog } = await import('./open.ts');
    const { note, ...opened } = await openLog(options);
    const why = `The log's own thread could not be started (${thrown.message}), so the log works in the core's: a long forget or backup may hold up the window for a moment`;
    return { ...opened, note: note ? `${note}. ${why}` : why };
  }
  const { opened: names, extra } = first.opened;
  return { ...extra, log: keepAlive(first, names, options) };
}

/** The log's methods over whatever thread is alive. */
function keepAlive(first: Thread, names: readonly string[], options: ThreadedOptions): EventLog {
  let current: Promise<Thread> = Promise.resolve(first);
  let closing: Promise<void> | null = null;
  let deaths = 0;
  let born = performance.now();

  let timer: NodeJS.Timeout | undefined;

  const follow = (thread: Thread) => void thread.ended.then(restart);

  function restart(): void {
    if (closing) return;
    if (performance.now() - born > SOUND_MS) deaths = 0;
    const wait = AGAIN_MS[Math.min(deaths, AGAIN_MS.length - 1)]!;
    deaths += 1;
    if (wait === 0) begin();
    else timer = setTimeout(begin, wait);
  }

  /** Until it is done, calls wait for it; after a failure they are told why until the next try. */
  function begin(): void {
    born = performance.now();
    current = startThread(options).then((thread) => {
      const { note } = thread.opened.extra;
      if (typeof note === 'string') options.onNote?.(note);
      follow(thread);
      return thread;
    });
    current.catch(restart);
  }

  async function call(method: string, input: readonly unknown[]): Promise<unknown> {
    if (closing) throw closed();
    let thread: Thread;
    try {
      thread = await current;
    } catch (thrown) {
      throw thrown instanceof AppError ? thrown : gone(thrown instanceof Error ? thrown.message : '');
    }
    return thread.call(method, input);
  }

  async function close(): Promise<void> {
    clearTimeout(timer);
    // A thread that can't be had any more has nothing left to write.
    const thread = await current.catch(() => null);
    await thread?.stop();
  }

  follow(first);
  const methods = names.map((name) => [name, (...input: readonly unknown[]) => call(name, input)] as const);
  return {
    ...(Object.fromEntries(methods) as unknown as EventLog),
    close: () => (closing ??= close()),
  };
}

/** The thread itself failed, not the log. */
class NoThread extends Error {}

async function startThread(options: ThreadedOptions): Promise<Thread> {
  const { clock, keyring } = options;
  const ahead = () => clock.now() - Date.now();
  const workerData: ThreadStart = {
    paths: options.paths,
    lentKeyring: keyring !== undefined,
    keyringWaitMs: options.keyringWaitMs,
    batchMs: options.batchMs,
    clockAhead: ahead(),
  };
  let worker: Worker;
  try {
    worker = new Worker(options.entry ?? entry(), {
      name: 'log',
      workerData,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: NURSERY_MB },
    });
  } catch (thrown) {
    throw new NoThread(thrown instanceof Error ? thrown.message : String(thrown));
  }
  const post = (message: ToThread) => worker.postMessage(message);
  const waiting = new Map<number, { resolve(output: unknown): void; reject(error: Error): void }>();
  const end = Promise.withResolvers<void>();
  const opening = Promise.withResolvers<Extract<FromThread, { opened: readonly string[] }>>();
  let why = 'it ended without a word';
  let calls = 0;
  let open = true;

  const late = setTimeout(() => {
    why = `it did not load within ${HELLO_MS / 1000} s`;
    void worker.terminate();
  }, HELLO_MS);

  worker.on('message', (message: FromThread) => {
    if ('hello' in message) clearTimeout(late);
    else if ('opened' in message) opening.resolve(message);
    else if ('failed' in message) opening.reject(uncrossed(message.failed));
    else if ('ask' in message) askLent(keyring!, message, post);
    else {
      const call = waiting.get(message.call);
      waiting.delete(message.call);
      if ('error' in message) call?.reject(uncrossed(message.error));
      else call?.resolve(message.output);
    }
  });
  worker.on('messageerror', (error) => {
    why = error.message;
    void worker.terminate();
  });
  worker.on('error', (error) => {
    why = error instanceof Error ? error.message : String(error);
  });
  worker.once('exit', () => {
    clearTimeout(late);
    open = false;
    opening.reject(new NoThread(why));
    for (const call of waiting.values()) call.reject(gone(why));
    waiting.clear();
    end.resolve();
  });

  const call = (method: string, input: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      if (!open) {
        reject(gone(why));
        return;
      }
      calls += 1;
      waiting.set(calls, { resolve, reject });
      try {
        post({ call: calls, method, input, ahead: ahead() });
      } catch (thrown) {
        waiting.delete(calls);
        reject(new AppError('internal', `[log] ${method} was given what can't be stored`, thrown));
      }
    });

  return {
    opened: await opening.promise,
    call,
    ended: end.promise,
    async stop() {
      if (open) await call('close', []);
      const slow = setTimeout(() => void worker.terminate(), END_MS);
      await end.promise;
      clearTimeout(slow);
    },
  };
}

/** Beside this file in the checkout; beside the bundle, or above its chunks, in the packaged program. */
function entry(): URL {
  const places = ['./workerThread.ts', './logThread.js', '../logThread.js'];
  const found = places.map((each) => new URL(each, import.meta.url)).find((each) => existsSync(each));
  if (!found) throw new NoThread('its file is missing');
  return found;
}

function uncrossed({ code, message }: CrossedError): AppError {
  return new AppError(code, message);
}

function closed(): AppError {
  return new AppError('not-running', '[log] the log is closed');
}

function gone(why: string): AppError {
  return new AppError(
    'not-running',
    `[log] the log's thread ended (${why}); it is started again and what waits is written then`,
  );
}
