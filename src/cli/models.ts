import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { createTier } from '../app/tier.ts';
import { AppError, asAppError } from '../errors.ts';
import { findModel, readCatalogue, type Catalogue, type CatalogueEntry } from '../llm/catalogue.ts';
import { listModels, modelFile, pullModel, verifyModel } from '../llm/download.ts';
import { createLocalLlm } from '../llm/local.ts';
import { measureModel } from '../llm/measure.ts';
import { lookOver } from '../llm/ownFile.ts';
import { hashFile } from '../llm/pins.ts';
import { systemClock } from '../model/ports.ts';
import { Settings } from '../model/settings.ts';
import { createPaths } from '../paths.ts';
import { createNodeSpawn } from '../ports/spawn.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { interruptible } from './interrupt.ts';
import { addMeasure } from './measure.ts';
import { bytes, progressBar, result, say, table } from './output.ts';
import { callRunning } from './running.ts';

interface Json {
  readonly json: boolean;
}

/** `beforehand models`: what there is, fetch, check, measure, choose. */
export function addModels(program: Command): void {
  const models = program.command('models').description('list, fetch, check, measure and choose models');
  const verb = (name: string, words: string) =>
    models.command(name).description(words).option('--json', 'print JSON', false);

  verb('list', 'the catalogue and what is installed').action(async ({ json }: Json) => {
    const { paths, catalogue, settings } = open();
    const listed = await listModels(paths, catalogue, totalmem());
    const tier = createTier({ paths, settings: settings.get });
    const rows = listed.map(({ entry, installed, fits, pinned, sha256 }) => ({
      alias: entry.alias,
      title: entry.title,
      bytes: entry.bytes,
      memoryBytes: entry.memoryBytes,
      licence: entry.licence,
      installed,
      fits,
      pinned,
      shows: tier.showsFile(sha256),
      answers: entry.answers,
      inUse: settings.get().model.use === entry.alias && !settings.get().model.file,
    }));
    const line = (row: (typeof rows)[number]) => [
      row.inUse ? '*' : ' ',
      row.alias,
      bytes(row.bytes),
      `${bytes(row.memoryBytes)} memory${row.fits ? '' : ' (more than this machine has)'}`,
      row.licence,
      row.installed ? 'installed' : '',
      row.shows ? 'may propose' : '',
      row.pinned === 'none' ? 'hash pinned at first download' : '',
    ];
    result(json, rows, table(rows.map(line)));
  });

  verb('pull [alias]', 'fetch a model (the one in use, when none is named)')
    .option('--from <file>', 'a GGUF file you already have')
    .option('--if-missing', 'do nothing when it is there', false)
    .action(async (alias: string | undefined, options: Json & { from?: string; ifMissing: boolean }) => {
      const { paths, entry } = chosen(alias);
      if (!entry) return;
      if (options.ifMissing && (await verifyModel(entry, paths)).state === 'ready') return;
      const bar = progressBar(`Fetching ${entry.title}`, bytes);
      const pulled = await interruptible((signal) =>
        pullModel({
          entry,
          paths,
          from: options.from,
          signal,
          onProgress: ({ done, total, note }) => (note ? say(note) : bar.update(done, total)),
        }),
      ).finally(() => bar.stop());
      const pin = pulled.pinned === 'shipped' ? 'hash as shipped' : 'hash pinned now, at first download';
      result(options.json, pulled, options.ifMissing ? [] : [`${entry.title} is ready (${pin}).`]);
    });

  verb('verify [alias]', 'check an installed file against its hash').action(
    async (alias: string | undefined, { json }: Json) => {
      const { paths, entry } = chosen(alias);
      if (!entry)
        throw new AppError('usage', '[models] the settings use no model of the catalogue: name one.');
      const found = await verifyModel(entry, paths);
      result(json, found, [
        found.state === 'ready' ? `${entry.alias} is sound (${found.sha256}).` : found.reason,
      ]);
      if (found.state !== 'ready') process.exitCode = 1;
    },
  );

  verb('bench [alias]', 'measure a model on this machine: prefill, decode, memory').action(
    async (alias: string | undefined, { json }: Json) => {
      const { paths, entry, settings } = chosen(alias);
      if (!entry)
        throw new AppError('usage', '[models] the settings use no model of the catalogue: name one.');
      say(`Measuring ${entry.title} with ${settings.get().model.threads} thread(s) …`);
      const llm = createLocalLlm({
        spawn: createNodeSpawn(),
        clock: systemClock,
        model: {
          alias: entry.alias,
          file: modelFile(entry, paths),
          digest: entry.sha256 ?? '',
          answers: entry.answers,
        },
        settings: { ...Settings.parse({}).model, ...settings.get().model },
      });
      const measured = await measureModel(llm).finally(() => llm.close());
      result(json, measured, [
        `reading  ${measured.prefillPerSecond.toFixed(0)} tokens/s`,
        `writing  ${measured.decodePerSecond.toFixed(0)} tokens/s`,
        `a warm turn's first token after ${measured.warmFirstTokenMs.toFixed(0)} ms`,
        `memory   ${bytes(measured.memoryBytes)}`,
      ]);
    },
  );

  addMeasure(models);

  verb('use <alias>', 'choose the model, or `none`')
    .option('--file <file>', 'your own GGUF file of that model instead of the catalogue’s')
    .option('--adapter <file>', 'a GGUF LoRA adapter to apply to it')
    .action(async (alias: string, options: Json & { file?: string; adapter?: string }) => {
      const { paths, catalogue, settings } = open();
      const entry = alias === 'none' || alias === 'remote' ? null : named(catalogue, alias);
      const [file, adapter] = await Promise.all([
        ownFile(entry, options.file, 'model'),
        ownFile(entry, options.adapter, 'adapter'),
      ]);
      const running = await callRunning(paths, (client) =>
        client.call('models.use', { alias, file: file?.path, adapter: adapter?.path }),
      );
      const own = { file: file?.path ?? null, adapter: adapter?.path ?? null };
      if (!running) await settings.set({ model: { use: alias, ...own } });
      if (entry && !file && !existsSync(modelFile(entry, paths))) {
        say(`It is not on this machine yet: run \`beforehand models pull ${alias}\`.`);
      }
      const used = {
        use: alias,
        ...(file && { file: file.path, fileDigest: file.digest }),
        ...(adapter && { adapter: adapter.path, adapterDigest: adapter.digest }),
      };
      const parts = [
        file && `from ${file.path}`,
        adapter && `with the adapter ${adapter.digest.slice(0, 12)} (${adapter.path})`,
      ];
      result(options.json, used, [[`Using ${alias}`, ...parts.filter(Boolean)].join(' ') + '.']);
    });
}

function open() {
  const paths = createPaths();
  const settings = createSettingsStore(paths);
  if (settings.note) say(settings.note);
  return { paths, settings, catalogue: readCatalogue(join(paths.assets, 'models.json')) };
}

/** A file that the person names: its absolute path and hash, looked over first. Nothing where none is named. */
async function ownFile(
  entry: CatalogueEntry | null,
  name: string | undefined,
  kind: 'model' | 'adapter',
): Promise<{ readonly path: string; readonly digest: string } | undefined> {
  if (name === undefined) return undefined;
  if (!entry)
    throw new AppError('usage', `[models] a file of one’s own (${name}) goes with a model of the catalogue.`);
  const path = resolve(name);
  const found = await lookOver(path, kind);
  if (found.state === 'ready') return { path, digest: await hashFile(path) };
  throw new AppError(found.state === 'missing' ? 'not-found' : 'model-damaged', found.reason);
}

/** The named model, else the one in use; null when the settings use none of the catalogue. */
function chosen(alias: string | undefined) {
  const { paths, settings, catalogue } = open();
  const { use, file } = settings.get().model;
  const wanted = alias ?? (use === 'none' || use === 'remote' || file ? undefined : use);
  return { paths, settings, entry: wanted === undefined ? null : named(catalogue, wanted) };
}

/** An alias from the command line: one that nobody knows is wrong usage. */
function named(catalogue: Catalogue, alias: string): CatalogueEntry {
  try {
    return findModel(catalogue, alias);
  } catch (thrown) {
    throw new AppError('usage', asAppError(thrown, 'usage', 'models').message);
  }
}
