import type { Command } from 'commander';
import { verifyExport } from '../export/verify.ts';
import { bytes, progressBar, result } from './output.ts';

/** `beforehand export verify`: whether a folder is still what an export wrote. */
export function addVerify(command: Command): void {
  command
    .command('verify')
    .description('check an export: hashes, counts, every row, and that nothing else lies beside them')
    .argument('<folder>', 'the folder of the export')
    .option('--json', 'print what was found as JSON', false)
    .action(async (folder: string, _: unknown, own: Command) => {
      // `--json` is the parent's option too: it counts wherever it stands.
      const json = [own, command].some((each) => each.opts<{ json: boolean }>().json);
      const bar = progressBar('Checking', bytes);
      const verdict = await verifyExport(
        folder,
        (done, total) => total > 0 && bar.update(done, total),
      ).finally(() => bar.stop());
      result(
        json,
        verdict,
        verdict.ok ? [`OK: ${verdict.files} files, ${verdict.rows} rows.`] : verdict.wrong,
      );
      if (!verdict.ok) process.exitCode = 1;
    });
}
