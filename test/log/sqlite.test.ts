import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCipher } from '../../src/log/cipher.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import { ownFolder } from './folder.ts';
import { plainPages } from './plain.ts';
import { answer, audit, decision, feedback, NOON, observation, suggestion, windowEvent } from './rows.ts';

const KEY = '0f'.repeat(32);

async function open(file: string, more: { key?: string; batchMs?: number } = {}): Promise<EventLog> {
  const log = await openSqliteLog({ file, key: KEY, keyPlace: 'file', clock: systemClock, ...more });
  onTestFinished(() => log.close());
  return log;
}

/** Every byte of the log's files, as text that can be searched. */
function bytesOf(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join('\n');
}

/** Every page without its encryption, as text that can be searched. */
const decrypted = (file: string): string => plainPages(file, KEY).toString('latin1');

describe('the log on disk', () => {
  it('commits in batches: what is written together is on disk together', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 100 });
    await log.append([windowEvent('first')]);
    const before = statSync(`${file}-wal`).size;
    const writes = Promise.all(Array.from({ length: 50 }, (_, n) => log.append([windowEvent(`w${n}`)])));
    expect(statSync(`${file}-wal`).size).toBe(before);
    await writes;
    // One commit, so about one page each table and index, not one for each of the 50 writes.
    expect(statSync(`${file}-wal`).size - before).toBeLessThan(25 * 4200);
    expect((await log.events()).rows).toHaveLength(51);
  });

  it('writes what waits before it closes', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 100 });
    const written = log.append([windowEvent('last words')]);
    await log.close();
    await written;
    expect((await (await open(file)).events()).rows).toHaveLength(1);
  });

  it('fails a bad row alone, not its neighbours of the same batch', async () => {
    const log = await open(join(ownFolder(), 'log.db'), { batchMs: 20 });
    const good = log.append([windowEvent('good')]);
    const bad = log.append([windowEvent('half of it'), { ...windowEvent('bad'), at: null as never }]);
    await expect(bad).rejects.toMatchObject({ code: 'internal' });
    await good;
    expect((await log.events()).rows).toHaveLength(1);
  });

  it('keeps folder 0700 and files 0600', async () => {
    const folder = join(ownFolder(), 'data');
    const log = await open(join(folder, 'log.db'));
    await log.append([windowEvent('a')]);
    await log.backup(join(folder, 'copy.db'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]);
    expect(Object.fromEntries(modes)).toEqual({ 'log.db': 0o600, 'log.db-wal': 0o600, 'copy.db': 0o600 });
  });

  it('holds no plain text in database or WAL', async () => {
    const folder = ownFolder();
    const log = await open(join(folder, 'log.db'));
    await log.append([windowEvent('CANARYevent')]);
    await log.observe([observation('CANARYsentence'), observation('x', { app: 'CANARYapp' })]);
    await log.suggest(suggestion([observation('CANARYseen')]));
    const both = bytesOf(folder);
    expect(both.length).toBeGreaterThan(100_000);
    expect(both).not.toContain('CANARY');
    expect(both).not.toContain('SQLite format');
    await log.close();
    expect(bytesOf(folder)).not.toContain('CANARY');
    // The same file does hold them once decrypted: the search above could have found them.
    expect(decrypted(join(folder, 'log.db'))).toContain('CANARYsentence');
  });

  it('leaves nothing of a forgotten row, in free pages, the index and the slack of pages', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 1 });
    const doomed: string[] = [];
    for (let n = 0; n < 60; n++) {
      const rows = Array.from({ length: 20 }, (_, m) => {
        const secret = m % 4 === 1;
        const words = secret
          ? `QZJX${n}x${m} ${'QZJXlong '.repeat(m * 8)}`
          : `plain ${n} ${'filler '.repeat(m * 3)}`;
        return observation(words, { app: secret ? 'Bank' : 'Editor' });
      });
      await log.append(
        rows.map((row) => windowEvent(row.event.slice(0, 1000), { id: row.id, app: row.app })),
      );
      await log.observe(rows);
      // Heartbeats change a sentence: the old words must go as well.
      await log.observe(rows.slice(0, 3).map((row) => ({ ...row, event: `${row.event} longer` })));
      const seen = rows.slice(0, 6);
      const made = suggestion(seen);
      await log.suggest(made);
      await log.suggest({ ...made, state: 'shown' });
      await log.feedback(feedback(seen, { suggestion: made.id }));
      await log.answer(answer(made.id, 'QZJXanswer'));
      await log.audit(audit(made.id, { arguments: 'QZJXaudit' }));
      await log.decide(decision({ suggestion: made.id, task: 'QZJXtask' }));
      doomed.push(...rows.filter((row) => row.app === 'Bank').map((row) => row.id));
    }
    expect(await log.forget({ observations: doomed.slice(0, 5) })).toBe(5);
    expect(await log.forget({ observations: doomed.slice(5, 150) })).toBe(145);
    expect(await log.forget({ app: 'Bank' })).toBe(150);
    expect(await log.check()).toBe('ok');
    expect(statSync(`${file}-wal`).size).toBe(0);
    const after = decrypted(file);
    expect(after.toLowerCase().split('qzjx').length - 1).toBe(0);
    expect(after).toContain('plain 59');
    expect((await log.observations({ text: 'qzjx' })).rows).toEqual([]);
    expect((await log.observations({ text: 'plain' })).rows).toHaveLength(100);
  });

  it('leaves no word of a few rows among many', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 1 });
    const rows = Array.from({ length: 2000 }, (_, n) =>
      observation(n % 500 === 7 ? `QZJX${n} and QZJYword` : `plain words ${n}`),
    );
    for (let n = 0; n < 2000; n += 100) await log.observe(rows.slice(n, n + 100));
    const [first, ...others] = rows.filter((row) => row.event.includes('QZJX'));
    await log.observe([{ ...first!, event: 'replaced' }]);
    expect(await log.forget({ observations: others.map((row) => row.id) })).toBe(3);
    expect(await log.check()).toBe('ok');
    expect(decrypted(file).toLowerCase()).not.toMatch(/qzj[xy]/);
    expect((await log.observations({ text: 'plain', limit: 1000 })).rows).toHaveLength(1000);
  });

  it('leaves nothing of what was buffered when forgetting was asked for', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 100 });
    const written = log.append([windowEvent('QZJX', { app: 'Bank' })]);
    await log.forget({ app: 'Bank' });
    await written;
    expect((await log.events()).rows).toEqual([]);
  });

  it('leaves nothing after forgetting everything', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file, { batchMs: 1 });
    await log.observe(Array.from({ length: 500 }, (_, n) => observation(`QZJX${n} ${'word '.repeat(50)}`)));
    await log.forget({ everything: true });
    expect(decrypted(file).toLowerCase()).not.toContain('qzjx');
  });

  it('backs up while running, into a file that opens with the same key', async () => {
    const folder = ownFolder();
    const log = await open(join(folder, 'log.db'));
    await log.append([windowEvent('kept')]);
    const copy = join(folder, 'copy.db');
    await log.backup(copy);
    await expect(log.backup(copy)).rejects.toMatchObject({ code: 'refused' });
    expect(readFileSync(copy).toString('latin1')).not.toContain('SQLite format');
    const restored = await open(copy);
    expect((await restored.events()).rows).toHaveLength(1);
    expect(await restored.check()).toBe('ok');
    await expect(log.backup(join(folder, 'nowhere', 'copy.db'))).rejects.toMatchObject({ code: 'internal' });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('refuses a second opener and a key that does not fit', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file);
    await log.append([windowEvent('a')]);
    await expect(open(file)).rejects.toMatchObject({ code: 'already-running' });
    await log.close();
    await expect(open(file, { key: '1e'.repeat(32) })).rejects.toMatchObject({ code: 'log-damaged' });
    expect((await (await open(file)).events()).rows).toHaveLength(1);
  });

  it('refuses a file from a newer program and leaves every byte of it', async () => {
    const folder = ownFolder();
    const file = join(folder, 'log.db');
    await (await open(file)).close();
    const db = openCipher(file, KEY);
    db.prepare('INSERT INTO migrations (id, name, at) VALUES (99, ?, 0)').run('from tomorrow');
    db.close();
    const before = readFileSync(file);
    await expect(open(file)).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('newer version'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['log.db']);
  });

  it('leaves out a row it cannot read, and says so', async () => {
    const file = join(ownFolder(), 'log.db');
    const log = await open(file);
    await log.append([windowEvent('a', { at: NOON }), windowEvent('b')]);
    await log.close();
    const db = openCipher(file, KEY);
    db.exec("UPDATE events SET body = '{}' WHERE seq = 1");
    db.close();
    const again = await open(file);
    expect((await again.events()).rows).toHaveLength(1);
    expect((await again.state()).warning).toContain('1 rows');
  });
});
