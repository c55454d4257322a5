import { lstat, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { digestOf } from './digest.ts';
import { writeResult } from './writing.ts';

/** What was worked out before, by content: a killed bench goes on where it was, and a repeated one costs nothing. */
export interface Cache {
  /**
   * The value for `key` (any JSON that names everything the value depends on), from the cache or from `work`, which is then
   * kept at once. A file that does not fit `schema` counts as absent.
   */
  get<T>(key: unknown, schema: z.ZodType<T>, work: () => Promise<T>): Promise<T>;
  /** How many came from the cache, and how many were worked out. */
  counts(): { readonly hits: number; readonly misses: number };
}

/** A cache in `folder` (0700), one small 0600 file a value. `fresh` works everything out again and keeps it. */
export function createFileCache(folder: string, options: { readonly fresh?: boolean } = {}): Cache {
  let hits = 0;
  let misses = 0;
  return {
    async get(key, schema, work) {
      const name = digestOf(key);
      const file = join(folder, name.slice(0, 2), `${name}.json`);
      if (!options.fresh) {
        const known = await textOf(file)
          .then((text) => schema.safeParse(JSON.parse(text)))
          .catch(() => null);
        if (known?.success) {
          hits += 1;
          return known.data;
        }
      }
      const value = await work();
      misses += 1;
      // A link that somebody left there is not followed: what it leads to is no value of ours.
      const there = await lstat(file).catch(() => null);
      if (there && !there.isFile() && !there.isDirectory()) await rm(file, { force: true });
      await writeResult(file, JSON.stringify(value));
      return value;
    },
    counts: () => ({ hits, misses }),
  };
}

/** Bytes of one value at most; an answer takes a few thousand. */
const LARGEST = 16_000_000;

/** Only a plain file is read: a pipe that somebody left there would be waited for, and a device never end. */
async function textOf(file: string): Promise<string> {
  const stat = await lstat(file);
  if (!stat.isFile() || stat.size > LARGEST) throw new Error('no value of ours');
  return readFile(file, 'utf8');
}
