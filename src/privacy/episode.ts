import { createHmac, randomBytes } from 'node:crypto';
import type { FindingType } from './finding.ts';

/**
 * One sitting: the same value gets the same number in everything that was captured in it, so that `[EMAIL_1]` of a
 * title and of the clipboard are one. Values are never held, only keyed digests of them, under a key that lives in
 * memory and is thrown away with the sitting.
 */
export interface Episode {
  /** Something was captured: begins a new sitting if the last is over. */
  touch(): void;
  /** The number of a value, at least `floor + 1` if the value is new. */
  number(type: FindingType, value: string, floor: number): number;
  /** How many values have a number now. */
  size(): number;
}

/** What an episode is made of. */
export interface EpisodeOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A sitting ends after so many milliseconds in which nothing was captured. */
  readonly pause?: number;
  /** Values that have a number at one time; the one not seen for longest loses its own. */
  readonly limit?: number;
}

/** People come back from lunch to the same work, rarely after half an hour of nothing to the same page. */
const PAUSE = 30 * 60_000;
/** 16 bytes and a number each: a quarter of a megabyte at most. */
const LIMIT = 4096;
/** Placeholders have four digits at most. */
const LAST = 9999;

/** An episode that ends after a pause, at midnight of the local day, and when the clock goes back a day or more. */
export function createEpisode(options: EpisodeOptions): Episode {
  const pause = options.pause ?? PAUSE;
  const limit = options.limit ?? LIMIT;
  const numbers = new Map<string, number>();
  const last = new Map<FindingType, number>();
  let key = randomBytes(32);
  let at = options.now();
  let day = dayOf(at);

  function begin(): void {
    numbers.clear();
    last.clear();
    key.fill(0);
    key = randomBytes(32);
  }

  return {
    touch() {
      const now = options.now();
      // A clock that was set back by some seconds is still the same sitting.
      if (now - at > pause || dayOf(now) !== day) begin();
      at = now;
      day = dayOf(now);
    },

    number(type, value, floor) {
      const digest = createHmac('sha256', key).update(`${type}\0${value}`).digest('base64url').slice(0, 22);
      const known = numbers.get(digest);
      if (known !== undefined) {
        // Moved to the end: the map's order is the order of use.
        numbers.delete(digest);
        numbers.set(digest, known);
        return known;
      }
      if ((last.get(type) ?? 0) >= LAST) begin();
      const next = Math.max(last.get(type) ?? 0, floor) + 1;
      if (next > LAST) return LAST;
      const oldest = numbers.size >= limit ? numbers.keys().next().value : undefined;
      if (oldest !== undefined) numbers.delete(oldest);
      // Under the key in force now, which `begin` may have changed.
      numbers.set(
        createHmac('sha256', key).update(`${type}\0${value}`).digest('base64url').slice(0, 22),
        next,
      );
      last.set(type, next);
      return next;
    },

    size: () => numbers.size,
  };
}

function dayOf(at: number): number {
  const date = new Date(at);
  return date.getFullYear() * 400 + date.getMonth() * 31 + date.getDate();
}
