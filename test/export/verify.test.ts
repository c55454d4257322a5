import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runExport } from '../../src/export/export.ts';
import { FORMATS } from '../../src/model/exporting.ts';
import { MANIFEST } from '../../src/export/manifest.ts';
import { verifyExport } from '../../src/export/verify.ts';
import { dayLog } from './day.ts';
import { exportOptions } from './fakes.ts';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-verify-'));
  out = join(folder, 'out');
  await runExport({ ...exportOptions(await dayLog(), FORMATS), out, consent: 'agreed' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(out, name), 'utf8');
/** Changes a file, and the manifest with it, so that only its rows can tell. */
function forge(name: string, change: (text: string) => string): void {
  const text = change(read(name));
  writeFileSync(join(out, name), text);
  const manifest = JSON.parse(read(MANIFEST)) as { files: { name: string; bytes: number; sha256: string }[] };
  const entry = manifest.files.find((each) => each.name === name)!;
  entry.bytes = Buffer.byteLength(text);
  entry.sha256 = createHash('sha256').update(text).digest('hex');
  writeFileSync(join(out, MANIFEST), JSON.stringify(manifest));
}
const manifestWith = (change: object) =>
  writeFileSync(
    join(out, MANIFEST),
    JSON.stringify({ ...(JSON.parse(read(MANIFEST)) as object), ...change }),
  );
const wrong = async () =>
  (await verifyExport(out)).wrong.map((sentence) => sentence.replaceAll(`${out}/`, ''));

describe('an export that is whole', () => {
  it('is OK, and every byte was read', async () => {
    const heard: (readonly [number, number])[] = [];
    const verdict = await verifyExport(out, (done, total) => heard.push([done, total]));
    expect(verdict).toEqual({ ok: true, files: 10, rows: 69, wrong: [] });
    const [done, total] = heard.at(-1)!;
    expect(done).toBeLessThanOrEqual(total);
    expect(done).toBeGreaterThan(total / 2);
  });
});

describe('what is wrong is told with file and line', () => {
  it.each<[string, () => void, readonly string[]]>([
    [
      'a stray file',
      () => writeFileSync(join(out, 'notes.txt'), 'x'),
      ['notes.txt is no part of this export'],
    ],
    ['a missing file', () => rmSync(join(out, 'feedback.csv')), ['feedback.csv is missing, or no file']],
    [
      'one byte changed',
      () =>
        writeFileSync(
          join(out, 'trl_unpaired.jsonl'),
          read('trl_unpaired.jsonl').replace('"label":true', '"label":trve'),
        ),
      [
        "trl_unpaired.jsonl is not what was written: its SHA-256 is not the manifest's",
        'trl_unpaired.jsonl line 1: this is not JSON',
      ],
    ],
    [
      'a file that breaks off',
      () => truncateSync(join(out, 'reward_data.jsonl'), 2000),
      [
        expect.stringMatching(
          /^reward_data\.jsonl has 2000 bytes, where the manifest says \d+: it was changed, or breaks off$/,
        ) as unknown as string,
        'reward_data.jsonl line 3: the file breaks off here',
        'reward_data.jsonl line 3: this is not JSON',
        'reward_data.jsonl has 3 rows, where the manifest says 6',
      ],
    ],
    [
      'a row that is no row of the format',
      () => forge('reward_data.jsonl', (text) => text.replace('"valid":false', '"valid":true')),
      [
        'reward_data.jsonl line 2: not a row of proactivebench, the record: the category does not follow from pred_task and valid',
      ],
    ],
    [
      'a row twice',
      () => forge('agent_alpaca.jsonl', (text) => text + text.split('\n')[0]! + '\n'),
      ['agent_alpaca.jsonl has 5 rows, where the manifest says 4'],
    ],
    [
      'a table with a formula',
      () => forge('feedback.csv', (text) => text.replace('"card"', '"=card"')),
      ['feedback.csv line 16: a spreadsheet would run the cell of via'],
    ],
    [
      'a table with a cell too few',
      () => forge('feedback.csv', (text) => text.replace('"hotkey",', '')),
      [
        expect.stringMatching(
          /^feedback\.csv line 2: \d+ cells, where there are \d+ columns$/,
        ) as unknown as string,
      ],
    ],
    [
      'a table that breaks off',
      () => forge('feedback.csv', (text) => text.slice(0, -40)),
      [expect.stringMatching(/^feedback\.csv line \d+: the file breaks off here$/) as unknown as string],
    ],
    [
      'an event without a time',
      () => forge('buckets.json', (text) => text.replace('"timestamp":"2026-01-15T09:00:02.000Z",', '')),
      [expect.stringMatching(/^buckets\.json line \d+: not an event, timestamp: /) as unknown as string],
    ],
    [
      'a bucket with another id',
      () => forge('buckets.json', (text) => text.replace('"id":"aw-watcher-afk_test"', '"id":"other"')),
      [
        expect.stringMatching(
          /^buckets\.json line \d+: a bucket with another id than its name$/,
        ) as unknown as string,
      ],
    ],
    [
      'buckets that break off',
      () => forge('buckets.json', (text) => text.slice(0, -3)),
      [
        expect.stringMatching(
          /^buckets\.json line \d+, character \d+: the file breaks off here$/,
        ) as unknown as string,
      ],
    ],
    [
      'a list of data sets that names another file',
      () => forge('dataset_info.json', (text) => text.replace('agent_alpaca.jsonl', '../x.jsonl')),
      ['dataset_info.json does not describe the files beside it'],
    ],
    [
      'a newer version',
      () => manifestWith({ schema: 3 }),
      ['manifest.json has version 3, and this program knows up to 2: use a newer Beforehand'],
    ],
    [
      'an older version',
      () => manifestWith({ schema: 1 }),
      ['manifest.json has version 1, from before exports could be checked: export again'],
    ],
    [
      'a manifest of something else',
      () => writeFileSync(join(out, MANIFEST), '{"name":"app"}'),
      [expect.stringContaining('manifest.json is not the manifest of an export') as unknown as string],
    ],
    [
      'a manifest that names a file outside',
      () =>
        manifestWith({
          files: [{ name: '../../etc/passwd', format: 'csv', bytes: 1, rows: 1, sha256: 'a'.repeat(64) }],
        }),
      [expect.stringContaining('manifest.json is not the manifest') as unknown as string],
    ],
    [
      'a file that is not UTF-8',
      () => appendFileSync(join(out, 'trl_preference.jsonl'), Buffer.from([0xff, 0xfe, 0x0a])),
      [
        expect.stringContaining('trl_preference.jsonl has') as unknown as string,
        expect.stringMatching(/trl_preference\.jsonl line 7: this is not UTF-8/) as unknown as string,
      ],
    ],
  ])('%s', async (_, spoil, sentences) => {
    spoil();
    expect(await wrong()).toEqual(sentences);
  });

  it('a folder without a manifest was never finished, and one that is not there is named', async () => {
    rmSync(join(out, MANIFEST));
    expect((await verifyExport(out)).wrong).toEqual([
      `${out} has no manifest.json: it is no export, or one that was never finished; export again`,
    ]);
    await expect(verifyExport(join(folder, 'nowhere'))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining(join(folder, 'nowhere')),
    });
  });

  it('a file wrong in every line is told twenty times at most', async () => {
    forge('reward_data.jsonl', () => 'x\n'.repeat(1000));
    expect(await wrong()).toHaveLength(20);
  });
});

describe('what is no file of an export', () => {
  const notPlain = [
    'manifest.json is no plain file of a size that a manifest has: it is not what an export wrote',
  ];
  it.each<[string, () => void]>([
    ['a pipe', () => execFileSync('mkfifo', [join(out, MANIFEST)])],
    ['an endless device', () => symlinkSync('/dev/zero', join(out, MANIFEST))],
    ['a folder', () => mkdirSync(join(out, MANIFEST))],
    ['a huge one', () => writeFileSync(join(out, MANIFEST), ' '.repeat(5_000_000))],
  ])('as manifest: %s', async (_, put) => {
    rmSync(join(out, MANIFEST));
    put();
    expect(await wrong()).toEqual(notPlain);
  });

  it('a row of the table that never ends is told before the memory is full', async () => {
    forge('feedback.csv', (text) => text + ','.repeat(2_000_000));
    expect((await wrong()).at(-1)).toMatch(/^feedback\.csv line \d+: this has too many cells to be a row$/);
  });
});
