import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { exportParts } from '../app/exporting.ts';
import { AppError } from '../errors.ts';
import { defaultConsent } from '../export/consent.ts';
import { type ExportOptions, runExport } from '../export/export.ts';
import { type OwnFormat, FORMATS } from '../model/exporting.ts';
import { previewExport } from '../export/preview.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { version } from '../version.ts';
import { askLine } from './ask.ts';
import { previewLines, writtenLines } from './exportLines.ts';
import { addVerify } from './exportVerify.ts';
import { interruptible } from './interrupt.ts';
import { progressBar, result, say, shown } from './output.ts';
import { withLog } from './withLog.ts';

interface Options {
  readonly format?: readonly OwnFormat[];
  readonly out?: string;
  readonly preview: boolean;
  readonly rows: number;
  readonly names: 'replace' | 'keep';
  readonly hide: readonly string[];
  readonly consent?: string;
  readonly yes: boolean;
  readonly demo: boolean;
  readonly json: boolean;
}

/** `beforehand export`: the answers so far as training data, previewed, written, and checked by `export verify`. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write the answers so far as training data, with a manifest')
    .addOption(
      new Option('--format <format...>', 'what to write; several go into one folder').choices(FORMATS),
    )
    .option('--out <folder>', 'a new or empty folder')
    .option('--preview', 'show what would leave, and write nothing', false)
    .option('--rows <n>', 'rows of each format that the preview shows', count, 3)
    .addOption(
      new Option('--names <how>', 'replace paths, hosts, people and machines by placeholders, or keep them')
        .choices(['replace', 'keep'])
        .default('replace'),
    )
    .option('--hide <words...>', 'more words or names to replace wherever they stand', [])
    .option('--consent <file>', 'what is agreed to, instead of the text that the preview shows')
    .option('--yes', 'agree without being asked', false)
    .option('--demo', 'of the demo day instead of your own log', false)
    .option('--json', 'print the manifest, or the preview, as JSON', false)
    .action(run);
  addVerify(command);
}

async function run(options: Options): Promise<void> {
  const { format: formats = [], out } = options;
  if (formats.length === 0)
    throw new AppError('usage', `[export] name what to write: --format ${FORMATS.join(', ')}`);
  // An empty name is a variable that was not set, and would be this very folder.
  if (out === '' || (out === undefined && !options.preview))
    throw new AppError(
      'usage',
      '[export] name a new or empty folder with --out, or look first with --preview',
    );
  const parts = exportParts(createPaths(), options);
  const consent = consentOf(options.consent) ?? defaultConsent(formats, parts.names !== null);
  const bar = progressBar(options.preview ? 'Reading' : 'Exporting', (n) => `${n} rows`);
  try {
    await withLog(options, async (log) => {
      const how: ExportOptions & { readonly formats: readonly OwnFormat[] } = {
        ...parts,
        log,
        formats,
        clock: systemClock,
        version,
        onProgress: (done, total) => total > 0 && bar.update(done, total),
      };
      if (options.preview) {
        const preview = await interruptible((signal) =>
          previewExport({ ...how, signal, most: options.rows }),
        );
        bar.stop();
        result(options.json, { ...preview, consent }, previewLines(preview, consent));
        return;
      }
      await agree(consent, options.yes);
      const manifest = await interruptible((signal) =>
        runExport({ ...how, signal, out: out ?? '', consent }),
      );
      bar.stop();
      result(options.json, manifest, writtenLines(manifest, out ?? ''));
    });
  } finally {
    bar.stop();
  }
}

/** On a terminal the person is asked; a script has agreed by naming the folder, and the text is said all the same. */
async function agree(consent: string, yes: boolean): Promise<void> {
  say(consent);
  if (yes || !process.stdin.isTTY) return;
  if (!process.stderr.isTTY) {
    throw new AppError(
      'usage',
      '[export] you sit at a terminal and what you agree to went elsewhere: leave stderr there, or read it with --preview and add --yes',
    );
  }
  const answer = await askLine('Write it? [y/N] ', 'add --yes');
  if (!/^y(?:es)?$/i.test(answer)) throw new AppError('refused', '[export] not agreed; nothing was written');
}

function consentOf(file: string | undefined): string | null {
  if (file === undefined) return null;
  try {
    // What is recorded is what a terminal shows.
    const text = shown(readFileSync(file, 'utf8')).trim();
    if (text.length > 0 && text.length <= 20_000) return text;
  } catch (thrown) {
    throw new AppError(
      'bad-input',
      `[export] ${file} cannot be read: name a text file with --consent`,
      thrown,
    );
  }
  throw new AppError('bad-input', `[export] ${file} holds no text, or more than 20,000 characters`);
}

function count(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('a number from 0 to 9999');
  return Number(text);
}
