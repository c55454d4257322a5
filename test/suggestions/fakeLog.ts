import { createMemoryLog } from '../../src/log/memory.ts';
import type { EventLog } from '../../src/model/log.ts';

/** The log in memory, with a disk that can fill up: `fail` refuses what is written until the next turn, all or nothing. */
export function createTestLog(clock = { now: () => 0 }) {
  const log = createMemoryLog(clock);
  let failure: Error | undefined;
  const write =
    <T>(put: (row: T) => Promise<void>) =>
    async (row: T) => {
      if (!failure) return put(row);
      setImmediate(() => (failure = undefined));
      throw failure;
    };
  const failing: EventLog = {
    ...log,
    suggest: write(log.suggest),
    feedback: write(log.feedback),
    answer: write(log.answer),
    audit: write(log.audit),
  };
  return { log: failing, fail: (error: Error) => void (failure = error) };
}
