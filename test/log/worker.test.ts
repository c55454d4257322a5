import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKeeper } from '../../src/app/keeper.ts';
import { openLog } from '../../src/log/open.ts';
import { openLogInThread, type ThreadedOptions } from '../../src/log/worker.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Paths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { lockedKeyring, noKeyring, openKeyring, ownFolder, ownPaths } from './folder.ts';
import { NOON, observation, windowEvent } from './rows.ts';

const dying = new URL('dyingThread.ts', import.meta.url);

async function open(paths: Paths, more: Partial<ThreadedOptions> = {}) {
  const opened = await openLogInThread({
    paths,
    clock: systemClock,
    keyring: noKeyring,
    keyringWaitMs: 200,
    batchMs: 1,
    ...more,
  });
  onTestFinished(() => opened.log.close());
  return opened;
}

describe('the log in its own thread', () => {
  it('has every method of the log that works without one', async () => {
    const threaded = await open(ownPaths());
    const { log } = await openLog({ paths: ownPaths(), clock: systemClock, keyring: noKeyring });
    onTestFinished(() => log.close());
    expect(Object.keys(threaded.log).toSorted()).toEqual(Object.keys(log).toSorted());
  });

  it('holds up nobody while it works', async () => {
    const { log } = await open(ownPaths());
    const rows = Array.from({ length: 5000 }, (_, n) => observation(`row ${n} ${'word '.repeat(30)}`));
    await log.observe(rows);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    await log.forget({ everything: true });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it('names the file’s troubles as the log itself does', async () => {
    const paths = ownPaths();
    await open(paths);
    await expect(open(paths)).rejects.toMatchObject({
      code: 'already-running',
      message: expect.stringContaining('stop that one first'),
    });
  });

  it('asks the keyring that the opener lent, and waits for a locked one no longer than told', async () => {
    const paths = ownPaths();
    const keyring = openKeyring();
    const { log } = await open(paths, { keyring });
    expect(keyring.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await log.state()).toMatchObject({ key: 'keyring' });
    await log.append([windowEvent('kept')]);
    await log.close();
    await expect(open(paths, { keyring: lockedKeyring })).rejects.toMatchObject({ code: 'key-missing' });
    const again = await open(paths, { keyring });
    expect((await again.log.events()).rows).toHaveLength(1);
  });

  it('says what was kept beside of a damaged log', async () => {
    const paths = ownPaths();
    const { log } = await open(paths);
    await log.observe([observation('a')]);
    await log.close();
    writeFileSync(paths.log, createHash('sha512').update('noise').digest());
    const { note } = await open(paths);
    expect(note).toContain('is damaged');
  });

  it('goes by the clock of its opener', async () => {
    const paths = ownPaths();
    const clock = { now: () => NOON };
    const { log } = await open(paths, { clock });
    await log.observe([observation('a')]);
    await log.close();
    writeFileSync(paths.log, 'not a database, though a file of some length'.repeat(200));
    const { note } = await open(paths, { clock });
    expect(note).toContain(new Date(NOON).toISOString().slice(0, 4));
  });

  it('writes what waits before it closes, and gives the file back', async () => {
    const paths = ownPaths();
    const { log } = await open(paths, { batchMs: 100 });
    const written = Array.from({ length: 50 }, (_, n) => log.append([windowEvent(`${n}`)]));
    await log.close();
    await Promise.all(written);
    await expect(log.events()).rejects.toMatchObject({ code: 'not-running' });
    const { log: again } = await openLog({ paths, clock: systemClock, keyring: noKeyring });
    onTestFinished(() => again.close());
    expect((await again.events()).rows).toHaveLength(50);
  });

  for (const [how, kill] of [
    ['ends', (log: { check(): Promise<unknown> }) => log.check()],
    ['runs out of memory', (log: { backup(file: string): Promise<unknown> }) => log.backup('memory')],
  ] as const) {
    it(`loses nothing when the thread ${how}, and goes on in a new one`, async () => {
      const { log } = await open(ownPaths(), { entry: dying });
      const troubles: (string | null)[] = [];
      const keeper = createKeeper(log, (error) => troubles.push(error?.code ?? null), 50);
      const rows = Array.from({ length: 40 }, (_, n) => windowEvent(`${n}`));
      for (const row of rows.slice(0, 10)) keeper.keep(row, null);
      const killed = kill(log as never);
      for (const row of rows.slice(10)) keeper.keep(row, null);
      await expect(killed).rejects.toMatchObject({
        code: 'not-running',
        message: expect.stringContaining('started again'),
      });
      await until('all is written', async () => {
        await keeper.flush();
        return keeper.trouble() === undefined && (await log.events()).rows.length === 40;
      });
      expect(new Set((await log.events()).rows.map(({ id }) => id))).toEqual(
        new Set(rows.map(({ id }) => id)),
      );
      expect(keeper.lost()).toBe(0);
      await keeper.close();
    }, 60_000);
  }

  it('works without a thread where none can be had, and says so', async () => {
    const paths = ownPaths();
    const { log, note } = await open(paths, { entry: new URL(`file://${ownFolder()}/nothing.js`) });
    expect(note).toContain('own thread could not be started');
    await log.append([windowEvent('kept')]);
    expect((await log.events()).rows).toHaveLength(1);
    await log.close();
    expect(existsSync(join(paths.data, 'log.db'))).toBe(true);
  });
});
