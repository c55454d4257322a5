import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../src/export/export.ts';
import { verifyExport } from '../../src/export/verify.ts';
import { FORMATS } from '../../src/model/exporting.ts';
import { dayLog } from './day.ts';
import { exportOptions } from './fakes.ts';

let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-hardship-'));
  out = join(folder, 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('an export that is killed', () => {
  it(
    'leaves a whole one in its place, the old or the new, or puts it back at the next',
    { timeout: 120_000 },
    async () => {
      for (let round = 0; round < 6; round += 1) {
        const child = spawn(process.execPath, [join(import.meta.dirname, 'killChild.ts'), out], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        await new Promise((resolve) => child.stdout.once('data', resolve));
        await new Promise((resolve) => setTimeout(resolve, 5 + round * 13));
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
        if (existsSync(out)) expect(await verifyExport(out)).toMatchObject({ ok: true });
        // The next one is whole whatever the kill left beside it.
        await runExport({ ...exportOptions(await dayLog(), ['csv']), out, consent: 'yes' });
        expect(await verifyExport(out)).toEqual({ ok: true, files: 1, rows: 12, wrong: [] });
        expect(readdirSync(folder)).toEqual(['out']);
      }
    },
  );

  it('between the two renames: the earlier export is put back before anything else, and refused if it is not free', async () => {
    await runExport({ ...exportOptions(await dayLog(), ['csv']), out, consent: 'yes' });
    const before = readFileSync(join(out, 'feedback.csv'), 'utf8');
    renameSync(out, join(folder, '.out-4194304-abc123-old'));
    const failing = { ...(await dayLog()), feedbacks: () => Promise.reject(new Error('the log is gone')) };
    await expect(runExport({ ...exportOptions(failing, ['csv']), out, consent: 'yes' })).rejects.toThrow(
      '[export]',
    );
    expect(readFileSync(join(out, 'feedback.csv'), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['out']);
  });
});

describe('an export that is stopped', () => {
  it('before or in the middle leaves nothing, and says so', async () => {
    for (const when of [0, 1, 2]) {
      const stop = new AbortController();
      let heard = 0;
      if (when === 0) stop.abort();
      const stopped = runExport({
        ...exportOptions(await dayLog(), FORMATS),
        out,
        consent: 'yes',
        signal: stop.signal,
        onProgress: () => (heard += 1) === when && stop.abort(),
      });
      await expect(stopped).rejects.toMatchObject({
        code: 'aborted',
        message: '[export] stopped; nothing was written',
      });
      expect(readdirSync(folder)).toEqual([]);
    }
  });
});

/** A disk of 256 kB, where this may be made; else the reason why not. */
function smallDisk(): string | null {
  const place = mkdtempSync(join(tmpdir(), 'beforehand-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k,mode=0700', 'tmpfs', place], { stdio: 'ignore' });
    return place;
  } catch {
    rmSync(place, { recursive: true });
    return null;
  }
}

const disk = smallDisk();
afterAll(() => {
  if (disk === null) return;
  execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true });
});
describe.runIf(disk !== null)('a disk that is full', () => {
  it('is told with the folder; what was there stays and nothing half-written does', async () => {
    const place = disk!;
    const target = join(place, 'out');
    await runExport({ ...exportOptions(await dayLog(), ['csv']), out: target, consent: 'yes' });
    const before = readFileSync(join(target, 'feedback.csv'), 'utf8');
    writeFileSync(join(place, 'ballast'), Buffer.alloc(200 * 1024));
    await expect(
      runExport({ ...exportOptions(await dayLog(), FORMATS), out: target, consent: 'yes' }),
    ).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining(target) });
    expect(readdirSync(place).sort()).toEqual(['ballast', 'out']);
    expect(readFileSync(join(target, 'feedback.csv'), 'utf8')).toBe(before);
  });
});
