import { execFile } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCipher } from '../../src/log/cipher.ts';
import type { Keyring } from '../../src/log/keyring.ts';
import { openLog } from '../../src/log/open.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Paths } from '../../src/paths.ts';
import { cut, flipBit, randomFrom } from './damage.ts';
import { lockedKeyring, noKeyring, openKeyring, ownPaths } from './folder.ts';
import { observation, windowEvent } from './rows.ts';

async function open(paths: Paths, keyring: Keyring) {
  const opened = await openLog({ paths, clock: systemClock, keyring, keyringWaitMs: 200, batchMs: 1 });
  onTestFinished(() => opened.log.close());
  return opened;
}

/** A closed log with 300 observations, and the keyring that holds its key. */
async function filled(keyring: Keyring = openKeyring()) {
  const paths = ownPaths();
  const { log } = await open(paths, keyring);
  await log.observe(Array.from({ length: 300 }, (_, n) => observation(`row ${n} ${'word '.repeat(40)}`)));
  await log.close();
  return { paths, keyring };
}

const aside = (paths: Paths, kind: string) =>
  readdirSync(paths.data).filter((name) => name.startsWith(`log.${kind}-`) && name.endsWith('.db'));

describe('openLog', () => {
  it('opens the same log again, with the key in the keyring and no file of it', async () => {
    const { paths, keyring } = await filled();
    const { log, note } = await open(paths, keyring);
    expect(note).toBeUndefined();
    expect(await log.state()).toMatchObject({ observations: 300, key: 'keyring', encrypted: true });
    expect((await log.state()).warning).toBeUndefined();
    expect(existsSync(paths.keyFile)).toBe(false);
    expect(statSync(paths.data).mode & 0o777).toBe(0o700);
  });

  it('uses a 0600 key file where there is no keyring, and warns', async () => {
    const { paths } = await filled(noKeyring);
    const { log, note } = await open(paths, noKeyring);
    expect(note).toBeUndefined();
    expect(await log.state()).toMatchObject({ observations: 300, key: 'file' });
    expect((await log.state()).warning).toContain(paths.keyFile);
    for (const name of readdirSync(paths.data)) {
      expect([name, statSync(join(paths.data, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('refuses a second owner, in this process and without touching anything', async () => {
    const { paths, keyring } = await filled();
    const { log } = await open(paths, keyring);
    const before = readdirSync(paths.data);
    await expect(open(paths, keyring)).rejects.toMatchObject({ code: 'already-running' });
    expect(readdirSync(paths.data)).toEqual(before);
    await log.close();
    expect((await (await open(paths, keyring)).log.state()).observations).toBe(300);
  });

  it('refuses a second process until the first has closed', async () => {
    const paths = ownPaths();
    const { log } = await open(paths, noKeyring);
    const child = fileURLToPath(new URL('openChild.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [child, paths.data]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'already-running' });
    await log.close();
    const then = await promisify(execFile)(process.execPath, [child, paths.data]);
    expect(JSON.parse(then.stdout)).toMatchObject({ state: { events: 1 } });
  });

  it('refuses a folder that is shared, and does not close it to others', async () => {
    const paths = ownPaths();
    mkdirSync(paths.data, { recursive: true });
    chmodSync(paths.data, 0o1777);
    await expect(open(paths, noKeyring)).rejects.toMatchObject({ code: 'permission' });
    expect(statSync(paths.data).mode & 0o7777).toBe(0o1777);
  });

  it('keeps a damaged log beside, names it, and starts a fresh one', async () => {
    const { paths, keyring } = await filled();
    flipBit(paths.log, 40);
    const damaged = readFileSync(paths.log);
    const { log, note } = await open(paths, keyring);
    const [kept] = aside(paths, 'damaged');
    expect(note).toContain(join(paths.data, kept!));
    expect(note).toContain('is damaged (');
    expect((await log.state()).warning).toContain(kept);
    expect(readFileSync(join(paths.data, kept!)).equals(damaged)).toBe(true);
    await log.append([windowEvent('on it goes')]);
    await log.close();
    const again = await open(paths, keyring);
    expect(again.note).toBeUndefined();
    expect((await again.log.state()).events).toBe(1);
    expect(aside(paths, 'damaged')).toHaveLength(1);
  });

  it('survives bits flipped and files cut anywhere: never a loop, never a row invented, the original kept', async () => {
    const { paths, keyring } = await filled();
    const original = `${paths.data}-original.db`;
    copyFileSync(paths.log, original);
    const size = statSync(original).size;
    const random = randomFrom(20260101);
    for (let n = 0; n < 60; n++) {
      copyFileSync(original, paths.log);
      if (n % 6 === 5) cut(paths.log, random());
      else flipBit(paths.log, Math.floor(random() * (n % 3 === 0 ? 100 : size)), Math.floor(random() * 8));
      const broken = readFileSync(paths.log);
      const before = aside(paths, 'damaged').length;
      const { log, note } = await open(paths, keyring);
      expect(await log.check(), `case ${n}`).toBe('ok');
      const { observations } = await log.state();
      await log.close();
      if (note === undefined) expect(observations).toBe(broken.length === 0 ? 0 : 300);
      else {
        const kept = aside(paths, 'damaged').toSorted().at(-1)!;
        expect(aside(paths, 'damaged')).toHaveLength(before + 1);
        expect(note).toContain('log.damaged-');
        expect(readFileSync(join(paths.data, kept)).length, `case ${n}`).toBe(broken.length);
      }
      const again = await open(paths, keyring);
      expect(again.note, `case ${n}`).toBeUndefined();
      await again.log.close();
      rmSync(paths.log, { force: true });
    }
    expect(aside(paths, 'damaged').length).toBeGreaterThan(50);
  }, 60_000);

  it('starts over a damaged WAL with what was checkpointed', async () => {
    const { paths, keyring } = await filled();
    writeFileSync(`${paths.log}-wal`, Buffer.alloc(9000, 7), { mode: 0o600 });
    const { log, note } = await open(paths, keyring);
    expect(note).toBeUndefined();
    expect((await log.state()).observations).toBe(300);
  });

  it('tells a key that does not fit from damage, and keeps the log for the day the key is found', async () => {
    const { paths, keyring } = await filled();
    const stranger = openKeyring('77'.repeat(32));
    const { log, note } = await open(paths, stranger);
    const [kept] = aside(paths, 'locked');
    expect(note).toContain(`The key of the log is missing, so the old log was kept beside as`);
    expect(note).toContain(kept);
    expect(stranger.secret).toBe('77'.repeat(32));
    await log.close();
    const key = (keyring as ReturnType<typeof openKeyring>).secret!;
    const db = openCipher(join(paths.data, kept!), key);
    expect(db.prepare('SELECT count(*) AS n FROM observations').get()).toEqual({ n: 300 });
    db.close();
  });

  it('treats a key that is gone the same way, and makes a new one', async () => {
    const { paths } = await filled();
    const { log, note } = await open(paths, openKeyring());
    expect(note).toContain('The key of the log is missing');
    expect(aside(paths, 'locked')).toHaveLength(1);
    expect((await log.state()).observations).toBe(0);
  });

  for (const [what, keyring] of [
    ['is locked', lockedKeyring],
    ['cannot be reached', noKeyring],
  ] as const) {
    it(`starts nothing fresh while the keyring with the key ${what}`, async () => {
      const { paths, keyring: good } = await filled();
      const before = readdirSync(paths.data);
      await expect(open(paths, keyring)).rejects.toMatchObject({
        code: 'key-missing',
        message: expect.stringContaining('the log is untouched'),
      });
      expect(readdirSync(paths.data)).toEqual(before);
      expect((await (await open(paths, good)).log.state()).observations).toBe(300);
    });
  }

  it('does not take the lack of its fingerprint for a wrong key', async () => {
    const { paths, keyring } = await filled();
    rmSync(`${paths.log}.check`);
    const { log, note } = await open(paths, keyring);
    expect(note).toBeUndefined();
    expect((await log.state()).observations).toBe(300);
    expect(existsSync(`${paths.log}.check`)).toBe(true);
  });

  it('refuses a newer log and leaves it in place', async () => {
    const { paths, keyring } = await filled();
    const db = openCipher(paths.log, (keyring as ReturnType<typeof openKeyring>).secret!);
    db.prepare('INSERT INTO migrations (id, name, at) VALUES (99, ?, 0)').run('from tomorrow');
    db.close();
    const before = readFileSync(paths.log);
    await expect(open(paths, keyring)).rejects.toMatchObject({ code: 'refused' });
    expect(readFileSync(paths.log).equals(before)).toBe(true);
    expect(aside(paths, 'damaged')).toEqual([]);
  });

  it('names damage met while running and looks at every page on the next start', async () => {
    const { paths, keyring } = await filled();
    const { log } = await open(paths, keyring);
    for (let page = 1; page < statSync(paths.log).size / 4096; page++) flipBit(paths.log, page * 4096 + 99);
    await expect(log.observations({ limit: 1000 })).rejects.toMatchObject({ code: 'log-damaged' });
    expect(existsSync(`${paths.log}.suspect`)).toBe(true);
    await log.close();
    expect((await open(paths, keyring)).note).toContain('is damaged');
    expect(existsSync(`${paths.log}.suspect`)).toBe(false);
  });
});
