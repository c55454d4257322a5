import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AppError } from '../errors.ts';
import { readError } from '../reading/lines.ts';

/** Who speaks in what is thrown here. */
export const SPEAKER = 'bench';

/**
 * Where a file of the folder `root` (a real path) really is: null when it is not there, `refused` in one sentence for a
 * folder, pipe or device under that name, or a link that leads out of the folder.
 */
export async function placeIn(
  root: string,
  file: string,
): Promise<{ readonly path: string } | { readonly refused: string } | null> {
  const path = join(root, file);
  try {
    const found = await lstat(path).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR') return null;
      throw thrown;
    });
    if (!found) return null;
    const real = await realpath(path).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT' || thrown.code === 'ELOOP') return null;
      throw thrown;
    });
    if (real === null) return { refused: 'a link that leads nowhere' };
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep))
      return { refused: 'a link out of the data folder' };
    const target = await stat(real);
    if (target.isDirectory()) return { refused: 'a folder and no file' };
    if (!target.isFile()) return { refused: 'a pipe or device and no file' };
    return { path: real };
  } catch (thrown) {
    throw readError(thrown, path, SPEAKER);
  }
}

/** Names in a folder of `root`, sorted; none where it is not there, is no folder or a link leads out of `root`. */
export async function namesIn(root: string, folder: string): Promise<readonly string[]> {
  const path = join(root, folder);
  try {
    const real = await realpath(path);
    if (real !== root && !real.startsWith(root.endsWith(sep) ? root : root + sep)) return [];
    return (await readdir(real)).filter((name) => !name.startsWith('.')).toSorted();
  } catch (thrown) {
    if (
      thrown instanceof Error &&
      'code' in thrown &&
      ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(thrown.code))
    )
      return [];
    throw readError(thrown, path, SPEAKER);
  }
}

/** The real path of a data folder; `not-found` where there is none. */
export async function rootOf(folder: string): Promise<string> {
  return realpath(folder).catch((thrown: unknown) => {
    throw new AppError(
      'not-found',
      `[${SPEAKER}] there is no folder ${folder}: name one with --data DIR`,
      thrown,
    );
  });
}
