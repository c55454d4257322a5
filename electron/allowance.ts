/** Messages that may come at once, and how many more each second; a busy page sends a few dozen at its start. */
const BURST = 400;
const PER_SECOND = 200;

/** A flooding page's allowance: a bucket that refills with time. `now` is in milliseconds and may only grow. */
export function createAllowance(now: () => number): { take(): boolean } {
  let left = BURST;
  let at = now();
  return {
    take() {
      const time = now();
      left = Math.min(BURST, left + (Math.max(0, time - at) * PER_SECOND) / 1000);
      at = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
