import { join } from 'node:path';
import type { Command } from 'commander';
import { renderMarkdown } from '../../bench/report/markdown.ts';
import { renderPage } from '../../bench/report/page.ts';
import { latestRuns, reportOf } from '../../bench/report/runs.ts';
import { readResults } from '../../bench/results.ts';
import { writeResult } from '../../bench/writing.ts';
import { createPaths } from '../../paths.ts';
import { result, say } from '../output.ts';

interface Options {
  readonly results: string;
  readonly out?: string;
  readonly markdown?: string;
  readonly json: boolean;
}

/** `beforehand bench report`: every kept result as one page that opens offline, and as Markdown. */
export function addBenchReport(bench: Command): void {
  const home = join(createPaths().data, 'bench');
  bench
    .command('report')
    .description('all kept results as one HTML page with plots, and as Markdown')
    .option('--results <file>', 'rows that the benches appended', join(home, 'results.jsonl'))
    .option('--out <file>', `the HTML page (without --markdown: ${join(home, 'report.html')})`)
    .option('--markdown <file>', 'the same as Markdown')
    .option('--json', 'print {runs, shown, older, bad, out, markdown}', false)
    .action(async (options: Options) => {
      const { rows, bad } = await readResults(options.results);
      for (const { line, what } of bad)
        say(`[bench] ${options.results} line ${line}: ${what}; it is left out, and the file stays as it is`);
      const out = options.out ?? (options.markdown === undefined ? join(home, 'report.html') : undefined);
      const report = reportOf(rows);
      const page = out === undefined ? null : renderPage(report);
      const text = options.markdown === undefined ? null : renderMarkdown(report);
      if (out !== undefined && page !== null) await writeResult(out, page);
      if (options.markdown !== undefined && text !== null) await writeResult(options.markdown, text);
      const { shown, older } = latestRuns(rows);
      const written = [out, options.markdown].filter((file) => file !== undefined);
      result(
        options.json,
        {
          runs: rows.length,
          shown,
          older: older.length,
          bad,
          out: out ?? null,
          markdown: options.markdown ?? null,
        },
        [`${rows.length} runs, ${shown.length} shown, ${older.length} older: ${written.join(' and ')}`],
      );
    });
}
