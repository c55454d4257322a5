import type { Cache } from '../../src/bench/cache.ts';
import { digestOf } from '../../src/bench/digest.ts';
import type { BenchRun } from '../../src/bench/run.ts';

/** A cache that lives as long as the test. */
export function createMemoryCache(): Cache {
  const known = new Map<string, unknown>();
  let hits = 0;
  return {
    async get(key, schema, work) {
      const name = digestOf(key);
      if (known.has(name)) {
        hits += 1;
        return schema.parse(known.get(name));
      }
      const value = await work();
      known.set(name, value);
      return value;
    },
    counts: () => ({ hits, misses: known.size }),
  };
}

/** What a bench is given, without a bar and with nothing known before. */
export function benchRun(change: Partial<BenchRun> = {}): BenchRun {
  return {
    seed: 7,
    signal: new AbortController().signal,
    cache: createMemoryCache(),
    progress: () => ({ update() {}, stop() {} }),
    ...change,
  };
}
