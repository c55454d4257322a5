/** The log's thread with two faults to order: `check` ends it, a backup to `memory` uses all of its heap. */
import { parentPort } from 'node:worker_threads';

// Registered before the thread's own listener, so the fault comes before the call is answered.
parentPort!.on('message', (message: { readonly method?: string; readonly input?: readonly unknown[] }) => {
  if (message.method === 'check') process.exit(3);
  const hoard: unknown[] = [];
  while (message.method === 'backup' && message.input?.[0] === 'memory') {
    hoard.push(Array.from({ length: 1000 }, (_, n) => ({ n })));
  }
});

await import('../../src/log/workerThread.ts');
