import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../writing.ts';

/**
 * What is kept beside the log so that a key that doesn't fit and a damaged file can be told apart: an HMAC-SHA-256 of
 * a fixed text under the key (it says nothing of the key, which is 32 random bytes), and where the key was put.
 */
const Fingerprint = z.object({
  check: z.string().regex(/^[0-9a-f]{64}$/),
  place: z.enum(['keyring', 'file']),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/** Its file, beside the log. */
export function fingerprintFile(log: string): string {
  return `${log}.check`;
}

/** The fingerprint of the key this log was made with, or null when nobody knows. */
export function readFingerprint(log: string): Fingerprint | null {
  return readFingerprintAt(fingerprintFile(log));
}

/** The fingerprint in a file of any name. */
export function readFingerprintAt(file: string): Fingerprint | null {
  try {
    return Fingerprint.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Notes which key belongs to the log. */
export async function writeFingerprint(log: string, key: string, place: Fingerprint['place']): Promise<void> {
  const text = `${JSON.stringify({ check: checkOf(key), place })}\n`;
  await writeWhole(fingerprintFile(log), text);
}

/** Whether `key` is the one the log was made with; undefined when nobody knows. */
export function fits(fingerprint: Fingerprint | null, key: string): boolean | undefined {
  return fingerprint ? fingerprint.check === checkOf(key) : undefined;
}

function checkOf(key: string): string {
  return createHmac('sha256', Buffer.from(key, 'hex')).update('beforehand log key').digest('hex');
}
