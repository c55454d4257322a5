/** Milliseconds before a process is started again: doubled with each failure in a row. */
export function backOff(failures: number, first = 500, limit = 30_000): number {
  return failures <= 0 ? 0 : Math.min(limit, first * 2 ** (failures - 1));
}

/** A process that ran this long (ms) was well: the count of failures begins anew. */
export const STEADY = 60_000;

/** What is watched: anything that tells its end and can be ended. */
export interface Watched {
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** Time as it is needed here; tests turn it by hand. */
export interface Timers {
  now(): number;
  after(ms: number, job: () => void): () => void;
}

/** The system's time. */
export const systemTimers: Timers = {
  now: () => Date.now(),
  after(ms, job) {
    const timer = setTimeout(job, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Keeps one process running: started now, and again with back-off each time it ends, until `stop`. `onDown` hears of
 * each end that was not asked for, with the wait in ms before the next start.
 */
export function supervise<P extends Watched>(options: {
  readonly start: () => P;
  readonly onUp: (process: P) => void;
  readonly onDown: (code: number | null, waitMs: number) => void;
  readonly timers?: Timers;
}): { stop(): void } {
  const timers = options.timers ?? systemTimers;
  let failures = 0;
  let stopped = false;
  let current: P | null = null;
  let cancel: (() => void) | null = null;

  const begin = () => {
    const since = timers.now();
    const process = options.start();
    current = process;
    process.onExit((code) => {
      if (current !== process) return;
      current = null;
      if (stopped) return;
      failures = timers.now() - since >= STEADY ? 1 : failures + 1;
      const wait = backOff(failures);
      options.onDown(code, wait);
      if (!stopped) cancel = timers.after(wait, begin);
    });
    options.onUp(process);
  };
  begin();
  return {
    stop() {
      stopped = true;
      cancel?.();
      current?.kill();
    },
  };
}
