/** One-shot timers, injected so that tests wait for nothing. Times are milliseconds. */
export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

/** setTimeout fires at once when asked for more than this. */
const LONGEST = 2_147_483_647;

/** The system's timers. They never keep the process alive: a card on screen is no reason to stay. */
export const systemTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, Math.min(Math.max(ms, 0), LONGEST)).unref(),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};
