import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownFolder } from '../../src/log/cipher.ts';
import { writeFingerprint } from '../../src/log/fingerprint.ts';
import { obtainKey } from '../../src/log/key.ts';
import { lockedKeyring, noKeyring, openKeyring, ownPaths } from './folder.ts';

const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);

describe('obtainKey', () => {
  it('makes a key once and keeps it in the keyring', async () => {
    const paths = ownPaths();
    const keyring = openKeyring();
    const first = await obtainKey({ paths, keyring });
    expect(first).toEqual({ key: expect.stringMatching(/^[0-9a-f]{64}$/), place: 'keyring' });
    expect(keyring.secret).toBe(first.key);
    expect(await obtainKey({ paths, keyring })).toEqual(first);
  });

  it('falls back to a 0600 file and says where and why', async () => {
    const paths = ownPaths();
    const first = await obtainKey({ paths, keyring: noKeyring });
    expect(first.place).toBe('file');
    expect(first.warning).toContain(paths.keyFile);
    expect(first.warning).toContain('AccessDenied');
    expect(first.warning).not.toContain(first.key);
    expect(statSync(paths.keyFile).mode & 0o777).toBe(0o600);
    expect(readFileSync(paths.keyFile, 'utf8').trim()).toBe(first.key);
    expect((await obtainKey({ paths, keyring: noKeyring })).key).toBe(first.key);
  });

  it('does not wait for a locked keyring when there is no log yet', async () => {
    const paths = ownPaths();
    const { place, warning } = await obtainKey({ paths, keyring: lockedKeyring, waitMs: 50 });
    expect(place).toBe('file');
    expect(warning).toContain('did not answer');
  });

  it('takes a keyring that forgets at once for none', async () => {
    const paths = ownPaths();
    const amnesia = { get: async () => null, set: async () => undefined };
    expect(await obtainKey({ paths, keyring: amnesia })).toMatchObject({ place: 'file' });
  });

  for (const [fitting, place] of [
    [A, 'keyring'],
    [B, 'file'],
  ] as const) {
    it(`prefers the key that fits the log, here the one in the ${place}`, async () => {
      const paths = ownPaths();
      ownFolder(paths.data);
      writeFileSync(paths.keyFile, B, { mode: 0o600 });
      writeFileSync(paths.log, 'some log');
      await writeFingerprint(paths.log, fitting, place);
      expect(await obtainKey({ paths, keyring: openKeyring(A) })).toMatchObject({ key: fitting, place });
    });
  }

  it('never replaces a key that is there, even one that does not fit', async () => {
    const paths = ownPaths();
    ownFolder(paths.data);
    writeFileSync(paths.log, 'some log');
    await writeFingerprint(paths.log, B, 'keyring');
    const keyring = openKeyring(A);
    expect((await obtainKey({ paths, keyring })).key).toBe(A);
    expect(keyring.secret).toBe(A);
  });

  it('refuses to go on without the keyring when the key is in it, whatever file lies about', async () => {
    const paths = ownPaths();
    ownFolder(paths.data);
    writeFileSync(paths.log, 'some log');
    await writeFingerprint(paths.log, A, 'keyring');
    writeFileSync(paths.keyFile, B, { mode: 0o600 });
    const waiting = obtainKey({ paths, keyring: lockedKeyring, waitMs: 50 });
    await expect(waiting).rejects.toMatchObject({ code: 'key-missing' });
  });

  it('does not take a keyring that finds nothing and keeps nothing for proof that the key is lost', async () => {
    const paths = ownPaths();
    ownFolder(paths.data);
    writeFileSync(paths.log, 'some log');
    await writeFingerprint(paths.log, A, 'keyring');
    const closed = { get: async () => null, set: async () => Promise.reject(new Error('no result found')) };
    await expect(obtainKey({ paths, keyring: closed })).rejects.toMatchObject({ code: 'key-missing' });
    expect(existsSync(paths.keyFile)).toBe(false);
  });

  it('names a key file it may not read', async () => {
    if (process.getuid?.() === 0) return; // root reads everything
    const paths = ownPaths();
    ownFolder(paths.data);
    writeFileSync(paths.keyFile, B);
    chmodSync(paths.keyFile, 0);
    await expect(obtainKey({ paths, keyring: noKeyring })).rejects.toMatchObject({ code: 'permission' });
  });
});
