import { existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../model/ports.ts';
import { fingerprintFile } from './fingerprint.ts';

/**
 * Moves a log that does not open aside, with its WAL and its fingerprint, and returns the new path. Nothing is
 * deleted. `damaged` files have their key; `locked` ones may be whole and lack it. Colons are left out of the time:
 * Windows forbids them in names.
 */
export function setAside(log: string, kind: 'damaged' | 'locked', clock: Clock): string {
  const time = new Date(clock.now()).toISOString().replaceAll(':', '-');
  let name = join(dirname(log), `log.${kind}-${time}.db`);
  for (let n = 2; existsSync(name); n++) name = join(dirname(log), `log.${kind}-${time}-${n}.db`);
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(`${log}${suffix}`)) renameSync(`${log}${suffix}`, `${name}${suffix}`);
  }
  if (existsSync(fingerprintFile(log))) renameSync(fingerprintFile(log), fingerprintFile(name));
  renameSync(log, name);
  return name;
}
