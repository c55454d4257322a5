import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFileCache } from '../../src/bench/cache.ts';
import { appendResult, readResults } from '../../src/bench/results.ts';
import { progressLines } from '../../src/cli/output.ts';
import { resultRow } from './resultRows.ts';

const home = mkdtempSync(join(tmpdir(), 'bench-results-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const file = join(home, 'deep', 'results.jsonl');
beforeEach(() => rmSync(join(home, 'deep'), { recursive: true, force: true }));

it('appends rows and reads them back, private to their owner', async () => {
  await appendResult(file, resultRow());
  await appendResult(file, resultRow({ seed: 2 }));
  expect(await readResults(file)).toEqual({ rows: [resultRow(), resultRow({ seed: 2 })], bad: [] });
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('a row that a crash cut costs nobody but itself, wherever it was cut', async () => {
  const whole = Buffer.from(`${JSON.stringify(resultRow({ command: 'beforehand bench ✓ need' }))}\n`);
  const mark = whole.indexOf(Buffer.from('✓'));
  for (const cut of [1, mark + 1, mark + 2, whole.length - 2]) {
    rmSync(file, { force: true });
    await appendResult(file, resultRow());
    appendFileSync(file, whole.subarray(0, cut));
    expect((await readResults(file)).rows).toHaveLength(1);
    await appendResult(file, resultRow({ seed: 7 }));
    const { rows, bad } = await readResults(file);
    expect(rows.map((row) => row.seed)).toEqual([1, 7]);
    expect(bad).toEqual([{ line: 2, what: expect.stringMatching(/broken off|UTF-8/) }]);
  }
});

it('names lines that are none by number and never by content', async () => {
  await appendResult(file, resultRow());
  appendFileSync(file, `{"secret":"word"}\n\u0000\u0000\n${'x'.repeat(4_100_000)}\n`);
  await appendResult(file, resultRow({ seed: 3 }));
  const { rows, bad } = await readResults(file);
  expect(rows).toHaveLength(2);
  expect(bad.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(bad.map(({ what }) => what).join()).not.toContain('word');
  await expect(readResults(join(home, 'none'))).rejects.toThrow(
    /there are no results in .*run a bench first/,
  );
});

const disk = mkdtempSync(join(tmpdir(), 'bench-full-'));
function mountSmall(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const mounted = mountSmall();
afterAll(() => {
  if (mounted) execFileSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!mounted)(`a full disk${mounted ? '' : ' (needs: mount, run as root)'}`, () => {
  it('is one sentence; what was there stays, nothing is half-written, and it goes on afterwards', async () => {
    const results = join(disk, 'results.jsonl');
    await appendResult(results, resultRow());
    const before = readFileSync(results, 'utf8');
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - 8192)));
    const large = resultRow({ result: { text: 'x'.repeat(40_000) } });
    await expect(appendResult(results, large)).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(
        /^\[bench\] the disk of .* is full: make room and give the same command again/,
      ),
    });
    expect(readFileSync(results, 'utf8')).toBe(before);
    const cache = createFileCache(join(disk, 'cache'));
    await expect(cache.get('k', z.string(), async () => 'y'.repeat(40_000))).rejects.toMatchObject({
      code: 'disk-full',
    });
    rmSync(join(disk, 'ballast'));
    await appendResult(results, large);
    expect((await readResults(results)).rows).toHaveLength(2);
    expect(await cache.get('k', z.string(), async () => 'y')).toBe('y');
  });
});

it('without a terminal says tenths with the time left as the last steps went, and speaks up when long silent', () => {
  let now = 0;
  const lines: string[] = [];
  const bar = progressLines(
    'Asking',
    (n) => `${n} windows`,
    (line) => lines.push(line),
    () => now,
  );
  // Fifty from the cache at once, then a minute each.
  for (let done = 1; done <= 100; done += 1) {
    if (done > 50) now += 60_000;
    bar.update(done, 100);
  }
  expect(lines[0]).toBe('Asking: 1 % of 100 windows, 0 s left');
  expect(lines).toContain('Asking: 60 % of 100 windows, 40 min left');
  expect(lines).toContain('Asking: 61 % of 100 windows, 39 min left');
  expect(lines.at(-1)).toBe('Asking: 100 % of 100 windows');
});

it('a value in the cache that is no plain file of ours is worked out again, and not waited for', async () => {
  const folder = join(home, 'cache');
  const schema = z.number();
  const get = (value: number) => createFileCache(folder).get('key', schema, () => Promise.resolve(value));
  expect(await get(1)).toBe(1);
  expect(await get(2)).toBe(1);
  const [inner] = readdirSync(folder);
  const [name] = readdirSync(join(folder, inner!));
  const path = join(folder, inner!, name!);
  const other = join(home, 'other.txt');
  writeFileSync(other, 'mine');
  for (const spoil of [
    () => execFileSync('mkfifo', [path]),
    () => symlinkSync(other, path),
    () => symlinkSync(path, path),
    () => writeFileSync(path, '"text"'),
    () => writeFileSync(path, ''),
  ]) {
    rmSync(path);
    spoil();
    expect(await get(3)).toBe(3);
    expect(await get(4)).toBe(3);
  }
  expect(readFileSync(other, 'utf8')).toBe('mine');
});
