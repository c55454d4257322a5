import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** A file being written, with what is known of it so far. */
export interface NewFile {
  readonly name: string;
  write(text: string): Promise<void>;
  /** Resolves once it is on disk. */
  end(): Promise<{ readonly name: string; readonly bytes: number; readonly sha256: string }>;
  /** Closes it as it is. May be called at any time. */
  drop(): Promise<void>;
}

/** Creates `name` in `folder` with mode 0600; what is written is counted and hashed. Rejects as the disk does. */
export async function createFile(folder: string, name: string): Promise<NewFile> {
  const handle = await open(join(folder, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await handle.close();
  };
  return {
    name,
    async write(text) {
      if (text === '') return;
      const data = Buffer.from(text, 'utf8');
      hash.update(data);
      bytes += data.length;
      await handle.writeFile(data);
    },
    async end() {
      try {
        await handle.sync();
      } finally {
        await close();
      }
      return { name, bytes, sha256: hash.digest('hex') };
    },
    drop: close,
  };
}
