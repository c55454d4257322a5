import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ASIDE } from './copies.ts';
import { asLogError } from './failure.ts';
import { namesIn, shred, shredDatabase, syncFolder } from './files.ts';
import { fingerprintFile, fits, readFingerprintAt, writeFingerprint } from './fingerprint.ts';
import { makeKey } from './key.ts';
import { askKeyring } from './keyring.ts';
import type { KeyChange } from './rotate.ts';

/** Its being there means: all of this log is forgotten, whatever is still on disk. It holds the old key's fingerprint. */
const markOf = (log: string) => `${log}.forgotten`;
/** The old key's fingerprint while that key still lies in a keyring that did not answer. */
const owedOf = (log: string) => `${log}.oldkey`;

/**
 * The moment of "forget everything": the fingerprint becomes the mark, in one rename that needs no room on a full disk.
 * Before it all is there, after it nothing is, whenever the program is killed.
 */
export function markForgotten(log: string): void {
  try {
    const check = fingerprintFile(log);
    if (existsSync(check)) renameSync(check, markOf(log));
    else writeFileSync(markOf(log), '', { mode: 0o600 });
    syncFolder(dirname(log));
  } catch (thrown) {
    throw asLogError(thrown, log);
  }
}

/**
 * Does what the mark says, at once or at the next start: removes the log, what was set aside and the program's own
 * copies, and puts a new key in the place of the old one. `dropBackups` removes the copies. True when there was a mark.
 * Rejects with `disk-full` or `permission` when no new key can be kept; the mark then stays and nothing is left anyway.
 */
export async function finishForgetting(change: KeyChange, dropBackups: () => void): Promise<boolean> {
  const { paths, keyring, waitMs, step } = change;
  const { log } = paths;
  const mark = markOf(log);
  if (!existsSync(mark)) return false;
  // A new log has its fingerprint before its first byte: what the mark was about is gone already.
  if (!existsSync(fingerprintFile(log))) {
    const old = readFingerprintAt(mark);
    step?.('files');
    shredDatabase(log);
    shredDatabase(`${log}.next`);
    for (const each of namesIn(dirname(log), ASIDE)) {
      shredDatabase(each);
      shred(fingerprintFile(each));
    }
    rmSync(`${log}.suspect`, { force: true });
    dropBackups();
    syncFolder(dirname(log));
    step?.('key');
    const made = await makeKey({ paths, keyring, ...(waitMs !== undefined && { waitMs }) });
    step?.('new fingerprint');
    if (made.place === 'file' && old?.place === 'keyring') renameSync(mark, owedOf(log));
    await writeFingerprint(log, made.key, made.place);
  }
  step?.('unmark');
  rmSync(mark, { force: true });
  syncFolder(dirname(log));
  return true;
}

/** Replaces a forgotten log's key that was left in a keyring which did not answer then, by the key now in use. */
export async function payOwed(change: KeyChange, key: string): Promise<void> {
  const owed = owedOf(change.paths.log);
  if (!existsSync(owed)) return;
  const { keyring, waitMs = 3000 } = change;
  const asked = await askKeyring(waitMs, (signal) => keyring.get(signal));
  if (!asked.answered) return;
  const old = readFingerprintAt(owed);
  if (asked.value !== null && old && fits(old, asked.value)) {
    const stored = await askKeyring(waitMs, (signal) => keyring.set(key, signal));
    if (!stored.answered) return;
  }
  rmSync(owed, { force: true });
}
