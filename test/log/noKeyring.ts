import type { Keyring } from '../../src/log/keyring.ts';

/** A machine without a keyring. */
export const noKeyring: Keyring = {
  get: async () => Promise.reject(new Error('AccessDenied')),
  set: async () => Promise.reject(new Error('AccessDenied')),
};
