import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSettingsStore } from '../src/settingsFile.ts';
import { createPaths } from '../src/paths.ts';
import { writeError, writeWhole } from '../src/writing.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'writing-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('writing a whole file', () => {
  it('replaces no device or pipe, neither by its name nor through a link', async () => {
    const pipe = join(place, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(pipe, join(place, 'link'));
    for (const name of ['pipe', 'link']) {
      const thrown: unknown = await writeWhole(join(place, name), 'x').catch((error: unknown) => error);
      expect(writeError(thrown, name, 'bench')).toMatchObject({
        code: 'usage',
        message: `[bench] ${name} is a device or a pipe, which is not replaced: name a file to write to`,
      });
    }
    expect(statSync(pipe).isFIFO()).toBe(true);
    expect(readdirSync(place).sort()).toEqual(['link', 'pipe']);
  });

  it('takes text or pieces, 0600, and leaves nothing beside it', async () => {
    const file = join(place, 'file');
    await writeWhole(file, 'ö first');
    expect(readFileSync(file, 'utf8')).toBe('ö first');
    await writeWhole(file, ['sec', 'ond']);
    expect(readFileSync(file, 'utf8')).toBe('second');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(place)).toEqual(['file']);
  });

  it('keeps the order in which writes of one file were asked for', async () => {
    const file = join(place, 'file');
    const long = 'x'.repeat(5_000_000);
    await Promise.all([writeWhole(file, long), writeWhole(file, 'a'), writeWhole(file, 'last')]);
    expect(readFileSync(file, 'utf8')).toBe('last');
  });

  it('replaces what a link points to, not the link', async () => {
    writeFileSync(join(place, 'real'), 'old');
    symlinkSync(join(place, 'real'), join(place, 'link'));
    await writeWhole(join(place, 'link'), 'new');
    expect(readFileSync(join(place, 'real'), 'utf8')).toBe('new');
  });

  it('leaves what was there when the pieces end in an error', async () => {
    const file = join(place, 'file');
    await writeWhole(file, 'whole');
    function* broken() {
      yield 'half';
      throw new Error('no more');
    }
    await expect(writeWhole(file, broken())).rejects.toThrow('no more');
    expect([readFileSync(file, 'utf8'), readdirSync(place)]).toEqual(['whole', ['file']]);
  });
});

/** A disk of 64 kB. Making one takes root. */
function mountSmall(on: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'tmpfs', on], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = mkdtempSync(join(tmpdir(), 'writing-probe-'));
const mounts = mountSmall(probe);
if (mounts) execFileSync('umount', [probe]);
rmSync(probe, { recursive: true });

describe.skipIf(!mounts)(`on a full disk${mounts ? '' : ' (needs: mount, run as root)'}`, () => {
  it('a file is the old one, whole, at every point at which the room may end', async () => {
    mountSmall(place);
    try {
      const file = join(place, 'file');
      const old = JSON.stringify({ kept: 'o'.repeat(3000) });
      await writeWhole(file, old);
      const fresh = JSON.stringify({ kept: 'n'.repeat(12_000) });
      let refused = 0;
      for (let pages = 0; pages <= 5; pages += 1) {
        const ballast = join(place, 'ballast');
        writeFileSync(ballast, '');
        // Fill to the brim, then give back that many pages.
        for (let size = 4096; ; size += 4096) {
          try {
            writeFileSync(ballast, Buffer.alloc(size));
          } catch {
            writeFileSync(ballast, Buffer.alloc(Math.max(0, size - 4096 - pages * 4096)));
            break;
          }
        }
        const done = await writeWhole(file, fresh).then(
          () => true,
          (error: NodeJS.ErrnoException) => error.code,
        );
        if (done !== true) {
          expect(done).toBe('ENOSPC');
          refused += 1;
          expect(readFileSync(file, 'utf8')).toBe(old);
        }
        rmSync(ballast);
        await writeWhole(file, old);
        expect(readdirSync(place)).toEqual(['file']);
      }
      // Twelve thousand bytes are three pages: less room than that is refused, whether none or some was there.
      expect(refused).toBe(3);
    } finally {
      execFileSync('umount', [place]);
    }
  });

  it('settings stay the ones before, and say so in one sentence', async () => {
    mountSmall(place);
    try {
      const paths = createPaths({ env: { BEFOREHAND_HOME: place } });
      const store = createSettingsStore(paths);
      await store.set({ dailyCap: 7 });
      const before = readFileSync(paths.settings, 'utf8');
      const titles = Array.from({ length: 1000 }, (_, n) => `${n} ${'x'.repeat(200)}`);
      await expect(store.set({ excludedTitles: titles })).rejects.toThrow(/disk that holds .* is full/);
      expect(readFileSync(paths.settings, 'utf8')).toBe(before);
      expect(createSettingsStore(paths).get().dailyCap).toBe(7);
    } finally {
      execFileSync('umount', [place]);
    }
  });
});
