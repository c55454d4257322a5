/**
 * The log's own thread: SQLite commits, forgets and copies here, so that none of it holds up whoever watches. Opens the
 * log as its owner and answers calls in the order in which they were made.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asAppError } from '../errors.ts';
import type { EventLog } from '../model/log.ts';
import type { Keyring } from './keyring.ts';
import { openLog } from './open.ts';
import type { CrossedError, FromThread, ThreadStart, ToThread } from './workerMessages.ts';

const port = parentPort!;
const start = workerData as ThreadStart;
const tell = (message: FromThread) => port.postMessage(message);

let ahead = start.clockAhead;
let log: EventLog | null = null;
let questions = 0;
let running = 0;
let closing = false;
const asked = new Map<number, { resolve(value: string | null): void; reject(error: Error): void }>();

/** A keyring that lives with the opener. */
function ask(secret?: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    questions += 1;
    asked.set(questions, { resolve, reject });
    tell({ ask: questions, ...(secret !== undefined && { secret }) });
  });
}

const lent: Keyring = {
  get: () => ask(),
  set: async (secret) => {
    await ask(secret);
  },
};

function crossed(thrown: unknown): CrossedError {
  const { code, message } = asAppError(thrown, 'internal', 'log');
  return { code, message };
}

async function run(message: Extract<ToThread, { call: number }>): Promise<void> {
  const { call, method, input } = message;
  ahead = message.ahead;
  running += 1;
  closing ||= method === 'close';
  try {
    const work = (log as unknown as Record<string, (...input: readonly unknown[]) => Promise<unknown>>)[
      method
    ]!;
    tell({ call, output: await work(...input) });
  } catch (thrown) {
    tell({ call, error: crossed(thrown) });
  }
  running -= 1;
  // What was written before the close is answered as well; then nothing holds the thread any more.
  if (closing && running === 0) port.close();
}

port.on('message', (message: ToThread) => {
  if ('call' in message) {
    void run(message);
    return;
  }
  const question = asked.get(message.keyring);
  asked.delete(message.keyring);
  if ('error' in message) question?.reject(new Error(message.error));
  else question?.resolve(message.value);
});

tell({ hello: true });
try {
  const { log: opened, ...extra } = await openLog({
    paths: start.paths,
    clock: { now: () => Date.now() + ahead },
    ...(start.lentKeyring && { keyring: lent }),
    keyringWaitMs: start.keyringWaitMs,
    batchMs: start.batchMs,
  });
  log = opened;
  tell({ opened: Object.keys(opened), extra });
} catch (thrown) {
  tell({ failed: crossed(thrown) });
  port.close();
}
