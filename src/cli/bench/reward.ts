import { type Command, Option } from 'commander';
import { benchReward, COMPARED, JUDGE_NAMES, PUBLISHED, type RewardResult } from '../../bench/reward.ts';
import { leakInWords } from '../../bench/reward/leak.ts';
import { SPLITS } from '../../bench/reward/splits.ts';
import { AppError } from '../../errors.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { result, say, table } from '../output.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface RewardOptions extends BenchOptions {
  readonly data: string;
  readonly split: (typeof SPLITS)[number] | 'both';
  readonly judge?: readonly string[];
}

/** `beforehand bench reward`: how well judges say what people said of proposals and silences. */
export function addBenchReward(bench: Command): void {
  withBenchOptions(
    bench
      .command('reward')
      .description(
        'measure reward models on human-judged rows, with and without the leak of the released split',
      )
      .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
      .addOption(new Option('--split <name>', 'which split').choices([...SPLITS, 'both']).default('both'))
      .option('--judge <names...>', `only these judges: ${JUDGE_NAMES.join(', ')}`),
  ).action(async (options: RewardOptions) => {
    const unknown = options.judge?.find((name) => !JUDGE_NAMES.includes(name));
    if (unknown !== undefined)
      throw new AppError(
        'usage',
        `[bench] there is no judge ${unknown}: name one of ${JUDGE_NAMES.join(', ')} with --judge`,
      );
    const done = await runBench('reward', options, async (run) => {
      const folder = await readBenchFolder(options.data);
      const measured = await benchReward(folder, run, {
        splits: options.split === 'both' ? SPLITS : [options.split],
        ...(options.judge && { judges: options.judge }),
      });
      return (
        measured && {
          result: measured,
          facts: { model: null, data: { digest: folder.digest, folder: options.data } },
        }
      );
    });
    if (!done) return;
    for (const note of done.notes) say(note);
    result(options.json, done, rewardLines(done));
  });
}

/** The result as a person reads it: one table, then the leak in two sentences. */
export function rewardLines({ rows, leak }: RewardResult): readonly string[] {
  const head = [
    'split',
    'judge',
    'entries',
    'accuracy',
    '95 %',
    'precision',
    'recall',
    'F1',
    'F1 tuned',
    'AUC',
  ];
  const categories = ['MN', 'CR', 'CD', 'FA'];
  const lines = rows.map((row) => [
    row.split,
    row.name,
    String(row.entries),
    three(row.accuracy),
    (row.ci['accuracy'] ?? []).map((end) => end.toFixed(2)).join(' to '),
    three(row.precision),
    three(row.recall),
    three(row.f1),
    three(row.f1Tuned),
    three(row.auc),
    ...categories.map((name) =>
      row.byCategory[name]?.entries ? row.byCategory[name].accuracy.toFixed(2) : '',
    ),
  ]);
  const published = ['paper', PUBLISHED.name, '', '', '', '', '', three(PUBLISHED.f1)];
  return [
    ...table([
      [...head, ...categories],
      ...lines,
      ...(lines.some(([split]) => split === 'paper') ? [published] : []),
    ]),
    '',
    'The positive class is accepted. MN, CR, CD and FA: accuracy on the rows of that category.',
    ...(leak ? leakInWords(leak, COMPARED) : []),
  ];
}

function three(value: number | null): string {
  return value === null ? '' : value.toFixed(3);
}
