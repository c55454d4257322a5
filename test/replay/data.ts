import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';

/** ProactiveBench's data as the user has it, never a part of this repository: BEFOREHAND_BENCH_DATA, or ../shared. */
export const DATA =
  process.env['BEFOREHAND_BENCH_DATA'] ??
  fileURLToPath(new URL('../../../shared/data/proactivebench', import.meta.url));

/** A suite over the real data; skipped by name where it is not there. */
export function withData(name: string, body: () => void): void {
  if (existsSync(join(DATA, 'reward_data'))) describe(name, body);
  // The project never depends on data that is not its own, so without it there is no such test, not a skipped one.
  else process.stderr.write(`${name}: left out, BEFOREHAND_BENCH_DATA names no folder with its data\n`);
}
