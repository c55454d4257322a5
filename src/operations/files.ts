import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { Event } from '../model/event.ts';
import type { FilePlaces, FoundFile } from '../model/files.ts';
import type { Guard } from '../model/guard.ts';
import type { FileRef } from '../model/proposal.ts';
import { isUnseen, nameInWords } from './names.ts';

/** Folders within one another, and files and folders in all, that a search by name looks at. */
const DEEPEST = 6;
const MOST = 20_000;

/** A file, or why it is refused: one sentence for a person. */
export type Found = { readonly file: FoundFile } | { readonly refused: string };

/** Resolves the opaque name of a file to the file itself. Never rejects. */
export interface FileFinder {
  find(ref: FileRef): Promise<Found>;
  /** Whether a name may stand in a folder: the person's exclusions bind new names too. */
  admits(path: string): boolean;
}

/** What a finder asks. */
export interface FileFinderOptions {
  readonly places: FilePlaces;
  /** An event by its id, from memory or the log; null where it is known nowhere. */
  readonly event: (id: string) => Promise<Event | null>;
  /** The folders that the person lets it watch, absolute. Nothing outside them is touched. */
  readonly roots: () => readonly string[];
  /** Why there are none, one sentence, where that is no choice of the person. */
  readonly rootless?: string;
  readonly guard: Pick<Guard, 'before' | 'again'>;
  /** Files and folders that are none of the person's doing. */
  readonly ignored: (name: string, isFolder: boolean) => boolean;
}

/**
 * Makes a finder. An id is resolved by what the files source told of it; after a restart, and for windows and editors that
 * know no folder, by a search for exactly one file of that name under the watched folders.
 */
export function createFileFinder(options: FileFinderOptions): FileFinder {
  const { places, guard } = options;
  const admits = (path: string) =>
    (guard.again ?? guard.before)({ source: 'file', path }).allow === 'content';

  async function find(ref: FileRef): Promise<Found> {
    const said = nameInWords(ref.name);
    if (isUnseen(ref.name)) return { refused: `${said} holds signs that cannot be seen.` };
    const roots = await realRoots(options.roots());
    if (roots.length === 0)
      return { refused: options.rootless ?? 'No folder is watched, so no file may be touched.' };
    const told = places.pathOf(ref.event);
    if (told !== undefined) {
      // The card shows this name: a file of another one is not what was agreed to.
      if (basename(told) !== ref.name) return { refused: `${said} is not the name of the file on disk.` };
      const file = await check(told, roots);
      if (typeof file !== 'string') return admitted(file, said);
      if (file !== 'gone') return { refused: `${said} ${file}.` };
    }
    const event = await options.event(ref.event);
    if (!event || !tellsOf(event, ref.name)) {
      return { refused: `${said} is not among the files that were seen, or no longer.` };
    }
    const folder = event.kind === 'file' ? event.data.folder : undefined;
    const matches = await search(roots, ref.name, folder, options.ignored);
    if (matches === null) return { refused: `There are too many files to look for ${said} among them.` };
    if (matches.length > 1) {
      return {
        refused: `There are ${matches.length} files called ${said}: it is not clear which one is meant.`,
      };
    }
    const [path] = matches;
    if (path === undefined) return { refused: `${said} is no longer in a watched folder.` };
    const file = await check(path, roots);
    if (typeof file !== 'string') return admitted(file, said);
    return { refused: file === 'gone' ? `${said} is no longer there.` : `${said} ${file}.` };
  }

  const admitted = (file: FoundFile, said: string): Found =>
    admits(join(file.folder, file.name)) ? { file } : { refused: `${said} is excluded from being seen.` };

  return {
    admits,
    find: (ref) => find(ref).catch(() => ({ refused: `${nameInWords(ref.name)} cannot be reached.` })),
  };
}

/** Device and inode of a file, as one word. */
export function identity(stats: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${stats.dev}:${stats.ino}`;
}

/** Whether a real path lies in a folder, itself real; the folder itself does not count. */
export function isWithin(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function realRoots(folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(folders.map((each) => realpath(each).catch(() => null)));
  return found.filter((each) => each !== null);
}

/** The file behind a path whose folder really lies in a watched one; else what is wrong, as the end of a sentence. */
async function check(path: string, roots: readonly string[]): Promise<FoundFile | string> {
  const folder = await realpath(dirname(path)).catch(() => null);
  if (folder === null) return 'gone';
  const name = basename(path);
  const whole = join(folder, name);
  if (!roots.some((root) => isWithin(whole, root))) return 'lies outside the watched folders';
  const stats = await lstat(whole, { bigint: true }).catch(() => null);
  if (!stats) return 'gone';
  if (stats.isSymbolicLink()) return 'is only a link to something else';
  if (!stats.isFile()) return 'is no plain file';
  return { folder, name, id: identity(stats), size: Number(stats.size) };
}

/** An event may only lead to a file that it spoke of. */
function tellsOf(event: Event, name: string): boolean {
  switch (event.kind) {
    case 'file':
      return event.data.name === name && event.data.action !== 'deleted';
    case 'editor':
      return event.data.file !== undefined && event.data.file.split(/[/\\]/).at(-1) === name;
    case 'window':
      return name.length > 2 && (event.data.title?.includes(name) ?? false);
    default:
      return false;
  }
}

/** Every file of a name under the roots, each once; null where there is too much to look through. Links are not followed. */
async function search(
  roots: readonly string[],
  name: string,
  folder: string | undefined,
  ignored: FileFinderOptions['ignored'],
): Promise<readonly string[] | null> {
  const matches = new Set<string>();
  const queue = roots.map((path) => ({ path, depth: 0 }));
  const seen = new Set<string>();
  let looked = 0;
  for (let next = queue.pop(); next; next = queue.pop()) {
    if (seen.has(next.path)) continue;
    seen.add(next.path);
    const entries = await readdir(next.path, { withFileTypes: true }).catch(() => []);
    looked += entries.length;
    if (looked > MOST) return null;
    for (const entry of entries) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory()) {
        if (next.depth < DEEPEST && !ignored(entry.name, true)) queue.push({ path, depth: next.depth + 1 });
      } else if (
        entry.name === name &&
        entry.isFile() &&
        (folder === undefined || basename(next.path) === folder)
      ) {
        matches.add(path);
      }
    }
  }
  return [...matches];
}
