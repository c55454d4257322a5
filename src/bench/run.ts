import type { Cache } from './cache.ts';

/** Shows how far a piece of work is; `done` and `total` in the same unit. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** What every bench is given: nothing in it is read from the environment. */
export interface BenchRun {
  readonly seed: number;
  /** Aborted by Ctrl-C: a bench stops after the item at hand, with what it has kept in the cache. */
  readonly signal: AbortSignal;
  readonly cache: Cache;
  /** Begins a progress bar; `unit` says an amount in words. */
  progress(title: string, unit: (n: number) => string): Progress;
}

/**
 * Works through items in order, one at a time, with progress. Resolves to null when it was interrupted: what is done is in
 * the cache, and the same command goes on there.
 */
export async function eachInTurn<T, R>(
  run: Pick<BenchRun, 'signal' | 'progress'>,
  title: string,
  unit: (n: number) => string,
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<readonly R[] | null> {
  const bar = run.progress(title, unit);
  const results: R[] = [];
  try {
    for (const [index, item] of items.entries()) {
      if (run.signal.aborted) return null;
      results.push(await work(item, index));
      bar.update(results.length, items.length);
    }
    return results;
  } finally {
    bar.stop();
  }
}
