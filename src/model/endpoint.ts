import { z } from 'zod';

/** Whether an address is of this machine: nothing sent there leaves it. */
export function isHere(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Base of an OpenAI-compatible API: `http://127.0.0.1:8080/v1`. No name, password, query or fragment: a key in an address
 * would be kept in plain text.
 */
export const EndpointAddress = z
  .url()
  .max(2048)
  .refine((url) => {
    // Checks go on after one that failed.
    if (!URL.canParse(url)) return false;
    const { protocol, username, password, search, hash } = new URL(url);
    return /^https?:$/.test(protocol) && username + password + search + hash === '';
  }, 'the address is http or https, without a name, a password, a query or a “#”: http://127.0.0.1:8080/v1');

/** Where the key of an endpoint lies: the system's keyring, a 0600 file, BEFOREHAND_ENDPOINT_KEY, or nowhere. */
export const KeyPlace = z.enum(['keyring', 'file', 'environment', 'none']);
export type KeyPlace = z.infer<typeof KeyPlace>;
