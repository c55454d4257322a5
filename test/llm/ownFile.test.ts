import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lookOver } from '../../src/llm/ownFile.ts';
import { loraAdapter } from '../model/adapter.ts';

const folder = mkdtempSync(join(tmpdir(), 'own-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

/** A GGUF of two tensors, 64 bytes each, with one key of every shape. */
function model(): Buffer {
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(2),
    u64(4),
    text('general.name'),
    u32(8),
    text('a model'),
    text('general.alignment'),
    u32(4),
    u32(64),
    text('tokens'),
    u32(9),
    u32(8),
    u64(3),
    text('a'),
    text('bc'),
    text(''),
    text('scores'),
    u32(9),
    u32(6),
    u64(3),
    Buffer.alloc(12),
    text('first'),
    u32(1),
    u64(16),
    u32(0),
    u64(0),
    text('second'),
    u32(2),
    u64(4),
    u64(4),
    u32(0),
    u64(64),
  ]);
  const padding = Buffer.alloc((64 - (header.length % 64)) % 64);
  return Buffer.concat([header, padding, Buffer.alloc(128, 1)]);
}

function written(name: string, bytes: Buffer | string): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

describe('lookOver', () => {
  it('tells an adapter from a model, whichever was asked for', async () => {
    const adapter = written('adapter.gguf', loraAdapter(64, 1));
    expect(await lookOver(adapter, 'adapter')).toEqual({ state: 'ready' });
    expect(await lookOver(adapter)).toMatchObject({
      state: 'damaged',
      reason: expect.stringContaining('adapter.gguf is an adapter, not a model'),
    });
    expect(await lookOver(written('whole.gguf', model()), 'adapter')).toMatchObject({
      state: 'damaged',
      reason: expect.stringContaining('whole.gguf is a model, not an adapter'),
    });
  });

  it('takes a whole file', async () => {
    expect(await lookOver(written('whole.gguf', model()))).toEqual({ state: 'ready' });
  });

  it('refuses a file cut anywhere before its last tensor, in words', async () => {
    const whole = model();
    for (let length = 4; length <= whole.length - 64; length += 7) {
      const found = await lookOver(written('cut.gguf', whole.subarray(0, length)));
      expect(found, `${length} bytes`).toMatchObject({
        state: 'damaged',
        reason: expect.stringContaining('cut.gguf'),
      });
    }
  });

  it('refuses noise behind the magic, other files, folders and what is not there', async () => {
    const noise = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(5000, 0xfe)]);
    expect(await lookOver(written('noise.gguf', noise))).toMatchObject({ state: 'damaged' });
    for (const bytes of ['', 'GG', 'no model at all']) {
      const found = await lookOver(written('other.gguf', bytes));
      expect(found).toMatchObject({ state: 'damaged', reason: expect.stringContaining('not a GGUF') });
    }
    expect(await lookOver(folder)).toMatchObject({ state: 'damaged' });
    expect(await lookOver(join(folder, 'none.gguf'))).toMatchObject({
      state: 'missing',
      reason: expect.stringContaining('is not there'),
    });
  });
});
