import { v7 } from 'uuid';

/** Random bytes are drawn for this many ids at once: drawing them one by one is most of what an id costs. */
const POOL = 256;
const BYTES = 16;
const pool = new Uint8Array(POOL * BYTES);
let next = POOL;

let last = 0;
let made = 0;

/** A new time-ordered id (UUID version 7, RFC 9562). `at` is epoch milliseconds, for recorded days. */
export function newId(at?: number): string {
  if (at !== undefined) return v7({ msecs: at, rng: drawn });
  // Ids of one millisecond, or of a clock that went back, keep the order in which they were made.
  const now = Date.now();
  made = now > last ? 1 : made + 1;
  last = Math.max(last, now);
  return v7({ msecs: last, seq: made, rng: drawn });
}

function drawn(): Uint8Array {
  if (next === POOL) {
    crypto.getRandomValues(pool);
    next = 0;
  }
  next += 1;
  return pool.subarray((next - 1) * BYTES, next * BYTES);
}
