/** Characters that are held at most; nobody types more in the time that they are held. */
const HELD_MOST = 4096;

/** Stands between two characters of which nobody knows whether they stand beside each other. */
export const GAP = 0;

/** Code point of the end of a line. */
export const NEWLINE = 10;

/**
 * Characters just typed with the time of each: arrays of numbers of a fixed size, because text in a string cannot be
 * overwritten. Everything that leaves is set to zero in the same call.
 */
export interface HeldText {
  length(): number;
  code(at: number): number;
  time(at: number): number;
  /** False when it is full; then nothing was put in. */
  insert(at: number, code: number, time: number): boolean;
  /** Takes `from` (inclusive) to `to` (exclusive) out. */
  remove(from: number, to: number): void;
  /** A string of a stretch, for redaction; gaps are `\0`. */
  text(from: number, to: number): string;
  /** Time of the oldest character; Infinity when there is none. */
  oldest(): number;
  clear(): void;
  /** The arrays themselves, for the test that they are zero. */
  readonly memory: { readonly codes: Uint32Array; readonly times: Float64Array };
}

/** An empty one. */
export function createHeldText(): HeldText {
  const codes = new Uint32Array(HELD_MOST);
  const times = new Float64Array(HELD_MOST);
  let length = 0;
  return {
    length: () => length,
    code: (at) => codes[at] ?? GAP,
    time: (at) => times[at] ?? 0,
    insert(at, code, time) {
      if (length >= HELD_MOST) return false;
      codes.copyWithin(at + 1, at, length);
      times.copyWithin(at + 1, at, length);
      codes[at] = code;
      times[at] = time;
      length += 1;
      return true;
    },
    remove(from, to) {
      codes.copyWithin(from, to, length);
      times.copyWithin(from, to, length);
      const left = length - (to - from);
      codes.fill(0, left, length);
      times.fill(0, left, length);
      length = left;
    },
    text(from, to) {
      let text = '';
      for (let at = from; at < to; at += 1) text += String.fromCodePoint(codes[at] ?? GAP);
      return text;
    },
    oldest() {
      let oldest = Infinity;
      for (let at = 0; at < length; at += 1) oldest = Math.min(oldest, times[at] ?? 0);
      return oldest;
    },
    clear() {
      codes.fill(0, 0, length);
      times.fill(0, 0, length);
      length = 0;
    },
    memory: { codes, times },
  };
}
