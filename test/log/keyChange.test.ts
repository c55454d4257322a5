import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3-multiple-ciphers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/log/open.ts';
import { migrate, migrations } from '../../src/log/migrations.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Paths } from '../../src/paths.ts';
import { noKeyring, openKeyring, ownPaths } from './folder.ts';
import { observation, windowEvent } from './rows.ts';

const child = fileURLToPath(new URL('keyChangeChild.ts', import.meta.url));

async function open(paths: Paths, keyring = noKeyring) {
  const { log, note } = await openLog({ paths, clock: systemClock, keyring, batchMs: 1 });
  onTestFinished(() => log.close());
  return { log, note };
}

/** Runs the child until it is killed before the `nth` step, or ends; tells the steps it came to. */
async function runChild(paths: Paths, what: 'rotate' | 'everything', nth: number): Promise<string[]> {
  const run = spawn(process.execPath, [child, dirname(paths.log), what, String(nth)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  run.stdout.on('data', (chunk) => (out += String(chunk)));
  await new Promise((resolve) => run.once('close', resolve));
  return out.split('\n').filter((line) => line !== '');
}

const keyOf = (paths: Paths) => readFileSync(paths.keyFile, 'utf8').trim();
const leftovers = (paths: Paths) =>
  readdirSync(dirname(paths.log)).filter(
    (name) => /next|forgotten|oldkey|damaged|locked/.test(name) && name !== 'log.db.lock',
  );

describe('changing the key', () => {
  it('keeps every row, under a new key, while rows are written and read', async () => {
    const paths = ownPaths();
    const { log } = await open(paths);
    await log.append([windowEvent('before')]);
    await log.keepBackup();
    const old = keyOf(paths);
    const rotating = log.rotateKey();
    const meanwhile = Promise.all(
      Array.from({ length: 50 }, (_, n) => log.observe([observation(`meanwhile ${n}`)])),
    );
    expect((await log.events()).rows).toHaveLength(1);
    await Promise.all([rotating, meanwhile]);
    expect(keyOf(paths)).toMatch(/^[0-9a-f]{64}$/);
    expect(keyOf(paths)).not.toBe(old);
    expect((await log.observations({ text: 'meanwhile', limit: 1000 })).rows).toHaveLength(50);
    expect(await log.check()).toBe('ok');
    expect(readdirSync(join(dirname(paths.log), 'backups'))).toEqual([]);
    await log.close();
    const { log: again, note } = await open(paths);
    expect(note).toBeUndefined();
    expect((await again.state()).observations).toBe(50);
    expect(leftovers(paths)).toEqual([]);
  });

  it('changes the key in a keyring, where two lie for a moment', async () => {
    const paths = ownPaths();
    const ring = openKeyring();
    const seen: string[] = [];
    const spying = {
      ...ring,
      set: async (next: string, signal: AbortSignal) => (seen.push(next), ring.set(next, signal)),
    };
    const { log } = await open(paths, { get: ring.get, set: spying.set });
    await log.append([windowEvent('kept')]);
    await log.rotateKey();
    const [old, both, now] = seen;
    expect(both).toBe(`${old} ${now}`);
    expect(ring.secret).toBe(now);
    expect((await log.events()).rows).toHaveLength(1);
    expect(existsSync(paths.keyFile)).toBe(false);
  });

  it('leaves the log as it was when the keyring does not keep the new key', async () => {
    const paths = ownPaths();
    const ring = openKeyring();
    let locked = false;
    const { log } = await open(paths, {
      get: ring.get,
      set: async (next, signal) => (locked ? Promise.reject(new Error('locked')) : ring.set(next, signal)),
    });
    await log.append([windowEvent('kept')]);
    const old = ring.secret;
    locked = true;
    await expect(log.rotateKey()).rejects.toMatchObject({ code: 'key-missing' });
    locked = false;
    expect(ring.secret).toBe(old);
    expect((await log.events()).rows).toHaveLength(1);
    await log.append([windowEvent('goes on')]);
    expect(leftovers(paths)).toEqual([]);
  });

  it('opens with one of the two keys, with every row, wherever it is killed', async () => {
    const paths = ownPaths();
    let steps: string[] = [];
    for (let nth = 1; nth <= 20; nth++) {
      steps = await runChild(paths, 'rotate', nth);
      const { log, note } = await open(paths);
      expect(note, `killed before ${steps.at(-1)}`).toBeUndefined();
      const { rows } = await log.observations({ limit: 1000, text: 'acknowledged' });
      expect(rows.length, `killed before ${steps.at(-1)}`).toBe(nth * 20);
      expect(await log.check()).toBe('ok');
      expect(keyOf(paths)).toMatch(/^[0-9a-f]{64}$/);
      expect(leftovers(paths)).toEqual([]);
      await log.close();
      if (steps.at(-1) === 'done') break;
    }
    expect(steps).toEqual([
      'copy',
      'encrypt',
      'compare',
      'both keys',
      'close',
      'rename',
      'fingerprint',
      'new key',
      'done',
    ]);
  }, 120_000);
});

describe('forgetting everything', () => {
  it('starts a new file under a new key, without copies, in which writing goes on', async () => {
    const paths = ownPaths();
    const { log } = await open(paths);
    await log.observe([observation('secret plan')]);
    await log.keepBackup();
    writeFileSync(join(dirname(paths.log), 'log.damaged-2026-01-01T00-00-00.000Z.db'), 'old bytes');
    const old = keyOf(paths);
    const before = readFileSync(paths.log);
    const forgetting = log.forget({ everything: true });
    const late = log.observe([observation('a new day')]);
    expect(await forgetting).toBe(1);
    await late;
    expect(keyOf(paths)).not.toBe(old);
    expect(readFileSync(paths.log).subarray(0, 16)).not.toEqual(before.subarray(0, 16));
    expect((await log.observations()).rows.map((row) => row.event)).toEqual(['a new day']);
    expect(readdirSync(join(dirname(paths.log), 'backups'))).toEqual([]);
    expect(leftovers(paths)).toEqual([]);
    expect(await log.check()).toBe('ok');
  });

  it('destroys the key in a keyring too', async () => {
    const paths = ownPaths();
    const ring = openKeyring();
    const { log } = await open(paths, ring);
    await log.append([windowEvent('gone')]);
    const old = ring.secret;
    await log.forget({ everything: true });
    expect(ring.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(ring.secret).not.toBe(old);
  });

  it('needs no keyring to forget, and destroys the old key once the keyring answers', async () => {
    const paths = ownPaths();
    const ring = openKeyring();
    let locked = false;
    const sometimes = {
      get: async () => (locked ? Promise.reject(new Error('locked')) : ring.secret),
      set: async (next: string, signal: AbortSignal) =>
        locked ? Promise.reject(new Error('locked')) : ring.set(next, signal),
    };
    const { log } = await open(paths, sometimes);
    await log.append([windowEvent('gone')]);
    const old = ring.secret;
    locked = true;
    await log.forget({ everything: true });
    await log.append([windowEvent('new')]);
    await log.close();
    expect(ring.secret).toBe(old);
    locked = false;
    const { log: again, note } = await open(paths, sometimes);
    expect(note).toBeUndefined();
    expect((await again.events()).rows).toHaveLength(1);
    expect(ring.secret).not.toBe(old);
    expect(leftovers(paths)).toEqual([]);
  });

  it('leaves all or nothing wherever it is killed', async () => {
    const paths = ownPaths();
    let steps: string[] = [];
    for (let nth = 1; nth <= 20; nth++) {
      const old = existsSync(paths.keyFile) ? keyOf(paths) : '';
      steps = await runChild(paths, 'everything', nth);
      const { log, note } = await open(paths);
      expect(note, `killed before ${steps.at(-1)}`).toBeUndefined();
      const { observations } = await log.state();
      // The first step comes after the mark, so from there on nothing is left.
      expect(observations, `killed before ${steps.at(-1)}`).toBe(0);
      expect(keyOf(paths)).not.toBe(old);
      expect(leftovers(paths)).toEqual([]);
      await log.close();
      if (steps.at(-1) === 'done') break;
    }
    expect(steps).toEqual(['files', 'key', 'new fingerprint', 'unmark', 'done']);
  }, 120_000);
});

describe('a log of an earlier scheme', () => {
  it('is brought over under its key, with every row', async () => {
    const paths = ownPaths();
    const { log: made } = await open(paths);
    await made.close();
    const file = paths.log;
    const key = keyOf(paths);
    mkdirSync(dirname(file), { recursive: true });
    const { rmSync } = await import('node:fs');
    rmSync(file);
    const db = new Database(file);
    db.pragma("cipher='sqlcipher'");
    db.pragma(`key="x'${key}'"`);
    db.pragma('journal_mode=WAL');
    migrate(db, systemClock, file, migrations.slice(0, 2));
    const event = windowEvent('from before', {
      data: { title: 'x', page: 'https://www.example.org/a' },
    } as never);
    db.prepare('INSERT INTO events (id, at, kind, app, body) VALUES (?, ?, ?, ?, ?)').run(
      event.id,
      event.at,
      event.kind,
      event.app,
      JSON.stringify(event),
    );
    db.prepare(
      "INSERT INTO observations (id, at, duration, kind, app, sentence, sources) VALUES (?, 1, 1, 'window', 'A', 'old words', ?)",
    ).run(event.id, JSON.stringify([event.id]));
    db.prepare("INSERT INTO search (rowid, sentence) VALUES (1, 'old words')").run();
    db.close();
    const { log, note } = await open(paths);
    expect(note).toBeUndefined();
    expect((await log.events()).rows).toHaveLength(1);
    expect((await log.observations({ text: 'words' })).rows).toHaveLength(1);
    expect(await log.check()).toBe('ok');
    expect(await log.forget({ site: 'example.org' })).toBe(0);
    expect((await log.events()).rows).toHaveLength(0);
    await log.close();
    expect((await open(paths)).note).toBeUndefined();
  });
});
