import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { renderMarkdown } from '../bench/report/markdown.ts';
import { renderPage } from '../bench/report/page.ts';
import { studyPage } from '../bench/study/blocks.ts';
import { studyReport } from '../bench/study/report.ts';
import { writeResult } from '../bench/writing.ts';
import { createPaths } from '../paths.ts';
import { runBench, whole } from './bench/options.ts';
import { result, say } from './output.ts';

interface Options {
  readonly html?: string;
  readonly results: string;
  readonly seed: number;
  readonly rounds: number;
  readonly json: boolean;
}

/** `beforehand study report`: many participants' archives as one table by arm, and one row of the bench's results. */
export function addStudyReport(study: Command): void {
  const home = join(createPaths().data, 'bench');
  study
    .command('report <folders...>')
    .description('verify archives and pool them: tables and plots by arm, with intervals')
    .option('--html <file>', 'write the plots too, as one page that opens offline')
    .option('--results <file>', 'one row is appended here, for `bench report`', join(home, 'results.jsonl'))
    .option('--seed <n>', 'of the intervals', whole, 1)
    .option('--rounds <n>', 'of the bootstrap', rounds, 2000)
    .option('--json', 'print JSON instead of Markdown', false)
    .action(async (folders: string[], options: Options) => {
      const bench = { ...options, cache: join(home, 'cache'), fresh: false };
      const report = await runBench('study', bench, async ({ seed, signal, progress }) => {
        const bar = progress('Reading archives', (count) => `${count} steps`);
        const found = await studyReport(folders, {
          seed,
          rounds: options.rounds,
          signal,
          onProgress: bar.update,
        }).finally(() => bar.stop());
        if (!found) return null;
        const { id: folder, sha256: digest } = found.study;
        return { result: found, facts: { model: null, data: { digest, folder } } };
      });
      if (!report) return;
      const page = studyPage(report);
      if (options.html !== undefined) {
        await writeResult(options.html, renderPage(page));
        say(`Wrote ${options.html}.`);
      }
      result(options.json, report, [renderMarkdown(page).trimEnd()]);
    });
}

function rounds(text: string): number {
  const count = whole(text);
  if (count >= 100 && count <= 100_000) return count;
  throw new InvalidArgumentError('It must be from 100 to 100000.');
}
