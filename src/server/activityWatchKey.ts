import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from '../writing.ts';

/** The key that clients may have to send. Only its hash is on disk (0600), so that reading the file opens nothing. */
export interface AccessKey {
  exists(): boolean;
  /** Makes a new key, which replaces the old one at once, and gives it this once. Rejects when it cannot be written. */
  renew(): Promise<string>;
  /** Whether an `Authorization` header carries it. */
  opens(authorization: string | undefined): boolean;
}

/** The key whose hash is in `file`. */
export function createAccessKey(file: string): AccessKey {
  let hash = load(file);
  return {
    exists: () => hash !== null,
    async renew() {
      const key = randomBytes(24).toString('base64url');
      const fresh = digest(key);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      await writeWhole(file, `${fresh.toString('hex')}\n`);
      chmodSync(file, 0o600);
      hash = fresh;
      return key;
    },
    opens(authorization) {
      const sent = /^Bearer ([\w-]{1,128})$/.exec(authorization ?? '')?.[1];
      return timingSafeEqual(digest(sent ?? ''), hash ?? randomBytes(32)) && sent !== undefined;
    },
  };
}

function load(file: string): Buffer | null {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : null;
  } catch {
    return null;
  }
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
