import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Keyring } from '../../src/log/keyring.ts';
import { createPaths, type Paths } from '../../src/paths.ts';

/** A folder of this test's own, removed after it. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The program's paths in a folder of this test's own. */
export function ownPaths(folder = ownFolder()): Paths {
  return createPaths({ env: { BEFOREHAND_HOME: join(folder, 'home'), XDG_RUNTIME_DIR: folder } });
}

/** A keyring in memory. */
export function openKeyring(secret: string | null = null): Keyring & { secret: string | null } {
  const ring = {
    secret,
    get: async () => ring.secret,
    set: async (next: string) => {
      ring.secret = next;
    },
  };
  return ring;
}

export { noKeyring } from './noKeyring.ts';

/** A locked keyring: waits for a person who never comes. */
export const lockedKeyring: Keyring = {
  get: async () => new Promise(() => undefined),
  set: async () => new Promise(() => undefined),
};
