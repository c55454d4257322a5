import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createFilesProbe } from '../../src/monitors/filesProbe.ts';
import { until } from '../until.ts';

function folder(): string {
  const place = mkdtempSync(join(tmpdir(), 'files-probe-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

it('hears of its own file again and again, and leaves nothing behind', async () => {
  const place = join(folder(), 'probe');
  const probe = createFilesProbe(place)!;
  for (let n = 0; n < 3; n++) expect(await probe.run()).toEqual({ ok: true });
  probe.close();
  expect(existsSync(place)).toBe(false);
});

it('has no test where the folder cannot be had, and finds no fault when somebody cleared it away', async () => {
  expect(createFilesProbe(join(folder(), 'nowhere', 'probe'))).toBeNull();
  const place = join(folder(), 'probe');
  const probe = createFilesProbe(place)!;
  rmSync(place, { recursive: true });
  expect(await probe.run()).toEqual({ ok: true });
  probe.close();
});

it('knows that the system tells it nothing any more', async () => {
  const place = join(folder(), 'probe');
  const probe = createFilesProbe(place)!;
  // The kernel's watch stands on a folder that nobody touches: to this process that is a watch that went deaf.
  renameSync(place, `${place}-old`);
  mkdirSync(place);
  writeFileSync(join(place, 'touched'), '');
  // That the folder went away is still told.
  await until('silence', async () => !(await probe.run()).ok);
  expect(await probe.run()).toMatchObject({ ok: false, restart: false, mend: 'start Beforehand again' });
  probe.close();
});
