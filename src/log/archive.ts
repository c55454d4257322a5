import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
  timingSafeEqual,
  createHmac,
} from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { AppError } from '../errors.ts';
import { asLogError } from './failure.ts';

/**
 * A passphrase-protected archive of files, for moving to another machine. Streamed in chunks: memory does not grow
 * with the log.
 *
 *     header   magic 8 | version 1 | log2 N 1 | r 1 | p 1 | salt 32 | check 32 (HMAC-SHA-256 of all before, key 2)
 *     chunk    length 4 (big endian, of the cipher text) | cipher text | tag 16
 *
 * scrypt of the passphrase gives two keys of 32 bytes: one for the chunks (AES-256-GCM), one for the check, by which a
 * wrong passphrase is told from a damaged file. A chunk's nonce is its number; its additional data are the header's
 * check and whether it is the last, so that chunks can't be cut off, left out, moved or taken from another archive. The
 * salt is fresh for each archive, so no key meets a nonce twice.
 */
const MAGIC = Buffer.from('BFHDPACK');
const VERSION = 1;
const SALT = 32;
const CHECK = 32;
const HEADER = MAGIC.length + 4 + SALT + CHECK;
const TAG = 16;
/** Bytes of content in a chunk; a longer one is no archive of ours, and must not be allocated. */
const CHUNK = 1 << 20;

/** scrypt at N=2^17, r=8, p=1: 128 MB and about half a second a guess (OWASP's first choice). */
const COST = { log2N: 17, r: 8, p: 1 } as const;
/** What an archive may ask for: more would let a forged header take the memory of the machine. */
const MOST = { log2N: 20, r: 16, p: 4 } as const;

/** Fewer characters than this are refused: the archive may lie on a stick for years. */
export const SHORTEST_PASSPHRASE = 8;

interface Keys {
  readonly chunks: Buffer;
  readonly check: Buffer;
}

async function derive(
  passphrase: string,
  salt: Buffer,
  cost: { readonly log2N: number; readonly r: number; readonly p: number },
): Promise<Keys> {
  const N = 2 ** cost.log2N;
  const options = { N, r: cost.r, p: cost.p, maxmem: 256 * N * cost.r };
  const run = promisify<string, Buffer, number, object, Buffer>(scrypt);
  // One passphrase typed on two keyboards must be one.
  const bytes = await run(passphrase.normalize('NFKC'), salt, 64, options);
  return { chunks: bytes.subarray(0, 32), check: bytes.subarray(32) };
}

function nonceOf(chunk: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 6, 6);
  return nonce;
}

const extraOf = (check: Buffer, last: boolean) => Buffer.concat([check, Buffer.from([last ? 1 : 0])]);

/** Takes content in pieces of any size. */
export interface Packer {
  write(piece: Buffer): Promise<void>;
  /** Seals the archive; returns once it is on disk. */
  end(): Promise<void>;
}

/** Begins an archive in a new, empty file that is open for writing. */
export async function createPacker(handle: FileHandle, passphrase: string): Promise<Packer> {
  const salt = randomBytes(SALT);
  const head = Buffer.concat([MAGIC, Buffer.from([VERSION, COST.log2N, COST.r, COST.p]), salt]);
  const keys = await derive(passphrase, salt, COST);
  const check = createHmac('sha256', keys.check).update(head).digest();
  await handle.writeFile(Buffer.concat([head, check]));
  let held: Buffer = Buffer.alloc(0);
  let chunks = 0;

  async function seal(content: Buffer, last: boolean): Promise<void> {
    const cipher = createCipheriv('aes-256-gcm', keys.chunks, nonceOf(chunks++));
    cipher.setAAD(extraOf(check, last));
    const text = Buffer.concat([cipher.update(content), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    await handle.writeFile(Buffer.concat([length, text, cipher.getAuthTag()]));
  }

  return {
    async write(piece) {
      held = Buffer.concat([held, piece]);
      // One chunk stays back: only the end knows which is the last.
      while (held.length > CHUNK) {
        await seal(held.subarray(0, CHUNK), false);
        held = held.subarray(CHUNK);
      }
    },
    async end() {
      await seal(held, true);
      await handle.sync();
    },
  };
}

/**
 * The content of an archive, chunk by chunk; each was authenticated before it is given out. Throws AppError `bad-input`
 * for a file that is no archive, a newer version, a wrong passphrase, and one that is damaged or cut short.
 */
export async function* unpack(file: string, passphrase: string): AsyncGenerator<Buffer> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (thrown) {
    const error = asLogError(thrown, file);
    throw error.code === 'internal'
      ? new AppError('not-found', `[archive] there is no file ${file}`, thrown)
      : error;
  }
  try {
    const header = await readFully(handle, HEADER);
    if (!header || !header.subarray(0, MAGIC.length).equals(MAGIC)) {
      throw new AppError('bad-input', `[archive] ${file} is no archive of Beforehand; nothing was changed`);
    }
    const [version, log2N, r, p] = header.subarray(MAGIC.length) as unknown as [
      number,
      number,
      number,
      number,
    ];
    if (version !== VERSION) {
      throw new AppError(
        'bad-input',
        `[archive] ${file} was made by a newer version of Beforehand: update this one first; nothing was changed`,
      );
    }
    const sane = log2N >= 10 && log2N <= MOST.log2N && r >= 1 && r <= MOST.r && p >= 1 && p <= MOST.p;
    if (!sane) throw damaged(file);
    const salt = header.subarray(MAGIC.length + 4, MAGIC.length + 4 + SALT);
    const check = header.subarray(HEADER - CHECK);
    const keys = await derive(passphrase, salt, { log2N, r, p });
    const expected = createHmac('sha256', keys.check)
      .update(header.subarray(0, HEADER - CHECK))
      .digest();
    if (!timingSafeEqual(expected, check)) {
      throw new AppError(
        'bad-input',
        `[archive] the passphrase does not open ${file}: try again; nothing was changed`,
      );
    }
    yield* chunksOf(handle, file, keys.chunks, check);
  } finally {
    await handle.close();
  }
}

async function* chunksOf(
  handle: FileHandle,
  file: string,
  key: Buffer,
  check: Buffer,
): AsyncGenerator<Buffer> {
  let next = await readChunk(handle, file);
  for (let chunk = 0; next; chunk++) {
    const { text, tag } = next;
    next = await readChunk(handle, file);
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(chunk), { authTagLength: TAG });
    decipher.setAAD(extraOf(check, next === null));
    decipher.setAuthTag(tag);
    let content: Buffer;
    try {
      content = Buffer.concat([decipher.update(text), decipher.final()]);
    } catch (thrown) {
      throw damaged(file, thrown);
    }
    yield content;
    if (!next) return;
  }
  throw damaged(file);
}

async function readChunk(handle: FileHandle, file: string): Promise<{ text: Buffer; tag: Buffer } | null> {
  const length = await readFully(handle, 4);
  if (length === null) return null;
  const bytes = length.length === 4 ? length.readUInt32BE() : Infinity;
  if (bytes > CHUNK) throw damaged(file);
  const rest = await readFully(handle, bytes + TAG);
  if (rest?.length !== bytes + TAG) throw damaged(file);
  return { text: rest.subarray(0, bytes), tag: rest.subarray(bytes) };
}

/** What is left of the file up to `bytes`; null at its end. */
async function readFully(handle: FileHandle, bytes: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await handle.read(buffer, done, bytes - done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done === 0 && bytes > 0 ? null : buffer.subarray(0, done);
}

function damaged(file: string, cause?: unknown): AppError {
  return new AppError(
    'bad-input',
    `[archive] ${file} is damaged or cut short: copy it again, or make a new one on the old machine; nothing was changed`,
    cause,
  );
}
