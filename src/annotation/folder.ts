import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { type AnnotationTrace, readTrace } from './trace.ts';

/** A folder of traces as read: those that can be annotated, and one sentence for each file that cannot. */
export interface TraceFolder {
  /** Real path. */
  readonly folder: string;
  readonly traces: readonly AnnotationTrace[];
  readonly odd: readonly string[];
}

/** Files of one folder and bytes of one file at most; the paper's largest trace has 60 kB. */
const MOST_FILES = 500;
const MOST_BYTES = 16_000_000;

/**
 * Every `*.json` file of a folder, in the order of names. The folder is resolved first, and a link that leads out of
 * it is not followed. Rejects with `not-found`, `permission` or `bad-input` when there is no trace at all.
 */
export async function readFolder(asked: string): Promise<TraceFolder> {
  const folder = await realpath(asked).catch((thrown: unknown) => {
    throw folderError(thrown, asked);
  });
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw folderError(thrown, asked);
  });
  const files = names.filter((name) => /\.json$/i.test(name) && !name.startsWith('.')).toSorted(byName);
  if (files.length > MOST_FILES) {
    throw new AppError(
      'bad-input',
      `[annotation] ${folder} holds more than ${MOST_FILES} JSON files: name a folder of traces alone`,
    );
  }
  const traces: AnnotationTrace[] = [];
  const odd: string[] = [];
  for (const name of files) {
    try {
      traces.push(await readOne(folder, name));
    } catch (thrown) {
      odd.push(thrown instanceof AppError ? thrown.message : `[annotation] ${name} cannot be read`);
    }
  }
  if (traces.length > 0) return { folder, traces, odd };
  const hint = names.includes('test_data')
    ? `name ${join(asked, 'test_data')} or one folder under ${join(asked, 'traces')}`
    : 'name a folder with trace files such as test_data/code_11.json';
  throw new AppError('bad-input', odd[0] ?? `[annotation] ${asked} holds no trace: ${hint}`);
}

async function readOne(folder: string, name: string): Promise<AnnotationTrace> {
  const file = await realpath(join(folder, name)).catch((thrown: unknown) => {
    throw folderError(thrown, join(folder, name));
  });
  if (dirname(file) !== folder) {
    throw new AppError(
      'refused',
      `[annotation] ${JSON.stringify(name)} is a link out of its folder and is not followed: copy the file`,
    );
  }
  const found = await stat(file);
  if (!found.isFile() || found.size > MOST_BYTES) {
    throw new AppError(
      'bad-input',
      `[annotation] ${JSON.stringify(name)} is no file of at most ${MOST_BYTES / 1e6} MB: leave it out`,
    );
  }
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    throw folderError(thrown, file);
  });
  return readTrace(text, name, basename(folder));
}

function folderError(thrown: unknown, asked: string): AppError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
  const where = JSON.stringify(asked);
  if (code === 'ENOENT') {
    return new AppError('not-found', `[annotation] there is no ${where}: name a folder of traces`, thrown);
  }
  if (code === 'ENOTDIR') {
    return new AppError('bad-input', `[annotation] ${where} is no folder: name the one it lies in`, thrown);
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new AppError(
      'permission',
      `[annotation] ${where} may not be read: change its permissions`,
      thrown,
    );
  }
  return new AppError('unreadable', `[annotation] ${where} cannot be read (${code})`, thrown);
}

/** code_2 before code_10, as a person counts. */
const byName = new Intl.Collator('en', { numeric: true }).compare;
