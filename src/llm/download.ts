import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, asAppError, assertNever } from '../errors.ts';
import { systemClock, type Clock } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import type { Catalogue, CatalogueEntry, ModelSource } from './catalogue.ts';
import { fetchFile } from './fetchFile.ts';
import { expectedHash, hashFile, writePin } from './pins.ts';
import { fetchFromPip } from './pip.ts';

/** Public address of the Hugging Face hub. */
const HUB = 'https://huggingface.co';

/** What is happening now, for a progress bar. Bytes are bytes. */
export interface PullProgress {
  /** Where from: the user's file, the hub's repository, the package; or `checking`. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
  /** Set once when a source gave up and the next one is tried. */
  readonly note?: string;
}

/** Options of a pull. Times are milliseconds. */
export interface PullOptions {
  readonly entry: CatalogueEntry;
  readonly paths: Pick<Paths, 'models'>;
  /** A file the user already has. */
  readonly from?: string | undefined;
  readonly onProgress?: (progress: PullProgress) => void;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  readonly endpoint?: string;
  readonly clock?: Clock;
  readonly connectMs?: number;
  readonly stallMs?: number;
}

/** A model file in its place. `pinned` says whether its hash was known beforehand or is now, from this download. */
export interface PulledModel {
  readonly file: string;
  readonly sha256: string;
  readonly pinned: 'shipped' | 'first-download';
  /** False when it was here already. */
  readonly fetched: boolean;
}

/** Where the file of a catalogue entry lies when it is installed. */
export function modelFile(entry: CatalogueEntry, paths: Pick<Paths, 'models'>): string {
  return join(paths.models, entry.file);
}

/** Where what was fetched of it lies until it is whole. */
export function partFiles(entry: CatalogueEntry, paths: Pick<Paths, 'models'>): readonly string[] {
  return entry.sources.map((source) => join(paths.models, `.${entry.file}.${source.kind}.part`));
}

/**
 * Brings a model file into the models folder: from a file the user names, else from the entry's sources in order.
 * It gets its name only after its hash fits, so a half or wrong file is never loaded. A wrong file is deleted and
 * the next source tried. Throws `aborted`, `unreadable` for the user's file, or `download-failed` naming every source.
 */
export async function pullModel(options: PullOptions): Promise<PulledModel> {
  const { entry, paths } = options;
  const target = modelFile(entry, paths);
  const report = options.onProgress ?? (() => {});
  const signal = options.signal ?? new AbortController().signal;
  await mkdir(paths.models, { recursive: true, mode: 0o700 });
  const { sha256: expected } = await expectedHash(entry, paths.models);

  if (!options.from && expected && (await exists(target))) {
    const found = await check(target, report, signal);
    if (found === expected) {
      return {
        file: target,
        sha256: found,
        pinned: entry.sha256 ? 'shipped' : 'first-download',
        fetched: false,
      };
    }
  }

  const refusals: string[] = [];
  const sources: readonly (ModelSource | { kind: 'file'; file: string })[] = options.from
    ? [{ kind: 'file', file: options.from }]
    : entry.sources;
  for (const source of sources) {
    const part = join(paths.models, `.${entry.file}.${source.kind}.part`);
    try {
      await fetchSource(source, part, options, report, signal);
      const sha256 = await check(part, report, signal);
      if (expected && sha256 !== expected) {
        await rm(part, { force: true });
        await rm(`${part}.etag`, { force: true });
        throw new AppError(
          'download-failed',
          `[llm] ${nameOf(source)} gave a file with another hash (${sha256.slice(0, 12)}… instead of ${expected.slice(0, 12)}…), and it was deleted`,
        );
      }
      await rename(part, target);
      await rm(`${part}.etag`, { force: true });
      if (!entry.sha256) {
        const at = (options.clock ?? systemClock).now();
        await writePin(paths.models, entry.alias, { sha256, bytes: (await stat(target)).size, at });
      }
      return {
        file: target,
        sha256,
        pinned: entry.sha256 ? 'shipped' : 'first-download',
        fetched: true,
      };
    } catch (thrown) {
      if (signal.aborted) throw new AppError('aborted', '[llm] the download was stopped', thrown);
      const error = asAppError(thrown, 'download-failed', 'llm');
      if (source.kind === 'file') throw error;
      refusals.push(error.message.replace(/^\[\w+\] /, ''));
      report({ step: nameOf(source), done: 0, total: entry.bytes, note: error.message });
    }
  }
  throw new AppError(
    'download-failed',
    `[llm] ${entry.title} could not be fetched (${refusals.join('; ')}); with the file from elsewhere run: beforehand models pull ${entry.alias} --from FILE`,
  );
}

async function fetchSource(
  source: ModelSource | { kind: 'file'; file: string },
  part: string,
  options: PullOptions,
  report: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const step = nameOf(source);
  const stallMs = options.stallMs ?? 30_000;
  const tell = (done: number, total: number) => report({ step, done, total });
  tell(0, options.entry.bytes);
  switch (source.kind) {
    case 'file':
      return copyFile(source.file, part, tell, signal);
    case 'huggingface': {
      const endpoint = (options.endpoint ?? HUB).replace(/\/$/, '');
      return fetchFile({
        url: `${endpoint}/${source.repo}/resolve/${source.revision ?? 'main'}/${source.path}`,
        part,
        onProgress: tell,
        signal,
        fetch: options.fetch ?? globalThis.fetch,
        connectMs: options.connectMs ?? 10_000,
        stallMs,
      });
    }
    case 'pip':
      return fetchFromPip({
        ...source,
        target: part,
        folder: options.paths.models,
        onBytes: (done) => tell(Math.min(done, options.entry.bytes), options.entry.bytes),
        signal,
        stallMs,
      });
    default:
      return assertNever(source, 'llm');
  }
}

async function copyFile(
  from: string,
  part: string,
  tell: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const file = await realpath(from);
    const { size } = await stat(file);
    let done = 0;
    const source = createReadStream(file, { highWaterMark: 1 << 20 });
    source.on('data', (chunk) => tell((done += chunk.length), size));
    await pipeline(source, createWriteStream(part, { mode: 0o600 }), { signal });
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    throw new AppError(
      'unreadable',
      `[llm] the file ${from} cannot be read; name a GGUF file you may read`,
      thrown,
    );
  }
}

async function check(
  file: string,
  report: (progress: PullProgress) => void,
  signal: AbortSignal,
): Promise<string> {
  const { size } = await stat(file);
  return hashFile(file, (done) => report({ step: 'checking', done, total: size }), signal);
}

function nameOf(source: ModelSource | { kind: 'file'; file: string }): string {
  if (source.kind === 'file') return source.file;
  return source.kind === 'huggingface' ? `Hugging Face ${source.repo}` : `pip ${source.package}`;
}

/** Whether the installed file is there and has the hash it must have. Reads the whole file. */
export async function verifyModel(
  entry: CatalogueEntry,
  paths: Pick<Paths, 'models'>,
  onBytes?: (done: number) => void,
): Promise<
  | {
      readonly state: 'ready';
      readonly sha256: string;
      readonly pinned: 'shipped' | 'first-download' | 'none';
    }
  | { readonly state: 'missing' | 'damaged'; readonly reason: string }
> {
  const file = modelFile(entry, paths);
  const mend = `run: beforehand models pull ${entry.alias}`;
  if (!(await exists(file)))
    return { state: 'missing', reason: `${entry.title} is not on this machine; ${mend}` };
  const expected = await expectedHash(entry, paths.models);
  const sha256 = await hashFile(file, onBytes);
  if (expected.sha256 && expected.sha256 !== sha256) {
    return { state: 'damaged', reason: `${file} is not the file it should be (its hash differs); ${mend}` };
  }
  return { state: 'ready', sha256, pinned: expected.pinned };
}

/** A catalogue entry with what this machine makes of it. */
export interface ListedModel {
  readonly entry: CatalogueEntry;
  readonly installed: boolean;
  /** Fits into three quarters of the machine's memory. */
  readonly fits: boolean;
  readonly pinned: 'shipped' | 'first-download' | 'none';
  /** The hash that its file must have; null while nobody knows it. */
  readonly sha256: string | null;
}

/** Every model of the catalogue. `totalMemory` is in bytes. A file that merely exists counts as installed: no hashing. */
export async function listModels(
  paths: Pick<Paths, 'models'>,
  catalogue: Catalogue,
  totalMemory: number,
): Promise<readonly ListedModel[]> {
  return Promise.all(
    catalogue.models.map(async (entry) => ({
      entry,
      installed: await exists(modelFile(entry, paths)),
      fits: entry.memoryBytes <= totalMemory * 0.75,
      ...(await expectedHash(entry, paths.models)),
    })),
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
