/** Seeded randomness of the corpus: the same kind gives the same samples on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** `length` characters of `letters`. */
  letters(letters: string, length: number): string;
  bytes(length: number): Uint8Array;
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return state;
}

/** A generator seeded by a number (the mulberry32 recipe: 32 bits of state, good enough for samples). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between,
    pick: (items) => items[between(0, items.length - 1)]!,
    letters: (letters, length) =>
      Array.from({ length }, () => letters[between(0, letters.length - 1)]).join(''),
    bytes: (length) => Uint8Array.from({ length }, () => between(0, 255)),
  };
}
