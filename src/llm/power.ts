import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux tells the energy of processor packages (kernel documentation, power/powercap). */
const POWERCAP = '/sys/class/powercap';
/** A whole package, `intel-rapl:0`; `intel-rapl:0:1` is a part of it and would count twice. AMD's have the same name. */
const PACKAGE = /^intel-rapl:\d+$/;
/** Microjoules in a joule. */
const MICRO = 1_000_000;

/** Measures the energy of what runs between two looks. */
export interface PowerMeter {
  /** Begins; the function returned ends it and says the joules since, or null where the platform does not tell. */
  begin(): () => number | null;
  /** In words: where joules come from, or why there are none and what would change that. */
  words(): string;
}

/** A meter over the processor packages of this machine. `folder` is where the kernel tells them. Never throws. */
export function createPowerMeter(folder = POWERCAP): PowerMeter {
  const zones = zonesIn(folder);
  const readable = zones.filter((zone) => read(zone, 'energy_uj') !== null);
  return {
    begin() {
      const before = readable.map((zone) => read(zone, 'energy_uj'));
      return () => {
        if (readable.length === 0) return null;
        let sum = 0;
        for (const [at, zone] of readable.entries()) {
          const [from, to] = [before[at] ?? null, read(zone, 'energy_uj')];
          if (from === null || to === null) return null;
          // The counter begins again at its end.
          sum += to >= from ? to - from : to - from + (read(zone, 'max_energy_range_uj') ?? 0);
        }
        return Math.max(0, sum) / MICRO;
      };
    },
    words() {
      if (readable.length > 0)
        return `Joules are those of the whole processor while the model worked, as Linux counts them (RAPL): at most so many are the model's.`;
      return zones.length > 0
        ? `This computer counts energy (RAPL), but only its administrator may read it: ${join(folder, '*/energy_uj')}.`
        : 'This computer does not tell what energy its processor takes.';
    },
  };
}

function zonesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => PACKAGE.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function read(zone: string, file: string): number | null {
  try {
    const value = Number(readFileSync(join(zone, file), 'utf8').trim());
    return Number.isFinite(value) ? value : null;
  } catch {
    return null;
  }
}
