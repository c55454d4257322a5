import { InvalidArgumentError, type Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { pageOf } from '../bench/study/page.ts';
import { studyReport } from '../bench/study/report.ts';
import { markdownOf } from '../bench/study/words.ts';
import { AppError } from '../errors.ts';
import { progressBar, result, say } from './output.ts';

/** `beforehand study report`: many participants' archives as one table by arm. */
export function addStudyReport(study: Command): void {
  study
    .command('report <folders...>')
    .description('verify archives and pool them: a table and plots by arm, with intervals')
    .option('--html <file>', 'write the plots too, as one page that opens offline')
    .option('--seed <n>', 'of the intervals', whole, 1)
    .option('--rounds <n>', 'of the bootstrap', rounds, 2000)
    .option('--json', 'print JSON instead of Markdown', false)
    .action(
      async (folders: string[], options: { html?: string; seed: number; rounds: number; json: boolean }) => {
        const stopping = new AbortController();
        const stop = () => stopping.abort(new AppError('aborted', '[study] stopped; nothing was written'));
        process.once('SIGINT', stop);
        const bar = progressBar('Reading archives', (count) => `${count} steps`);
        const { seed } = options;
        const report = await studyReport(folders, {
          seed,
          rounds: options.rounds,
          signal: stopping.signal,
          onProgress: bar.update,
        }).finally(() => {
          bar.stop();
          process.off('SIGINT', stop);
        });
        if (options.html !== undefined) {
          await writeFileAtomic(options.html, pageOf(report), { mode: 0o600 }).catch(
            (thrown: NodeJS.ErrnoException) => {
              throw new AppError(
                'permission',
                `[study] ${options.html} cannot be written (${thrown.code})`,
                thrown,
              );
            },
          );
          say(`Wrote ${options.html}.`);
        }
        result(options.json, report, [markdownOf(report)]);
      },
    );
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number from 0 on');
}

function rounds(text: string): number {
  const count = whole(text);
  if (count >= 100 && count <= 100_000) return count;
  throw new InvalidArgumentError('100 to 100000');
}
