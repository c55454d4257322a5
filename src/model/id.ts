import { v7 } from 'uuid';

/** A new time-ordered id (UUID version 7, RFC 9562). `at` is epoch milliseconds, for recorded days. */
export function newId(at?: number): string {
  return at === undefined ? v7() : v7({ msecs: at });
}
