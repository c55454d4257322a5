import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { AppError } from '../errors.ts';
import type { Paths } from '../paths.ts';
import { ownFolder } from './cipher.ts';
import { asLogError, codeOf } from './failure.ts';
import { fits, readFingerprint } from './fingerprint.ts';
import { askKeyring, createKeyring, type Keyring } from './keyring.ts';

/** The key of the log, where it lives, and what the user should know about that. */
export interface ObtainedKey {
  /** 64 hex digits: 32 random bytes. */
  readonly key: string;
  readonly place: 'keyring' | 'file';
  readonly warning?: string;
}

/** Milliseconds a start waits for a keyring: enough for a slow daemon, short for a person at a locked one. */
const KEYRING_WAIT = 3000;

/**
 * Finds the key of the log, or makes one. The keyring is asked first; without one the key is a 0600 file, which is
 * said in `warning`. Where both hold a key, the one that fits the log is taken. A key that exists is never replaced.
 * Rejects with `key-missing` when a log is there and its key may be in a keyring that does not answer now: a fresh
 * log would hide the old one.
 */
export async function obtainKey(options: {
  readonly paths: Paths;
  readonly keyring?: Keyring;
  readonly waitMs?: number;
}): Promise<ObtainedKey> {
  const { paths, waitMs = KEYRING_WAIT } = options;
  const keyring = options.keyring ?? createKeyring(paths.data);
  const fingerprint = readFingerprint(paths.log);
  const asked = await askKeyring(waitMs, (signal) => keyring.get(signal));
  const inKeyring = asked.answered ? asHexKey(asked.value) : null;
  const inFile = readKeyFile(paths.keyFile);

  const found: ObtainedKey[] = [];
  if (inKeyring) found.push({ key: inKeyring, place: 'keyring' });
  if (inFile) {
    const why = asked.answered ? 'the log was made while no keyring could be used' : asked.why;
    found.push({ key: inFile, place: 'file', warning: fileWarning(paths.keyFile, why) });
  }
  const fitting = found.find((each) => fits(fingerprint, each.key));
  if (fitting) return fitting;

  const needsKeyring = existsSync(paths.log) && fingerprint?.place !== 'file';
  if (needsKeyring && !asked.answered && (fingerprint?.place === 'keyring' || found.length === 0)) {
    throw unreachable(paths.log, asked.why);
  }
  const first = found[0];
  if (first) return first;

  const key = randomBytes(32).toString('hex');
  const why = asked.answered ? await store(keyring, key, waitMs) : asked.why;
  if (why === null) return { key, place: 'keyring' };
  // A Secret Service without an open collection finds nothing and keeps nothing: that is no proof of a lost key.
  if (needsKeyring) throw unreachable(paths.log, why);
  try {
    ownFolder(paths.data);
    await writeFileAtomic(paths.keyFile, `${key}\n`, { mode: 0o600 });
  } catch (thrown) {
    throw asLogError(thrown, paths.keyFile);
  }
  return { key, place: 'file', warning: fileWarning(paths.keyFile, why) };
}

function unreachable(log: string, why: string): AppError {
  return new AppError(
    'key-missing',
    `[log] ${log} can't be opened because ${why}: unlock or start the keyring and try again; the log is untouched`,
  );
}

/** Puts the key into the keyring and reads it back; null when it is really there, else why not. */
async function store(keyring: Keyring, key: string, waitMs: number): Promise<string | null> {
  const stored = await askKeyring(waitMs, (signal) => keyring.set(key, signal));
  if (!stored.answered) return stored.why;
  const again = await askKeyring(waitMs, (signal) => keyring.get(signal));
  if (!again.answered) return again.why;
  return again.value === key ? null : 'the keyring did not keep the key';
}

function fileWarning(file: string, why: string): string {
  return `The key of the log is in ${file}, readable by this user alone, because ${why}: who can read that file can read the log`;
}

function readKeyFile(file: string): string | null {
  try {
    return asHexKey(readFileSync(file, 'utf8').trim());
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw asLogError(thrown, file);
  }
}

function asHexKey(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null;
}
