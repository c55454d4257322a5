import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';

/** Flips one bit of the byte at `offset`. */
export function flipBit(file: string, offset: number, bit = 4): void {
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, offset);
  byte[0]! ^= 1 << bit;
  writeSync(handle, byte, 0, 1, offset);
  closeSync(handle);
}

/** A seeded generator of numbers below 1 (mulberry32), so that a failing case can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Cuts the file at a part of its length. */
export function cut(file: string, part: number): void {
  truncateSync(file, Math.floor(statSync(file).size * part));
}
