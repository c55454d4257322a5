import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import { parseJson, problem } from '../reading/json.ts';
import { linesOf } from '../reading/lines.ts';
import { checkBuckets } from './verifyBuckets.ts';
import { checkCsv } from './verifyCsv.ts';
import { datasetInfo, INFO_FILE, rowOf } from './formats.ts';
import { AnyManifest, Manifest, MANIFEST, SCHEMA } from './manifest.ts';

/** What a check found: nothing wrong, or each thing that is, in a sentence with file and line. */
export interface Verdict {
  readonly ok: boolean;
  readonly files: number;
  readonly rows: number;
  readonly wrong: readonly string[];
}

/** Bytes of a manifest or a description at most: the largest holds a consent text and some dozen files. */
const LONGEST = 4_000_000;
/** Sentences that are told; a file that is wrong in every line says so no further. */
const MOST = 20;

/**
 * Checks a folder that an export wrote: manifest, stray files, bytes, hashes, row counts, and every row against the shape
 * of its format. Reads line by line, in the memory of one. `onBytes` hears how much was read. Rejects only when the disk
 * cannot be read; what is wrong with the export is the verdict.
 */
export async function verifyExport(
  folder: string,
  onBytes: (done: number, total: number) => void = () => {},
): Promise<Verdict> {
  const wrong: string[] = [];
  const say = (sentence: string) => {
    if (wrong.length < MOST) wrong.push(sentence);
  };
  const names = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    throw new AppError(
      thrown.code === 'ENOENT' ? 'not-found' : 'unreadable',
      `[export] ${folder} is no folder that can be read: name the folder of an export`,
      thrown,
    );
  });
  const verdict = (files: number, rows: number): Verdict => ({ ok: wrong.length === 0, files, rows, wrong });
  const manifest = await manifestOf(folder, names, say);
  if (!manifest) return verdict(0, 0);

  const known = new Set([MANIFEST, ...manifest.files.map(({ name }) => name)]);
  for (const name of names) if (!known.has(name)) say(`${join(folder, name)} is no part of this export`);
  const total = manifest.files.reduce((sum, { bytes }) => sum + 2 * bytes, 0);
  let done = 0;
  const hear = (bytes: number) => onBytes((done += bytes), total);
  let rows = 0;
  for (const file of manifest.files) {
    const path = join(folder, file.name);
    const stat = await lstat(path).catch(() => null);
    if (!stat?.isFile()) {
      say(`${path} is missing, or no file`);
      continue;
    }
    if (stat.size !== file.bytes)
      say(
        `${path} has ${stat.size} bytes, where the manifest says ${file.bytes}: it was changed, or breaks off`,
      );
    else if ((await hashOf(path, hear)) !== file.sha256)
      say(`${path} is not what was written: its SHA-256 is not the manifest's`);
    const found = await checkRows(path, file, manifest, say, hear);
    rows += found ?? 0;
    if (found !== null && found !== file.rows)
      say(`${path} has ${found} rows, where the manifest says ${file.rows}`);
  }
  for (const format of manifest.formats) {
    const count = manifest.counts.formats[format];
    const file = manifest.files.find((each) => each.format === format);
    if (!file) say(`${join(folder, MANIFEST)} names the format ${format} and no file for it`);
    else if (count?.rows !== file.rows)
      say(`${join(folder, MANIFEST)} counts the rows of ${format} in two ways`);
  }
  return verdict(manifest.files.length, rows);
}

async function manifestOf(
  folder: string,
  names: readonly string[],
  say: (sentence: string) => void,
): Promise<Manifest | null> {
  const path = join(folder, MANIFEST);
  if (!names.includes(MANIFEST)) {
    say(`${folder} has no ${MANIFEST}: it is no export, or one that was never finished; export again`);
    return null;
  }
  // A link may lead anywhere, a pipe would wait for ever and a device never end.
  const stat = await lstat(path).catch(() => null);
  if (!stat?.isFile() || stat.size > LONGEST) {
    say(`${path} is no plain file of a size that a manifest has: it is not what an export wrote`);
    return null;
  }
  const value = parseJson(await readFile(path, 'utf8').catch(() => ''));
  const any = AnyManifest.safeParse(value);
  if (!any.success) {
    say(`${path} is not the manifest of an export: ${problem(any.error)}`);
    return null;
  }
  if (any.data.schema > SCHEMA) {
    say(
      `${path} has version ${any.data.schema}, and this program knows up to ${SCHEMA}: use a newer Beforehand`,
    );
    return null;
  }
  const manifest = Manifest.safeParse(value);
  if (manifest.success) return manifest.data;
  say(
    any.data.schema < SCHEMA
      ? `${path} has version ${any.data.schema}, from before exports could be checked: export again`
      : `${path}: ${problem(manifest.error)}`,
  );
  return null;
}

async function hashOf(path: string, hear: (bytes: number) => void): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    hear(chunk.length);
  }
  return hash.digest('hex');
}

/** How many rows there are, each that is wrong told; null where the file cannot be read to its end. */
async function checkRows(
  path: string,
  { name, format }: Manifest['files'][number],
  { formats }: Manifest,
  say: (sentence: string) => void,
  onBytes: (bytes: number) => void,
): Promise<number | null> {
  try {
    if (format === null) {
      const wanted = name === INFO_FILE ? datasetInfo(formats) : null;
      if (wanted === null) say(`${path} is no file that an export writes`);
      else if ((await lstat(path)).size > LONGEST || (await readFile(path, 'utf8')) !== wanted)
        say(`${path} does not describe the files beside it`);
      return 0;
    }
    if (format === 'csv') return await checkCsv(path, say, onBytes);
    if (format === 'activitywatch') return await checkBuckets(path, say, onBytes);
    return await checkLines(path, format, say, onBytes);
  } catch (thrown) {
    // What cannot be read on is told with its line, and ends this file only.
    if (!(thrown instanceof AppError)) throw thrown;
    say(thrown.message.replace(/^\[export\] /, ''));
    return null;
  }
}

async function checkLines(
  path: string,
  format: Manifest['formats'][number],
  say: (sentence: string) => void,
  onBytes: (bytes: number) => void,
): Promise<number> {
  const shape = rowOf(format);
  let rows = 0;
  for await (const { text, number, whole } of linesOf(path, { speaker: 'export', onBytes })) {
    rows += 1;
    if (!whole) say(`${path} line ${number}: the file breaks off here`);
    const value = parseJson(text);
    if (value === undefined) say(`${path} line ${number}: this is not JSON`);
    else {
      const row = shape?.safeParse(value);
      if (row && !row.success) say(`${path} line ${number}: not a row of ${format}, ${problem(row.error)}`);
    }
  }
  return rows;
}
