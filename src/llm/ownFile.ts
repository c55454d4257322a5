import { open, stat, type FileHandle } from 'node:fs/promises';

/** What a look at a model file found, in words of one sentence where it is not right. */
export type OwnFile =
  | { readonly state: 'ready' }
  | { readonly state: 'missing' | 'damaged'; readonly reason: string };

/** Bytes of each plain value type of GGUF, by its number; 8 is text and 9 a list (ggml, docs/gguf.md). */
const SIZES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const [TEXT, LIST] = [8, 9];
const CHUNK = 1 << 20;
/** More tensors or keys than any model has: the numbers are noise. */
const MOST = 1_000_000;

/**
 * Looks over a GGUF file that the user names, without loading it: that it is there, that its header is whole, that
 * the file reaches to where its last tensor begins, and that it is of the kind asked for. Never rejects.
 */
export async function lookOver(file: string, kind: 'model' | 'adapter' = 'model'): Promise<OwnFile> {
  let handle: FileHandle;
  try {
    // A pipe would wait for its writer for ever.
    if (!(await stat(file)).isFile()) return damaged(`${file} is not a file`);
    handle = await open(file, 'r');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    const what = code === 'ENOENT' || code === 'ENOTDIR' ? 'is not there' : 'cannot be read';
    return {
      state: 'missing',
      reason: `[llm] the ${kind} file ${file} ${what}: name another in the settings`,
    };
  }
  try {
    const { size } = await handle.stat();
    const header = await readHeader(handle, size);
    if (header === null) return damaged(`${file} is not a GGUF file`);
    if (header.needed >= size) return damaged(`${file} is damaged: it is cut short`);
    const isAdapter = header.type === 'adapter';
    if (isAdapter === (kind === 'adapter')) return { state: 'ready' };
    return damaged(`${file} is ${isAdapter ? 'an adapter, not a model' : 'a model, not an adapter'}`);
  } catch {
    return damaged(`${file} is damaged: its header cannot be read`);
  } finally {
    await handle.close();
  }
}

function damaged(what: string): OwnFile {
  return { state: 'damaged', reason: `[llm] ${what}; name another in the settings or fetch it again` };
}

/**
 * Bytes that the file must exceed, and what its `general.type` says it is; null for one that is no GGUF. Throws where
 * the header runs out or makes no sense.
 */
async function readHeader(
  handle: FileHandle,
  size: number,
): Promise<{ readonly needed: number; readonly type: string } | null> {
  const reader = createReader(handle, size);
  const magic = await reader.take(4).catch(() => null);
  if (magic?.toString('latin1') !== 'GGUF') return null;
  const u32 = async () => (await reader.take(4)).readUInt32LE();
  const u64 = async () => Number((await reader.take(8)).readBigUInt64LE());
  const count = async () => {
    const value = await u64();
    if (value > MOST) throw new RangeError('more than any model has');
    return value;
  };
  const text = async () => (await reader.take(await u64())).toString('utf8');
  const skip = async (type: number): Promise<void> => {
    const bytes = SIZES[type];
    if (bytes !== undefined) return reader.skip(bytes);
    if (type === TEXT) return reader.skip(await u64());
    if (type !== LIST) throw new RangeError('no type of GGUF');
    const inner = await u32();
    const items = await u64();
    const each = SIZES[inner];
    if (each !== undefined) return reader.skip(each * items);
    for (let n = 0; n < items; n++) await skip(inner);
  };

  await u32(); // version
  const tensors = await count();
  const keys = await count();
  let alignment = 32;
  let generalType = 'model';
  for (let n = 0; n < keys; n++) {
    const key = await text();
    const type = await u32();
    if (key === 'general.alignment' && type === 4) alignment = await u32();
    else if (key === 'general.type' && type === TEXT) generalType = await text();
    else await skip(type);
  }
  let last = 0;
  for (let n = 0; n < tensors; n++) {
    await text();
    reader.skip(8 * (await u32()) + 4);
    last = Math.max(last, await u64());
  }
  return { needed: Math.ceil(reader.at() / alignment) * alignment + last, type: generalType };
}

/** Reads a file from its beginning in pieces. */
function createReader(handle: FileHandle, size: number) {
  let chunk = Buffer.alloc(0);
  let start = 0;
  let at = 0;
  return {
    at: () => at,
    skip(bytes: number) {
      at += bytes;
      if (at > size) throw new RangeError('the file ends in its header');
    },
    async take(bytes: number): Promise<Buffer> {
      if (at + bytes > size) throw new RangeError('the file ends in its header');
      if (at < start || at + bytes > start + chunk.length) {
        start = at;
        chunk = Buffer.alloc(Math.max(bytes, CHUNK));
        const { bytesRead } = await handle.read(chunk, 0, chunk.length, start);
        chunk = chunk.subarray(0, bytesRead);
      }
      const piece = chunk.subarray(at - start, at - start + bytes);
      at += bytes;
      return piece;
    },
  };
}
