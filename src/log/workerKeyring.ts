import type { Keyring } from './keyring.ts';
import type { FromThread, ToThread } from './workerMessages.ts';

/** Answers a question of the log's thread from the keyring that its opener lent. */
export function askLent(
  keyring: Keyring,
  question: Extract<FromThread, { ask: number }>,
  post: (message: ToThread) => void,
): void {
  const { ask, secret } = question;
  // The thread itself gives up waiting; nothing here needs to be stopped.
  const { signal } = new AbortController();
  const work = secret === undefined ? keyring.get(signal) : keyring.set(secret, signal).then(() => null);
  work.then(
    (value) => post({ keyring: ask, value }),
    (thrown: unknown) =>
      post({ keyring: ask, error: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
}
