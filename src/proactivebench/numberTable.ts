/** Flags by number, for millions of them: nine bytes an entry and half as many again for room, where a Map takes fifty. */
export interface NumberTable {
  /** The flags of a key; 0 where it is not known. */
  get(key: number): number;
  /** Keeps flags from 1 to 255 under a key: a whole number from 0 to 2^53 - 1. */
  set(key: number, flags: number): void;
  size(): number;
}

const LEAST = 1024;

/** An open-addressing hash table with linear probing (Knuth, volume 3, 6.4, algorithm L), at most two thirds full. */
export function createNumberTable(): NumberTable {
  let keys = new Float64Array(LEAST);
  let flags = new Uint8Array(LEAST);
  let count = 0;

  /** Where a key stands, or the empty place where it would. */
  const placeOf = (key: number): number => {
    const mask = keys.length - 1;
    let at = Math.imul((key % 0x1_0000_0000) ^ Math.floor(key / 0x1_0000_0000), 0x9e3779b1) & mask;
    while (flags[at] !== 0 && keys[at] !== key) at = (at + 1) & mask;
    return at;
  };
  const grow = () => {
    const [oldKeys, oldFlags] = [keys, flags];
    keys = new Float64Array(2 * oldKeys.length);
    flags = new Uint8Array(2 * oldKeys.length);
    for (let at = 0; at < oldKeys.length; at += 1) {
      if (oldFlags[at] === 0) continue;
      const place = placeOf(oldKeys[at]!);
      keys[place] = oldKeys[at]!;
      flags[place] = oldFlags[at]!;
    }
  };

  return {
    get: (key) => flags[placeOf(key)]!,
    set(key, value) {
      if (3 * (count + 1) > 2 * keys.length) grow();
      const at = placeOf(key);
      if (flags[at] === 0) count += 1;
      keys[at] = key;
      flags[at] = value;
    },
    size: () => count,
  };
}
