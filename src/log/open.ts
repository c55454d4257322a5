import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { asAppError } from '../errors.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import { createBackups } from './backups.ts';
import { openCipher, opens, ownFolder } from './cipher.ts';
import { asLogError } from './failure.ts';
import { fits, readFingerprint, writeFingerprint } from './fingerprint.ts';
import { obtainKey } from './key.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { takeOwnership } from './lock.ts';
import { migrate, newest, schemaOf } from './migrations.ts';
import { createOwned, type OpenFile } from './owned.ts';
import { setAside } from './quarantine.ts';
import { finishForgetting, payOwed } from './renew.ts';
import { convert, settleKeys, type KeyChange } from './rotate.ts';
import { openSqliteLog } from './sqlite.ts';

/** Bytes up to which every page is looked at on each start: about half a second. Above, only after damage was met. */
const CHECK_BYTES = 100_000_000;

/** The log, and what the user has to know about how it was opened. */
export interface OpenedLog {
  readonly log: EventLog;
  readonly note?: string;
}

/** What opening needs. The user's own keyring is asked unless one is given; times are milliseconds. */
export interface OpenOptions {
  readonly paths: Paths;
  readonly clock: Clock;
  readonly keyring?: Keyring;
  readonly keyringWaitMs?: number;
  readonly batchMs?: number;
  /** Told before each step of changing the key or forgetting everything: for tests that end the program there. */
  readonly step?: (name: string) => void;
}

/**
 * Opens the log of this data folder as its owner: gets the key, looks the file over, brings it up to date.
 *
 *     key fits, file sound      -> the log
 *     key fits, file damaged    -> moved to log.damaged-<time>.db, a fresh log, a note
 *     no key that fits          -> moved to log.locked-<time>.db, a fresh log, a note
 *     keyring does not answer   -> `key-missing`, nothing touched
 *     newer schema              -> `refused`, nothing touched
 *     owned by another process  -> `already-running`, nothing touched
 *     forgetting everything or a change of the key was cut short -> finished, or undone
 *
 * Nothing is ever deleted unasked, and a start never tries the same file twice.
 */
export async function openLog(options: OpenOptions): Promise<OpenedLog> {
  const { paths } = options;
  try {
    ownFolder(paths.data);
  } catch (thrown) {
    throw asLogError(thrown, paths.data);
  }
  const release = takeOwnership(paths.log);
  const change: KeyChange = {
    paths,
    keyring: options.keyring ?? createKeyring(paths.data),
    ...(options.keyringWaitMs !== undefined && { waitMs: options.keyringWaitMs }),
    ...(options.step && { step: options.step }),
  };
  const reopen = () => openFile(options, change);
  try {
    const { note, ...first } = await reopen();
    const log = createOwned(first, { change, clock: options.clock, reopen, release });
    return { log, ...(note ? { note } : {}) };
  } catch (thrown) {
    release();
    throw asLogError(thrown, paths.log);
  }
}

/** Opens what is in place now, after finishing what an earlier run was cut short in. */
async function openFile(
  { paths, clock, batchMs }: OpenOptions,
  change: KeyChange,
): Promise<OpenFile & { readonly note?: string }> {
  await finishForgetting(change, createBackups(paths.log, clock).drop);
  const key = await settleKeys(change, await obtainKey(change));
  const note = prepare(paths.log, key.key, clock);
  const suspect = `${paths.log}.suspect`;
  if (fits(readFingerprint(paths.log), key.key) !== true) {
    await writeFingerprint(paths.log, key.key, key.place);
  }
  await payOwed(change, key.key);
  const warnings = [note, key.warning].filter((each) => each !== undefined).join('. ');
  const log = await openSqliteLog({
    file: paths.log,
    key: key.key,
    keyPlace: key.place,
    clock,
    ...(batchMs !== undefined && { batchMs }),
    ...(warnings ? { warning: warnings } : {}),
  });
  rmSync(suspect, { force: true });
  const watched = watch(log, () => writeFileSync(suspect, '', { mode: 0o600 }));
  return { log: watched, key, ...(note ? { note } : {}) };
}

/** Leaves at `log` a file that opens with `key`, or none; says what was moved aside and why. */
function prepare(log: string, key: string, clock: Clock): string | undefined {
  if (!existsSync(log) || statSync(log).size === 0) return undefined;
  const fitting = fits(readFingerprint(log), key);
  if (fitting === false) {
    const kept = setAside(log, 'locked', clock);
    return `The key of the log is missing, so the old log was kept beside as ${kept} and a fresh one was started`;
  }
  const found = inspect(log, key, clock);
  if (found === null) return undefined;
  if (opens(log, key, 'sqlcipher')) {
    convert(log, key);
    return undefined;
  }
  const kept = setAside(log, 'damaged', clock);
  const cause = fitting ? 'is damaged' : 'is damaged or belongs to another key';
  return `The log ${cause} (${found}), so it was kept beside as ${kept} and a fresh one was started`;
}

/** What is wrong with the file, or null. Throws what is not the file's fault: another owner, a newer schema. */
function inspect(log: string, key: string, clock: Clock): string | null {
  const whole = statSync(log).size <= CHECK_BYTES || existsSync(`${log}.suspect`);
  let db: ReturnType<typeof openCipher> | null = null;
  try {
    db = openCipher(log, key);
    if (schemaOf(db) > newest()) migrate(db, clock, log); // refuses, with its sentence
    if (whole) {
      const found = db.prepare<[], string>('PRAGMA quick_check(1)').pluck().get();
      if (found !== 'ok') return 'its integrity check failed';
    }
    return null;
  } catch (thrown) {
    const error = asLogError(thrown, log);
    if (error.code !== 'log-damaged') throw error;
    return 'it is not readable as a database';
  } finally {
    db?.close();
  }
}

/** Notes damage met while running, so that the next start looks at every page. */
function watch(log: EventLog, onDamage: () => void): EventLog {
  const watched = Object.entries(log).map(([name, method]) => {
    const call = method as (...input: unknown[]) => Promise<unknown>;
    return [
      name,
      async (...input: unknown[]) => {
        try {
          return await call(...input);
        } catch (thrown) {
          if (asAppError(thrown, 'internal', 'log').code === 'log-damaged') onDamage();
          throw thrown;
        }
      },
    ];
  });
  return Object.fromEntries(watched) as EventLog;
}
