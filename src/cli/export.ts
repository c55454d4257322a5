import type { Command } from 'commander';
import { Option } from 'commander';
import { runExport } from '../export/export.ts';
import { systemClock } from '../model/ports.ts';
import { result } from './output.ts';
import { withLog } from './withLog.ts';

/** `beforehand export`: the answers so far as training data. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('write the answers so far as training data, with a manifest')
    .addOption(
      new Option('--format <format>', 'what to write')
        .choices(['proactivebench', 'csv'])
        .makeOptionMandatory(),
    )
    .requiredOption('--out <folder>', 'a new or empty folder')
    .option('--demo', 'of the demo day instead of your own log', false)
    .option('--json', 'print the manifest as JSON', false)
    .action(
      async (options: { format: 'proactivebench' | 'csv'; out: string; demo: boolean; json: boolean }) => {
        await withLog(options, async (log) => {
          const manifest = await runExport({
            log,
            format: options.format,
            out: options.out,
            clock: systemClock,
          });
          result(options.json, manifest, [`Wrote ${options.out}.`]);
        });
      },
    );
}
