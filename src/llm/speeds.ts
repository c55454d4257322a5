import { readFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../writing.ts';

/** How quick a model was on this machine. Speeds are tokens a second, the time milliseconds, the memory bytes, `at` epoch ms. */
export const Speed = z.object({
  /** Alias of the catalogue. */
  alias: z.string().max(100),
  at: z.number().int(),
  threads: z.number().int().positive(),
  prefillPerSecond: z.number().nonnegative(),
  decodePerSecond: z.number().nonnegative(),
  /** First token of a turn that adds one line to a known prompt. */
  firstTokenMs: z.number().nonnegative(),
  memoryBytes: z.number().nonnegative(),
});
export type Speed = z.infer<typeof Speed>;

/** The newest figures of each model. */
export interface SpeedStore {
  all(): Promise<readonly Speed[]>;
  keep(speed: Speed): Promise<void>;
}

/** Figures in a file (0600). One that cannot be read counts as none. */
export function createSpeedStore(file: string): SpeedStore {
  const all = async (): Promise<readonly Speed[]> => {
    try {
      return z.array(Speed).parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      return [];
    }
  };
  return {
    all,
    async keep(speed) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const others = (await all()).filter(({ alias }) => alias !== speed.alias);
      await writeWhole(file, `${JSON.stringify([speed, ...others], null, 2)}\n`);
    },
  };
}
