import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPowerMeter } from '../../src/llm/power.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'beforehand-power-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function zone(name: string, microjoules: number | null, range = 1_000_000_000): void {
  mkdirSync(join(folder, name), { recursive: true });
  if (microjoules !== null) writeFileSync(join(folder, name, 'energy_uj'), `${microjoules}\n`);
  writeFileSync(join(folder, name, 'max_energy_range_uj'), `${range}\n`);
}

it('adds up whole packages, parts of one not twice, and goes on where a counter begins again', () => {
  zone('intel-rapl:0', 5_000_000);
  zone('intel-rapl:1', 999_000_000);
  zone('intel-rapl:0:0', 7_000_000);
  const meter = createPowerMeter(folder);
  const end = meter.begin();
  zone('intel-rapl:0', 7_500_000);
  zone('intel-rapl:1', 1_000_000);
  zone('intel-rapl:0:0', 900_000_000);
  expect(end()).toBeCloseTo(2.5 + 2, 9);
  expect(meter.words()).toContain('whole processor');
});

it('says why there are no joules: no counter at all, or one that may not be read', () => {
  const none = createPowerMeter(join(folder, 'nowhere'));
  expect(none.begin()()).toBeNull();
  expect(none.words()).toContain('does not tell');

  zone('intel-rapl:0', null);
  mkdirSync(join(folder, 'intel-rapl:0', 'energy_uj'));
  chmodSync(join(folder, 'intel-rapl:0', 'energy_uj'), 0o000);
  const closed = createPowerMeter(folder);
  expect(closed.begin()()).toBeNull();
  expect(closed.words()).toContain('administrator');
});

it('a counter that goes away meanwhile tells nothing rather than something wrong', () => {
  zone('intel-rapl:0', 1_000_000);
  const meter = createPowerMeter(folder);
  const end = meter.begin();
  rmSync(join(folder, 'intel-rapl:0'), { recursive: true });
  expect(end()).toBeNull();
});
