import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { noKeyring } from './folder.ts';
import { plainPages } from './plain.ts';
import { observation, windowEvent } from './rows.ts';
import { openLog } from '../../src/log/open.ts';
import { createPaths } from '../../src/paths.ts';

const place = mkdtempSync(join(tmpdir(), 'beforehand-full-'));

/** A disk of 2 MB. Making one takes root. */
function mountSmall(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mounted = mountSmall();
afterAll(() => {
  if (mounted) execFileSync('umount', [place]);
  rmSync(place, { recursive: true, force: true });
});

/** Leaves `bytes` of free space. */
function fill(bytes: number): void {
  const { bavail, bsize } = statfsSync(place);
  writeFileSync(join(place, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
}

const free = () => rmSync(join(place, 'ballast'), { force: true });

describe.skipIf(!mounted)(`a full disk${mounted ? '' : ' (needs: mount, run as root)'}`, () => {
  it('is told in one sentence at 50 points, costs no row, and the same rows go in afterwards', async () => {
    const file = join(place, 'log.db');
    const options = { file, key: '0f'.repeat(32), keyPlace: 'file' as const, clock: systemClock, batchMs: 0 };
    let log = await openSqliteLog(options);
    let refusals = 0;
    for (let point = 0; point < 50; point++) {
      const written: string[] = [];
      fill(point * 4096);
      let refused: ReturnType<typeof observation>[] | null = null;
      for (let n = 0; n < 60 && !refused; n++) {
        const rows = Array.from({ length: 5 }, () => observation(`point${point} ${'word '.repeat(100)}`));
        try {
          await log.observe(rows);
          written.push(...rows.map((row) => row.id));
        } catch (thrown) {
          expect(thrown).toMatchObject({
            code: 'disk-full',
            message: expect.stringContaining('free some space'),
          });
          refused = rows;
        }
      }
      const there = async () =>
        (await log.observations({ limit: 1000, text: `point${point}` })).rows.map((r) => r.id);
      expect((await there()).toSorted(), `point ${point}`).toEqual(written.toSorted());
      if (point % 5 === 4) {
        await log.close(); // a restart on the full disk loses nothing either
        free();
        log = await openSqliteLog(options);
        expect((await there()).toSorted()).toEqual(written.toSorted());
      }
      free();
      if (refused) {
        refusals++;
        await log.observe(refused);
        expect(await there()).toHaveLength(written.length + refused.length);
      }
      expect(await log.check(), `point ${point}`).toBe('ok');
      await log.forget({ everything: true });
    }
    expect(refusals).toBe(50);
    await log.close();
    rmSync(file);
  }, 60_000);

  it('fails a backup that does not fit, and leaves no half of one', async () => {
    const file = join(place, 'log.db');
    const log = await openSqliteLog({ file, key: '0f'.repeat(32), keyPlace: 'file', clock: systemClock });
    await log.append(Array.from({ length: 500 }, (_, n) => windowEvent(`${n} ${'x'.repeat(900)}`)));
    fill(100_000);
    await expect(log.backup(join(place, 'copy.db'))).rejects.toMatchObject({ code: 'disk-full' });
    expect(statfsSync(place).bavail).toBeGreaterThan(10);
    free();
    await log.close();
    rmSync(file);
  });

  it('forgets everything all the same, and a part of it or says in one sentence that it did not', async () => {
    const paths = createPaths({ env: { BEFOREHAND_HOME: join(place, 'forget'), XDG_RUNTIME_DIR: place } });
    const { log } = await openLog({ paths, clock: systemClock, keyring: noKeyring, batchMs: 0 });
    const rows = Array.from({ length: 300 }, (_, n) =>
      observation(`QZJX ${n} ${'word '.repeat(20)}`, { app: n % 2 ? 'Bank' : 'Editor' }),
    );
    await log.observe(rows);
    const key = readFileSync(paths.keyFile, 'utf8');
    let refused = 0;
    let late = 0;
    for (const bytes of [0, 4096, 20_000, 60_000, 200_000]) {
      fill(bytes);
      const before = (await log.state()).observations;
      const wanted = (await log.observations({ app: 'Bank', limit: 20 })).rows.map((row) => row.id);
      try {
        expect(await log.forget({ observations: wanted })).toBe(20);
        const { warning = '', observations } = await log.state();
        expect(observations).toBe(before - 20);
        // Where it could not be overwritten, that is said, and done once there is space.
        late += warning.includes('not overwritten') ? 1 : 0;
      } catch (thrown) {
        refused += 1;
        expect(thrown).toMatchObject({
          code: 'disk-full',
          message: expect.stringMatching(/nothing was forgotten.*free some space/),
        });
        expect((await log.state()).observations).toBe(before);
      }
      expect(await log.check()).toBe('ok');
      free();
    }
    expect(refused + late).toBeGreaterThan(0);
    await log.forget({ app: 'Bank' });
    expect((await log.state()).warning).not.toContain('not overwritten');
    expect(plainPages(paths.log, key.trim()).toString('latin1')).not.toMatch(/QZJX \d*[13579] /);
    fill(0);
    expect(await log.forget({ everything: true })).toBeGreaterThan(0);
    expect(readFileSync(paths.keyFile, 'utf8')).not.toBe(key);
    expect((await log.state()).observations).toBe(0);
    free();
    await log.observe([observation('a new day')]);
    expect(await log.check()).toBe('ok');
    fill(0);
    await expect(log.rotateKey()).rejects.toMatchObject({ code: 'disk-full' });
    expect((await log.observations()).rows).toHaveLength(1);
    free();
    await log.close();
    rmSync(paths.data, { recursive: true });
  }, 60_000);

  it('is named when the log is opened on it, and when settings are changed', async () => {
    const paths = createPaths({ env: { BEFOREHAND_HOME: join(place, 'home'), XDG_RUNTIME_DIR: place } });
    const settings = createSettingsStore(paths);
    await settings.set({ eagerness: 0.9 });
    fill(0);
    await expect(openLog({ paths, clock: systemClock, keyring: noKeyring })).rejects.toMatchObject({
      code: 'disk-full',
    });
    await expect(settings.set({ eagerness: 0.1 })).rejects.toMatchObject({ code: 'disk-full' });
    expect(settings.get().eagerness).toBe(0.9);
    expect(createSettingsStore(paths).get().eagerness).toBe(0.9);
    free();
    const { log } = await openLog({ paths, clock: systemClock, keyring: noKeyring });
    await log.close();
  });
});
