import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PowerPort } from '../../model/ports.ts';

/**
 * Whether this machine runs on its battery, by Linux's sysfs (Documentation/ABI/testing/sysfs-class-power): a supply that
 * is no battery and online feeds it; else a battery of the system, not of a mouse, that discharges. Null where nothing
 * tells, as on a machine without a battery.
 */
export function onBattery(folder = '/sys/class/power_supply'): boolean | null {
  let batteries = false;
  let discharging = false;
  for (const name of list(folder)) {
    const read = (file: string) => text(join(folder, name, file));
    const type = read('type');
    if (type === 'Battery') {
      if (read('scope') === 'Device') continue;
      batteries = true;
      if (read('status') === 'Discharging') discharging = true;
    } else if (read('scope') !== 'Device' && read('online') === '1') return false;
  }
  return batteries ? discharging : null;
}

/**
 * Whether the machine runs on its battery, by whoever can tell on this platform: the system on Linux, the host elsewhere.
 * A host answers late, so what it said last counts; null until it has.
 */
export function createPower(
  platform: NodeJS.Platform,
  port: PowerPort | undefined,
  folder?: string,
): () => boolean | null {
  if (platform === 'linux') return () => onBattery(folder);
  let last: boolean | null = null;
  let asking = false;
  return () => {
    if (port && !asking) {
      asking = true;
      void port
        .onBattery()
        .then(
          (now) => void (last = now),
          () => void (last = null),
        )
        .finally(() => (asking = false));
    }
    return last;
  };
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
