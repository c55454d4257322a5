import { createHash } from 'node:crypto';
import { AsyncEntry } from '@napi-rs/keyring';

/** A safe place of the operating system for one secret. `get` gives null when there is none; both reject when it can't be reached. */
export interface Keyring {
  get(signal: AbortSignal): Promise<string | null>;
  set(secret: string, signal: AbortSignal): Promise<void>;
}

/**
 * The user's keyring: Secret Service on Linux, Keychain, Credential Manager. The entry's name holds a hash of the data
 * folder, so that the demo and the tests never share a key with the real log. On Linux the Secret Service is required
 * by name: the library would otherwise fall back to the kernel's keyring, which a restart of the machine empties.
 */
export function createKeyring(data: string, secret: 'log' | 'endpoint' = 'log'): Keyring {
  const name = `${secret}-${createHash('sha256').update(data).digest('hex').slice(0, 16)}`;
  const entry = () => new AsyncEntry('beforehand', name, { linux: { store: 'secret-service' } });
  return {
    get: async (signal) => (await entry().getPassword(signal)) ?? null,
    set: async (secret, signal) => entry().setPassword(secret, signal),
  };
}

/** What a keyring said, or that it could not say anything in time. */
export type Asked<T> =
  | { readonly answered: true; readonly value: T }
  | { readonly answered: false; readonly why: string };

/**
 * Asks a keyring and waits at most `ms` milliseconds: a locked one waits for a person, and the start must not. The
 * call may go on in the background; its late answer is dropped.
 */
export async function askKeyring<T>(
  ms: number,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<Asked<T>> {
  const control = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Asked<T>>((resolve) => {
    timer = setTimeout(
      () =>
        resolve({
          answered: false,
          why: `the keyring did not answer within ${ms / 1000} s; it may be locked`,
        }),
      ms,
    );
  });
  const asked = (async () => call(control.signal))().then(
    (value): Asked<T> => ({ answered: true, value }),
    (thrown: unknown): Asked<T> => ({
      answered: false,
      why: `the keyring could not be reached (${thrown instanceof Error ? thrown.message : String(thrown)})`,
    }),
  );
  const result = await Promise.race([asked, late]);
  clearTimeout(timer);
  if (!result.answered) control.abort();
  return result;
}
