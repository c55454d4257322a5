import type { AppError } from '../errors.ts';
import type { Connection } from './cipher.ts';
import { asLogError } from './failure.ts';

/** Group commit: what many callers write within one interval goes to disk in one transaction with one fsync. */
export interface Queue {
  /** Resolves when `run`'s rows are on disk; rejects when none of them is. `rows` is how many there are. */
  push(rows: number, run: () => void): Promise<void>;
  /** Commits what waits, now. Failures go to the callers that wait for them. */
  flush(): void;
}

interface Job {
  readonly run: () => void;
  readonly resolve: () => void;
  readonly reject: (error: AppError) => void;
}

/** A batch is committed after `batchMs` milliseconds, or earlier once it holds `batchRows` rows. */
export function createQueue(
  db: Connection,
  options: { readonly place: string; readonly batchMs: number; readonly batchRows: number },
): Queue {
  let jobs: Job[] = [];
  let rows = 0;
  let timer: NodeJS.Timeout | undefined;

  const commit = db.transaction((batch: readonly Job[]) => {
    for (const job of batch) job.run();
  });

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const batch = jobs;
    jobs = [];
    rows = 0;
    if (batch.length > 0) write(batch);
  }

  function write(batch: readonly Job[]): void {
    try {
      commit.immediate(batch);
    } catch (thrown) {
      const error = asLogError(thrown, options.place);
      // One caller's bad row must not fail its neighbours: what the disk did not refuse is tried one by one.
      if (error.code === 'internal' && batch.length > 1) {
        for (const job of batch) write([job]);
        return;
      }
      for (const job of batch) job.reject(error);
      return;
    }
    for (const job of batch) job.resolve();
  }

  return {
    flush,
    push(count, run) {
      return new Promise((resolve, reject) => {
        jobs.push({ run, resolve, reject });
        rows += count;
        if (rows >= options.batchRows) flush();
        else timer ??= setTimeout(flush, options.batchMs);
      });
    },
  };
}
