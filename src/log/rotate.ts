import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import type { Paths } from '../paths.ts';
import { countOf, openCipher, opens, rekey } from './cipher.ts';
import { asLogError } from './failure.ts';
import { hasSidecar, shredDatabase, syncFolder } from './files.ts';
import { writeFingerprint } from './fingerprint.ts';
import { putKeys, type ObtainedKey } from './key.ts';
import type { Keyring } from './keyring.ts';

/** What changing the key needs. `step` is told before each step that a kill may cut short: for tests. */
export interface KeyChange {
  readonly paths: Paths;
  readonly keyring: Keyring;
  readonly waitMs?: number;
  readonly step?: (name: string) => void;
}

/** Where the copy under the next key grows; it counts for nothing until it takes the log's name. */
const nextOf = (log: string) => `${log}.next`;

/**
 * Encrypts the log anew: a copy under a new key takes the place of the log, then the old key is destroyed.
 *
 *     copy, encrypt, look over   the log is untouched; a kill leaves a copy that the next start removes
 *     old and new key stored     which of the two opens the log decides
 *     rename                     the change
 *     only the new key stored
 *
 * `copy` writes what the log holds now into a new file; `close` closes the log. Nothing may be written to the log from
 * the call on. Rejects with `disk-full`, `key-missing`, `permission`; `settleKeys` then brings order, as after a kill.
 */
export async function rotateKey(
  change: KeyChange,
  current: Pick<ObtainedKey, 'key' | 'place'>,
  log: { copy(file: string): Promise<void>; close(): Promise<void> },
): Promise<void> {
  const { paths, step } = change;
  const next = nextOf(paths.log);
  const key = randomBytes(32).toString('hex');
  const place = { ...change, place: current.place };
  try {
    shredDatabase(next);
    step?.('copy');
    await log.copy(next);
    step?.('encrypt');
    rekey(next, current.key, key);
    step?.('compare');
    compare(next, key);
    step?.('both keys');
    await putKeys(place, [current.key, key]);
  } catch (thrown) {
    // The log was not touched. Where the keyring now holds both keys, either is found at the next start.
    shredDatabase(next);
    await putKeys(place, [current.key]).catch(() => {});
    throw asLogError(thrown, next);
  }
  step?.('close');
  await log.close();
  // What SQLite could not write back must not be lost with the old file, nor be taken for the new one's.
  if (hasSidecar(paths.log)) throw new AppError('disk-full', `[log] ${paths.log} could not be written out`);
  step?.('rename');
  replace(paths.log, next);
  step?.('fingerprint');
  await writeFingerprint(paths.log, key, current.place);
  step?.('new key');
  await putKeys(place, [key]);
}

/** Finishes or undoes a change of the key that was cut short, and says which key opens the log. */
export async function settleKeys(change: KeyChange, found: ObtainedKey): Promise<ObtainedKey> {
  const { paths } = change;
  if (found.other !== undefined) {
    const { key, other, ...rest } = found;
    const now = existsSync(paths.log) && !opens(paths.log, key) && opens(paths.log, other) ? other : key;
    await writeFingerprint(paths.log, now, found.place);
    // A keyring that is locked just now keeps both; the next start tries again.
    await putKeys({ ...change, place: found.place }, [now]).catch(() => {});
    shredDatabase(nextOf(paths.log));
    return { ...rest, key: now };
  }
  shredDatabase(nextOf(paths.log));
  return found;
}

/** Brings a log of an earlier scheme over, under the same key. The log is whole before and after; a kill leaves a copy. */
export function convert(log: string, key: string): void {
  const next = nextOf(log);
  shredDatabase(next);
  const db = openCipher(log, key, 'sqlcipher');
  try {
    db.prepare('VACUUM INTO ?').run(next);
  } catch (thrown) {
    shredDatabase(next);
    throw asLogError(thrown, log);
  } finally {
    db.close();
  }
  rekey(next, key, key, 'sqlcipher');
  if (hasSidecar(log)) throw new AppError('disk-full', `[log] ${log} could not be written out`);
  replace(log, next);
}

function replace(log: string, next: string): void {
  try {
    renameSync(next, log);
    syncFolder(dirname(log));
  } catch (thrown) {
    throw asLogError(thrown, log);
  }
}

/** A copy that can't be read whole must not take the log's place. */
function compare(file: string, key: string): void {
  const db = openCipher(file, key);
  try {
    const found = db.prepare<[], string>('PRAGMA quick_check(1)').pluck().get();
    if (found !== 'ok')
      throw new AppError('log-damaged', `[log] the copy under the new key is not sound: ${found}`);
    countOf(db, 'events');
  } finally {
    db.close();
  }
}
