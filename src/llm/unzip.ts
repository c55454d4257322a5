import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { AppError } from '../errors.ts';

/** Sizes of the fixed parts of a zip file (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). */
const END = { signature: 0x06054b50, bytes: 22, comment: 65_535 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };

/**
 * Writes one member of a zip file (a wheel) to `target`, streaming. `onBytes` hears how much was written so far.
 * Throws `download-failed` for a file that is no zip, lacks the member, or packs it in a way not known here.
 */
export async function extractMember(
  archive: string,
  member: string,
  target: string,
  onBytes: (done: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const broken = (why: string) =>
    new AppError('download-failed', `[llm] ${archive} cannot be unpacked: ${why}`);
  const handle = await open(archive, 'r');
  try {
    const { size } = await handle.stat();
    const read = async (position: number, length: number) => {
      const buffer = Buffer.alloc(Math.max(0, length));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
      if (bytesRead < length) throw broken('it ends too early');
      return buffer;
    };

    const tail = await read(
      Math.max(0, size - END.bytes - END.comment),
      Math.min(size, END.bytes + END.comment),
    );
    const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
    if (end < 0 || end + END.bytes > tail.length) throw broken('it is not a zip file');
    const directory = await read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));

    for (let at = 0; at + ENTRY.bytes <= directory.length;) {
      if (directory.readUInt32LE(at) !== ENTRY.signature) break;
      const names = directory.readUInt16LE(at + 28);
      const name = directory.toString('utf8', at + ENTRY.bytes, at + ENTRY.bytes + names);
      if (name !== member) {
        at += ENTRY.bytes + names + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
        continue;
      }
      const method = directory.readUInt16LE(at + 10);
      const packed = directory.readUInt32LE(at + 20);
      const local = await read(directory.readUInt32LE(at + 42), LOCAL.bytes);
      if (local.readUInt32LE(0) !== LOCAL.signature) throw broken('its directory points nowhere');
      const start =
        directory.readUInt32LE(at + 42) + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
      if (method !== 0 && method !== 8) throw broken(`packing method ${method} is not known`);

      let done = 0;
      const count = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          done += chunk.length;
          onBytes(done);
          next(null, chunk);
        },
      });
      const source = handle.createReadStream({
        start,
        end: Math.max(start, start + packed - 1),
        autoClose: false,
        highWaterMark: 1 << 20,
      });
      const out = createWriteStream(target, { mode: 0o600 });
      await (method === 8
        ? pipeline(source, createInflateRaw(), count, out, { signal })
        : pipeline(source, count, out, { signal }));
      return;
    }
    throw broken(`it holds no ${member}`);
  } finally {
    await handle.close();
  }
}
