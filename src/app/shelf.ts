import { rm, stat, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { ModelChoice } from '../contract.ts';
import { AppError } from '../errors.ts';
import { findModel, type Catalogue, type CatalogueEntry } from '../llm/catalogue.ts';
import { listModels, modelFile, partFiles, verifyModel } from '../llm/download.ts';
import { createSpeedStore, type Speed, type SpeedStore } from '../llm/speeds.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';
import type { Tier } from './tier.ts';

/** The models of the catalogue as they lie on this machine. */
export interface Shelf {
  list(): Promise<ModelChoice[]>;
  machine(): Promise<{
    readonly memoryBytes: number;
    readonly freeBytes: number | null;
    readonly folder: string;
  }>;
  /** Throws `disk-full` where the rest of a download finds no room. */
  roomFor(alias: string): Promise<void>;
  /** `onBytes` hears how much was read. */
  verify(
    alias: string,
    onBytes: (done: number, total: number) => void,
  ): Promise<Awaited<ReturnType<typeof verifyModel>>>;
  /** Deletes the file and what was fetched of it; `refused` for the one in use. */
  remove(alias: string): Promise<void>;
}

/** Where the speeds of this machine are kept. */
export const speedStore = (paths: Pick<Paths, 'data'>): SpeedStore =>
  createSpeedStore(join(paths.data, 'speeds.json'));

/** The shelf over the models folder. */
export function createShelf(options: {
  readonly paths: Pick<Paths, 'models' | 'data'>;
  readonly catalogue: Catalogue;
  readonly settings: () => Settings;
  readonly tier: Pick<Tier, 'ofFile'>;
}): Shelf {
  const { paths, catalogue, settings, tier } = options;
  const speeds = speedStore(paths);
  const used = (alias: string) => settings().model.use === alias && !settings().model.file;

  async function partOf(entry: CatalogueEntry): Promise<number> {
    const sizes = await Promise.all(
      partFiles(entry, paths).map((file) =>
        stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    return Math.max(0, ...sizes);
  }
  const free = () =>
    statfs(paths.models).then(
      ({ bavail, bsize }) => bavail * bsize,
      // The folder is made by the first download.
      () =>
        statfs(paths.data).then(
          ({ bavail, bsize }) => bavail * bsize,
          () => null,
        ),
    );

  return {
    async list() {
      const [listed, quick] = await Promise.all([listModels(paths, catalogue, totalmem()), speeds.all()]);
      return Promise.all(
        listed.map(async ({ entry, installed, fits, pinned, sha256 }) => {
          const part = installed ? 0 : await partOf(entry);
          const measured = tier.ofFile(sha256);
          const speed = quick.find(({ alias }) => alias === entry.alias);
          return {
            alias: entry.alias,
            title: entry.title,
            summary: entry.summary,
            bytes: entry.bytes,
            memoryBytes: entry.memoryBytes,
            licence: entry.licence,
            installed,
            fits,
            pinned,
            shows: measured?.shows === true,
            answers: entry.answers,
            inUse: used(entry.alias),
            ...(part > 0 && { part }),
            ...(speed && { speed: withoutAlias(speed) }),
            ...(measured && { measured }),
          };
        }),
      );
    },
    machine: async () => ({ memoryBytes: totalmem(), freeBytes: await free(), folder: paths.models }),
    async roomFor(alias) {
      const entry = findModel(catalogue, alias);
      const [there, part] = await Promise.all([free(), partOf(entry)]);
      const needed = entry.bytes - part;
      if (there === null || there >= needed) return;
      throw new AppError(
        'disk-full',
        `[models] ${entry.title} needs ${gigabytes(needed)} more on the disk that holds ${paths.models}, and ${gigabytes(there)} are free: free some space, or choose a smaller model`,
      );
    },
    async verify(alias, onBytes) {
      const entry = findModel(catalogue, alias);
      const size = await stat(modelFile(entry, paths)).then(
        (found) => found.size,
        () => entry.bytes,
      );
      return verifyModel(entry, paths, (done) => onBytes(done, size));
    },
    async remove(alias) {
      const entry = findModel(catalogue, alias);
      if (used(alias))
        throw new AppError(
          'refused',
          `[models] ${entry.title} is in use: use another one, or none, before you remove it`,
        );
      const files = [modelFile(entry, paths), ...partFiles(entry, paths)];
      await Promise.all(
        files.flatMap((file) => [file, `${file}.etag`]).map((file) => rm(file, { force: true })),
      );
    },
  };
}

const withoutAlias = ({ alias: _alias, ...rest }: Speed) => rest;
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
