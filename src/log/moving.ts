import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import { createPacker, SHORTEST_PASSPHRASE, unpack } from './archive.ts';
import { countOf, openCipher, opens, ownFolder, rekey } from './cipher.ts';
import { asLogError, codeOf } from './failure.ts';
import { shredDatabase, syncFolder } from './files.ts';
import { fingerprintFile, writeFingerprint } from './fingerprint.ts';
import { obtainKey } from './key.ts';
import type { Keyring } from './keyring.ts';
import { takeOwnership } from './lock.ts';
import { newest, schemaOf } from './migrations.ts';

/** What an archive holds, ahead of the bytes: its first line. The key opens the packed log only, nothing on any machine. */
const Contents = z.object({
  by: z.literal('beforehand'),
  made: z.number().int(),
  schema: z.number().int(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  files: z
    .array(z.object({ name: z.enum(['log.db', 'settings.json']), bytes: z.number().int().nonnegative() }))
    .min(1)
    .max(2),
});
type Contents = z.infer<typeof Contents>;

/** The first line of an archive is longer than this in none of ours. */
const LONGEST_LINE = 4096;
/** Bytes read at once. */
const PIECE = 1 << 18;

/** What was packed or unpacked. */
export interface Moved {
  readonly events: number;
  readonly bytes: number;
  /** Where the log that was here before now lies. */
  readonly before?: string;
}

function checkPassphrase(passphrase: string): void {
  if (passphrase.length >= SHORTEST_PASSPHRASE) return;
  throw new AppError(
    'usage',
    `[archive] the passphrase must have at least ${SHORTEST_PASSPHRASE} characters; several words are better`,
  );
}

/**
 * Writes the log and the settings into a new archive. `log` may be that of the running core. The log travels under a
 * key of its own, so that no machine's key is in it. Models stay: they can be fetched again. All or nothing. Rejects
 * with `refused` where the file exists, `usage` for a short passphrase, `disk-full`, `permission`, `key-missing`.
 */
export async function packLog(options: {
  readonly paths: Paths;
  readonly log: Pick<EventLog, 'backup' | 'noteCopy' | 'state'>;
  readonly file: string;
  readonly passphrase: string;
  readonly clock: Clock;
  readonly keyring?: Keyring;
  readonly onProgress?: (done: number, total: number) => void;
}): Promise<Moved> {
  const { paths, log, file, passphrase, clock } = options;
  checkPassphrase(passphrase);
  const out = await newFile(file);
  const copy = join(paths.data, `pack-${randomBytes(6).toString('hex')}.db`);
  try {
    const packer = await createPacker(out, passphrase);
    await log.backup(copy);
    const { key } = await obtainKey({ paths, ...(options.keyring && { keyring: options.keyring }) });
    const own = randomBytes(32).toString('hex');
    rekey(copy, key, own);
    const { schema, events } = lookOver(copy, own);
    const sources = [{ name: 'log.db' as const, path: copy }];
    const settings = existsSync(paths.settings)
      ? [{ name: 'settings.json' as const, path: paths.settings }]
      : [];
    const files = [];
    for (const each of [...sources, ...settings])
      files.push({ ...each, bytes: (await stat(each.path)).size });
    const contents: Contents = {
      by: 'beforehand',
      made: clock.now(),
      schema,
      key: own,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
    };
    await packer.write(Buffer.from(`${JSON.stringify(contents)}\n`));
    const total = files.reduce((sum, each) => sum + each.bytes, 0);
    let done = 0;
    for (const each of files) {
      const read = await copyInto(packer, each.path, (bytes) => options.onProgress?.(done + bytes, total));
      if (read !== each.bytes)
        throw new AppError('unreadable', `[archive] ${each.path} changed meanwhile: try again`);
      done += read;
    }
    await packer.end();
    await out.close();
    await log.noteCopy({ file, at: clock.now(), kind: 'archive' });
    return { events, bytes: (await stat(file)).size };
  } catch (thrown) {
    await out.close().catch(() => {});
    rmSync(file, { force: true });
    throw asLogError(thrown, file);
  } finally {
    shredDatabase(copy);
  }
}

/**
 * Brings an archive to this machine: everything is read, authenticated and opened before anything here changes. What
 * was here is kept beside as `log.before-<time>.db` with its key's fingerprint, and is replaced only with `replace`.
 * No core may run. Rejects with `bad-input` (no archive, wrong passphrase, damaged, newer), `refused` (a log is here),
 * `already-running`, `disk-full`, `permission`.
 */
export async function unpackLog(options: {
  readonly paths: Paths;
  readonly file: string;
  readonly passphrase: string;
  readonly clock: Clock;
  readonly replace: boolean;
  readonly keyring?: Keyring;
}): Promise<Moved> {
  const { paths, file, clock, replace } = options;
  try {
    ownFolder(paths.data);
  } catch (thrown) {
    throw asLogError(thrown, paths.data);
  }
  const release = takeOwnership(paths.log);
  const staging = join(paths.data, `unpack-${randomBytes(6).toString('hex')}`);
  try {
    if (existsSync(paths.log) && !replace) {
      throw new AppError(
        'refused',
        `[archive] there is a log at ${paths.log} already: with --replace it is kept beside and the packed one takes its place`,
      );
    }
    mkdirSync(staging, { mode: 0o700 });
    const contents = await receive(file, options.passphrase, staging);
    if (contents.schema > newest()) {
      throw new AppError(
        'bad-input',
        `[archive] ${file} was made by a newer version of Beforehand: update this one first; nothing was changed`,
      );
    }
    const packed = join(staging, 'log.db');
    const { events } = lookOver(packed, contents.key);
    // This machine's key: the archive's opens nothing here.
    const { key, place } = await obtainKey({ paths, ...(options.keyring && { keyring: options.keyring }) });
    rekey(packed, contents.key, key);
    const before = existsSync(paths.log) ? keepBeside(paths.log, key, clock) : undefined;
    await writeFingerprint(paths.log, key, place);
    renameSync(packed, paths.log);
    const settings = join(staging, 'settings.json');
    if (existsSync(settings)) {
      if (existsSync(paths.settings)) renameSync(paths.settings, `${paths.settings}.before`);
      renameSync(settings, paths.settings);
    }
    syncFolder(paths.data);
    const { size } = await stat(paths.log);
    return { events, bytes: size, ...(before && { before }) };
  } catch (thrown) {
    throw asLogError(thrown, file);
  } finally {
    shredDatabase(join(staging, 'log.db'));
    rmSync(staging, { recursive: true, force: true });
    release();
  }
}

/** Gives the log that is here a second name, so that at no moment there is none. Its key stays: both open with it. */
function keepBeside(log: string, key: string, clock: Clock): string {
  const time = new Date(clock.now()).toISOString().replaceAll(':', '-');
  const kept = join(dirname(log), `log.before-${time}.db`);
  // What SQLite still had beside it goes in; where it does not open, all of it is kept as it is.
  opens(log, key);
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(`${log}${suffix}`)) renameSync(`${log}${suffix}`, `${kept}${suffix}`);
  }
  if (existsSync(fingerprintFile(log))) copyFileSync(fingerprintFile(log), fingerprintFile(kept));
  linkSync(log, kept);
  return kept;
}

/** Writes the files of an archive into `folder`; nothing of it is trusted before its last chunk was authenticated. */
async function receive(file: string, passphrase: string, folder: string): Promise<Contents> {
  let head = Buffer.alloc(0);
  let contents: Contents | null = null;
  let waiting: { name: string; bytes: number }[] = [];
  let out: FileHandle | null = null;
  const bad = () =>
    new AppError('bad-input', `[archive] ${file} does not hold what it says it holds; nothing was changed`);

  async function take(piece: Buffer): Promise<void> {
    let rest = piece;
    while (waiting[0] && (rest.length > 0 || waiting[0].bytes === 0)) {
      const [first, ...others] = waiting as [{ name: string; bytes: number }, ...typeof waiting];
      out ??= await open(join(folder, basename(first.name)), 'wx', 0o600);
      const part = rest.subarray(0, first.bytes);
      await out.writeFile(part);
      rest = rest.subarray(part.length);
      const left = first.bytes - part.length;
      waiting = left > 0 ? [{ ...first, bytes: left }, ...others] : others;
      if (left > 0) continue;
      await out.sync();
      await out.close();
      out = null;
    }
    if (rest.length > 0) throw bad();
  }

  try {
    for await (const piece of unpack(file, passphrase)) {
      if (contents) {
        await take(piece);
        continue;
      }
      head = Buffer.concat([head, piece]);
      const end = head.indexOf('\n');
      if (end < 0 || end > LONGEST_LINE) throw bad();
      const parsed = Contents.safeParse(JSON.parse(head.subarray(0, end).toString('utf8')));
      if (!parsed.success || parsed.data.files[0]?.name !== 'log.db') throw bad();
      contents = parsed.data;
      waiting = [...contents.files];
      await take(head.subarray(end + 1));
    }
  } catch (thrown) {
    if (thrown instanceof SyntaxError || codeOf(thrown) === 'EEXIST') throw bad();
    throw thrown;
  } finally {
    await (out as FileHandle | null)?.close();
  }
  if (!contents || waiting.length > 0) throw bad();
  return contents;
}

/** A packed log must open and be sound before anything relies on it. */
function lookOver(file: string, key: string): { readonly schema: number; readonly events: number } {
  const db = openCipher(file, key);
  try {
    const found = db.prepare<[], string>('PRAGMA quick_check(1)').pluck().get();
    if (found !== 'ok') throw new AppError('log-damaged', `[archive] the packed log is not sound: ${found}`);
    return { schema: schemaOf(db), events: countOf(db, 'events') };
  } finally {
    db.close();
  }
}

async function newFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (thrown) {
    throw codeOf(thrown) === 'EEXIST'
      ? new AppError('refused', `[archive] ${file} exists already: name a new file`, thrown)
      : asLogError(thrown, file);
  }
}

/** Streams a file; resolves with how many bytes it had. */
async function copyInto(
  packer: { write(piece: Buffer): Promise<void> },
  file: string,
  onProgress: (done: number) => void,
): Promise<number> {
  const handle = await open(file, 'r');
  try {
    let done = 0;
    for (;;) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(PIECE), 0, PIECE);
      if (bytesRead === 0) return done;
      await packer.write(buffer.subarray(0, bytesRead));
      done += bytesRead;
      onProgress(done);
    }
  } finally {
    await handle.close();
  }
}
