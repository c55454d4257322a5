import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Line, type LineOptions, linesOf } from '../../src/reading/lines.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lines-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function linesIn(bytes: Buffer | string): Promise<Line[]> {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  return readAll(file, { speaker: 'bench' });
}

async function readAll(file: string, options: LineOptions = {}): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of linesOf(file, options)) lines.push(line);
  return lines;
}

it('gives lines without line ends and byte order mark, and says which one breaks off', async () => {
  expect(await linesIn('\uFEFFfirst\r\n\nöthird')).toEqual([
    { text: 'first', number: 1, whole: true },
    { text: '', number: 2, whole: true },
    { text: 'öthird', number: 3, whole: false },
  ]);
});

it('reads characters that lie across two chunks', async () => {
  const text = `${'a'.repeat(65_535)}ö\nend\n`;
  expect((await linesIn(text)).map((line) => line.text)).toEqual([`${'a'.repeat(65_535)}ö`, 'end']);
});

it('takes a last line that a crash cut in the middle of a character', async () => {
  expect((await linesIn(Buffer.from('whole\ncut ö').subarray(0, -1))).map((line) => line.text)).toEqual([
    'whole',
    'cut ',
  ]);
});

it.each([
  ['Latin-1', Buffer.from('one\ngr\u00fc\u00dfe\nthree\n', 'latin1'), 'line 2: this is not UTF-8'],
  ['UTF-16', Buffer.from('\uFEFFone\n', 'utf16le'), 'line 1: this is UTF-16'],
  ['no line ends', Buffer.alloc(4_100_000, 97), 'line 1: this is too long to be a record'],
])('names the line of %s', async (_name, bytes, sentence) => {
  await expect(linesIn(bytes)).rejects.toThrow(sentence);
});

it('says in one sentence what cannot be read', async () => {
  await expect(readAll(join(folder, 'none'))).rejects.toThrow(/there is no file/);
  await expect(readAll(folder)).rejects.toThrow(/is a folder: name its files/);
});
