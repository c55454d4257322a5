import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { ExportFormat } from '../model/exporting.ts';
import { fileOf, INFO_FILE } from './formats.ts';
import { AnyManifest, MANIFEST } from './manifest.ts';

/** Where an export goes: `work` is filled first, then takes the place of `out` at once. */
export interface Place {
  readonly out: string;
  /** Private folder beside `out`, on the same disk. */
  readonly work: string;
  /** Puts `work` in the place of `out`; an earlier export there goes only once the new one stands. */
  commit(): Promise<void>;
  /** Removes `work`. May be called at any time. */
  discard(): Promise<void>;
}

/** Checks `out` and makes the working folder; `refused` when there is anything but an earlier export. */
export async function preparePlace(folder: string): Promise<Place> {
  const asked = resolve(folder);
  try {
    await restore(asked);
    const earlier = await inspect(asked);
    const out = earlier === 'absent' ? asked : await realpath(asked);
    const parent = dirname(out);
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const work = await mkdtemp(join(parent, `.${basename(out)}-${process.pid}-`));
    return {
      out,
      work,
      commit: () => asExport(() => swap(work, out, earlier), folder),
      discard: () => rm(work, { recursive: true, force: true }),
    };
  } catch (thrown) {
    throw exportError(thrown, folder);
  }
}

/** Turns what the disk says into a sentence that names the folder. */
export function exportError(thrown: unknown, folder: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk-full',
      `[export] the disk of ${folder} is full: make room or choose another folder`,
      thrown,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError(
      'permission',
      `[export] ${folder} cannot be written: choose a folder of your own`,
      thrown,
    );
  }
  return new AppError(
    'unreadable',
    `[export] ${folder} cannot be used (${code || 'unknown reason'})`,
    thrown,
  );
}

async function asExport<T>(work: () => Promise<T>, folder: string): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw exportError(thrown, folder);
  }
}

async function inspect(out: string, called = out): Promise<'absent' | 'empty' | 'export'> {
  const stat = await lstat(out).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return null;
    throw thrown;
  });
  if (!stat) return 'absent';
  const names = await readdir(out).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOTDIR')
      throw new AppError('refused', `[export] ${called} is a file: name a folder`);
    throw thrown;
  });
  if (names.length === 0) return 'empty';
  const manifest = await earlierManifest(out);
  // Anything the earlier export did not write may be the user's own, and replacing the folder would lose it.
  const own = new Set([MANIFEST, ...(manifest?.files.map((file) => file.name) ?? [])]);
  const strange = manifest ? names.find((name) => !own.has(name)) : names[0];
  if (strange === undefined) return 'export';
  throw new AppError(
    'refused',
    `[export] ${called} holds other files (${JSON.stringify(strange)}): name a new or empty folder`,
  );
}

async function earlierManifest(out: string): Promise<AnyManifest | null> {
  try {
    return AnyManifest.parse(JSON.parse(await readFile(join(out, MANIFEST), 'utf8')));
  } catch {
    return null;
  }
}

/**
 * Mends what a kill left beside the place: an earlier export that was set aside is put back, working folders of processes
 * that are gone are removed.
 */
async function restore(out: string): Promise<void> {
  const parent = dirname(out);
  const front = `.${basename(out)}-`;
  const names = await readdir(parent).catch((): string[] => []);
  const left = names.flatMap((name) => {
    const [, pid, old] = (name.startsWith(front) && LEFT.exec(name.slice(front.length))) || [];
    return pid === undefined || lives(Number(pid))
      ? []
      : [{ path: join(parent, name), old: old !== undefined }];
  });
  for (const { path, old } of left) {
    if (old && !(await lstat(out).catch(() => null)) && (await earlierManifest(path)))
      await rename(path, out);
    else if (await isOwn(path)) await rm(path, { recursive: true, force: true });
  }
}

/** Whether a folder holds nothing but what an export writes. */
async function isOwn(path: string): Promise<boolean> {
  const names = await readdir(path).catch(() => null);
  const written = new Set([MANIFEST, INFO_FILE, ...ExportFormat.options.map(fileOf)]);
  return names !== null && names.every((name) => written.has(name));
}

/** Behind the folder's name: the process, six letters of mkdtemp, and `-old` for what was set aside. */
const LEFT = /^(\d{1,10})-[\w-]{6}(-old)?$/;

function lives(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function swap(work: string, out: string, earlier: 'absent' | 'empty' | 'export'): Promise<void> {
  if (earlier === 'absent') return rename(work, out);
  // Renaming onto an empty folder works on Linux alone.
  const aside = `${work}-old`;
  await rename(out, aside);
  try {
    // Writing took its time: what somebody put there meanwhile must not go with the earlier export.
    await inspect(aside, out);
    await rename(work, out);
  } catch (thrown) {
    await rename(aside, out);
    throw thrown;
  }
  await rm(aside, { recursive: true, force: true });
}
