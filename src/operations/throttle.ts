/** Calls a function at most once every `ms` milliseconds, the last time always; one call stands for many. */
export interface Throttle {
  /** Asks for a call: now if the last one is long enough ago, else when it will be. */
  ask(): void;
  /** Drops a call that waits. */
  stop(): void;
}

/**
 * `begun` is when the last call counts to have been (`performance.now()`), so that the first may have to wait too.
 * Uses the system's timers: the pace of a screen is real time, whatever clock a replay runs on.
 */
export function createThrottle(ms: number, call: () => void, begun = -Infinity): Throttle {
  let last = begun;
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    timer = undefined;
    last = performance.now();
    call();
  };
  return {
    ask() {
      if (timer) return;
      const wait = last + ms - performance.now();
      if (wait <= 0) run();
      else timer = setTimeout(run, wait);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
