import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPacker, unpack } from '../../src/log/archive.ts';
import { packLog, unpackLog } from '../../src/log/moving.ts';
import { openLog } from '../../src/log/open.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Paths } from '../../src/paths.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { cut, flipBit, randomFrom } from './damage.ts';
import { noKeyring, ownFolder, ownPaths } from './folder.ts';
import { windowEvent } from './rows.ts';

const passphrase = randomBytes(12).toString('base64');
const clock = systemClock;
const keyring = noKeyring;

async function machine(): Promise<{ paths: Paths; log: EventLog }> {
  const paths = ownPaths();
  const { log } = await openLog({ paths, clock, keyring, batchMs: 1 });
  onTestFinished(() => log.close());
  return { paths, log };
}

async function packed(rows = 20) {
  const { paths, log } = await machine();
  await createSettingsStore(paths).set({ eagerness: 0.75 });
  await log.append(Array.from({ length: rows }, (_, n) => windowEvent(`QZJX ${n} ${'word '.repeat(20)}`)));
  const file = join(ownFolder(), 'move.beforehand');
  const made = await packLog({ paths, log, file, passphrase, clock, keyring });
  return { paths, log, file, made };
}

const take = (file: string, paths: Paths, more: { passphrase?: string; replace?: boolean } = {}) =>
  unpackLog({ paths, file, passphrase, clock, keyring, replace: false, ...more });

async function read(file: string, secret: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of unpack(file, secret)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('moving to another machine', () => {
  it('brings log and settings over, under a key of the new machine', async () => {
    const { file, made, paths: old, log: oldLog } = await packed();
    expect(made).toMatchObject({ events: 20 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file).toString('latin1')).not.toContain('QZJX');
    expect(await oldLog.copies()).toMatchObject([{ file, kind: 'archive' }]);
    expect(readdirSync(dirname(old.log)).filter((name) => name.startsWith('pack-'))).toEqual([]);
    const paths = ownPaths();
    expect(await take(file, paths)).toMatchObject({ events: 20 });
    expect(createSettingsStore(paths).get().eagerness).toBe(0.75);
    expect(readFileSync(paths.keyFile, 'utf8')).not.toBe(readFileSync(old.keyFile, 'utf8'));
    const { log, note } = await openLog({ paths, clock, keyring });
    expect(note).toBeUndefined();
    expect((await log.events()).rows).toHaveLength(20);
    expect(await log.check()).toBe('ok');
    await log.close();
    expect(readdirSync(dirname(paths.log)).filter((name) => name.startsWith('unpack-'))).toEqual([]);
  });

  it('refuses to overwrite without being told, and keeps what was here beside', async () => {
    const { file } = await packed();
    const { paths, log } = await machine();
    await log.append([windowEvent('mine')]);
    await expect(take(file, paths)).rejects.toMatchObject({ code: 'already-running' });
    await log.close();
    await expect(take(file, paths)).rejects.toMatchObject({ code: 'refused' });
    const { before } = await take(file, paths, { replace: true });
    expect(existsSync(before!)).toBe(true);
    const { log: now } = await openLog({ paths, clock, keyring });
    expect((await now.events()).rows).toHaveLength(20);
    expect(await now.copies()).toMatchObject([{ file: before, kind: 'aside' }]);
    await now.close();
    const aside = ownPaths();
    const { copyFileSync, mkdirSync } = await import('node:fs');
    mkdirSync(aside.data, { recursive: true, mode: 0o700 });
    copyFileSync(before!, aside.log);
    copyFileSync(paths.keyFile, aside.keyFile);
    const { log: mine, note } = await openLog({ paths: aside, clock, keyring });
    expect(note).toBeUndefined();
    expect((await mine.events()).rows).toHaveLength(1);
    await mine.close();
  });

  it('tells a wrong passphrase, another file and a damaged one apart, and changes nothing', async () => {
    const { file } = await packed();
    const { paths, log } = await machine();
    await log.append([windowEvent('mine')]);
    await log.close();
    const before = readdirSync(paths.data).toSorted();
    const fails = async (words: string, secret = passphrase) => {
      const error = await take(file, paths, { replace: true, passphrase: secret }).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'bad-input' });
      expect(error.message).toContain(words);
      expect(error.message).toContain('nothing was changed');
      expect(readdirSync(paths.data).toSorted()).toEqual(before);
    };
    await fails('passphrase', `${passphrase}x`);
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 40));
    await fails('damaged');
    writeFileSync(file, whole);
    flipBit(file, Math.floor(whole.length / 2));
    await fails('damaged');
    writeFileSync(file, Buffer.from('something else altogether '.repeat(10)));
    await fails('no archive');
    const newer = Buffer.from(whole);
    newer[8] = 9;
    writeFileSync(file, newer);
    await fails('newer');
    writeFileSync(file, '');
    await fails('no archive');
    await expect(take(join(dirname(file), 'nothing'), paths, { replace: true })).rejects.toMatchObject({
      code: 'not-found',
    });
    const { log: mine } = await openLog({ paths, clock, keyring });
    expect((await mine.events()).rows).toHaveLength(1);
    await mine.close();
  }, 60_000);

  it('wants a passphrase worth the name, and a new file', async () => {
    const { paths, log } = await machine();
    const file = join(ownFolder(), 'move');
    const pack = (secret: string) => packLog({ paths, log, file, passphrase: secret, clock, keyring });
    await expect(pack('short')).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, 'mine');
    await expect(pack(passphrase)).rejects.toMatchObject({ code: 'refused' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('the archive', () => {
  async function archive(content: Buffer, pieces: number) {
    const file = join(ownFolder(), 'archive');
    const handle = await open(file, 'wx', 0o600);
    const packer = await createPacker(handle, passphrase);
    for (let at = 0; at < content.length; at += pieces) await packer.write(content.subarray(at, at + pieces));
    await packer.end();
    await handle.close();
    return file;
  }

  it('gives back what went in, whatever its size', async () => {
    for (const size of [0, 1, 1 << 20, (1 << 20) + 1, 3_000_000]) {
      const content = randomBytes(size);
      expect((await read(await archive(content, 700_001), passphrase)).equals(content), `${size}`).toBe(true);
    }
  }, 60_000);

  it('notices every change, cut, swap and repetition', async () => {
    const content = randomBytes(2_500_000);
    const file = await archive(content, 1 << 18);
    const whole = readFileSync(file);
    const random = randomFrom(7);
    const damages: (() => void)[] = [];
    for (let n = 0; n < 6; n++) damages.push(() => flipBit(file, Math.floor(random() * whole.length), n % 8));
    for (const part of [0.1, 0.5, 0.9, 0.999]) damages.push(() => cut(file, part));
    const chunk = 4 + (1 << 20) + 16;
    const head = whole.length - (4 + (content.length - 2 * (1 << 20)) + 16) - 2 * chunk;
    const [one, two, last] = [
      whole.subarray(head, head + chunk),
      whole.subarray(head + chunk, head + 2 * chunk),
      whole.subarray(head + 2 * chunk),
    ];
    const start = whole.subarray(0, head);
    for (const order of [
      [two, one, last],
      [one, last],
      [one, two],
      [one, one, two, last],
      [one, two, last, last],
      [last],
      [],
    ]) {
      damages.push(() => writeFileSync(file, Buffer.concat([start, ...order])));
    }
    damages.push(() => writeFileSync(file, Buffer.concat([whole, Buffer.from('more')])));
    for (const damage of damages) {
      writeFileSync(file, whole);
      damage();
      await expect(read(file, passphrase)).rejects.toMatchObject({ code: 'bad-input' });
    }
  }, 120_000);
});
