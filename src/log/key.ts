import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { writeWhole } from '../writing.ts';
import { AppError } from '../errors.ts';
import type { Paths } from '../paths.ts';
import { ownFolder } from './cipher.ts';
import { asLogError, codeOf } from './failure.ts';
import { overwrite, shred, syncFolder } from './files.ts';
import { fits, readFingerprint } from './fingerprint.ts';
import { askKeyring, createKeyring, type Keyring } from './keyring.ts';

/** The key of the log, where it lives, and what the user should know about that. */
export interface ObtainedKey {
  /** 64 hex digits: 32 random bytes. */
  readonly key: string;
  readonly place: 'keyring' | 'file';
  readonly warning?: string;
  /** The other key that lies there: changing the key was cut short, and which one opens the log has to be tried. */
  readonly other?: string;
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
  const inKeyring = asked.answered ? asKeys(asked.value) : [];
  const inFile = readKeyFile(paths.keyFile);

  const found: ObtainedKey[] = inKeyring.map((key, n) => ({
    key,
    place: 'keyring',
    ...other(inKeyring, n),
  }));
  const why = asked.answered ? 'the log was made while no keyring could be used' : asked.why;
  const warning = fileWarning(paths.keyFile, why);
  found.push(...inFile.map((key, n) => ({ key, place: 'file' as const, warning, ...other(inFile, n) })));
  const fitting = found.find((each) => fits(fingerprint, each.key));
  if (fitting) return fitting;

  const needsKeyring = existsSync(paths.log) && fingerprint?.place !== 'file';
  if (needsKeyring && !asked.answered && (fingerprint?.place === 'keyring' || found.length === 0)) {
    throw unreachable(paths.log, asked.why);
  }
  const first = found[0];
  if (first) return first;
  return makeKey({
    paths,
    keyring,
    waitMs,
    refuseFile: needsKeyring,
    ...(!asked.answered && { why: asked.why }),
  });
}

/**
 * Makes a new key and puts it in place of whatever lies there: into the keyring, or where that can't be used into the
 * 0600 file. `why` says that the keyring did not answer a moment ago. Rejects with `key-missing` instead of using the
 * file where `refuseFile` is set, `disk-full` or `permission`.
 */
export async function makeKey(options: {
  readonly paths: Paths;
  readonly keyring: Keyring;
  readonly waitMs?: number;
  readonly refuseFile?: boolean;
  readonly why?: string;
}): Promise<ObtainedKey> {
  const { paths, keyring, waitMs = KEYRING_WAIT } = options;
  const key = randomBytes(32).toString('hex');
  const why = options.why ?? (await store(keyring, key, waitMs));
  if (why === null) {
    // One that was made without a keyring and has no use any more.
    shred(paths.keyFile);
    return { key, place: 'keyring' };
  }
  // A Secret Service without an open collection finds nothing and keeps nothing: that is no proof of a lost key.
  if (options.refuseFile) throw unreachable(paths.log, why);
  await writeKeyFile(paths, key);
  return { key, place: 'file', warning: fileWarning(paths.keyFile, why) };
}

/**
 * Puts one key, or two while one takes the place of the other, where the log's key lies. Durable when it resolves; what
 * lay there is overwritten. Rejects with `key-missing` when a keyring does not keep them, `disk-full` or `permission`.
 */
export async function putKeys(
  options: {
    readonly paths: Paths;
    readonly keyring: Keyring;
    readonly place: ObtainedKey['place'];
    readonly waitMs?: number;
  },
  keys: readonly string[],
): Promise<void> {
  const { paths, keyring, place, waitMs = KEYRING_WAIT } = options;
  const secret = keys.join(' ');
  if (place === 'file') {
    await writeKeyFile(paths, secret);
    return;
  }
  const why = await store(keyring, secret, waitMs);
  if (why !== null) throw unreachable(paths.log, why);
}

/** The new file takes the name in one step; then the blocks of the old one are overwritten. */
async function writeKeyFile(paths: Paths, secret: string): Promise<void> {
  let old: number | null = null;
  try {
    ownFolder(paths.data);
    if (existsSync(paths.keyFile)) old = openSync(paths.keyFile, 'r+');
    await writeWhole(paths.keyFile, `${secret}\n`);
    syncFolder(paths.data);
    if (old !== null) overwrite(old);
  } catch (thrown) {
    throw asLogError(thrown, paths.keyFile);
  } finally {
    if (old !== null) closeSync(old);
  }
}

const other = (keys: readonly string[], n: number) => {
  const twin = keys[1 - n];
  return keys.length === 2 && twin !== undefined ? { other: twin } : {};
};

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

function readKeyFile(file: string): string[] {
  try {
    return asKeys(readFileSync(file, 'utf8').trim());
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw asLogError(thrown, file);
  }
}

/** One key, or two with a blank between while the key is changed; none for anything else. */
function asKeys(text: string | null): string[] {
  return text !== null && /^[0-9a-f]{64}(?: [0-9a-f]{64})?$/.test(text) ? text.split(' ') : [];
}
