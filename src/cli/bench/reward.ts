import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { createCachedLlm } from '../../bench/cachedLlm.ts';
import type { Asked } from '../../bench/need/ask.ts';
import type { AskedJudge } from '../../bench/reward/asked.ts';
import { benchReward, COMPARED, JUDGE_NAMES, PUBLISHED, type RewardResult } from '../../bench/reward.ts';
import { leakInWords } from '../../bench/reward/leak.ts';
import { SPLITS } from '../../bench/reward/splits.ts';
import type { BenchRun } from '../../bench/run.ts';
import { AppError } from '../../errors.ts';
import { createPaths } from '../../paths.ts';
import { type BenchFolder, readBenchFolder } from '../../proactivebench/folder.ts';
import { isDamage } from '../../proactivebench/oddities.ts';
import { readJudgePrompt } from '../../reward/judgePrompt.ts';
import { createLlmJudge } from '../../reward/llmJudge.ts';
import { result, say, table } from '../output.ts';
import { showingLines } from './showingLines.ts';
import { checkModelOptions, type ModelOptions, openModels, withModelOptions } from './models.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface RewardOptions extends BenchOptions, ModelOptions {
  readonly data: string;
  readonly split: (typeof SPLITS)[number] | 'both';
  readonly judge?: readonly string[];
}

/** `beforehand bench reward`: how well judges say what people said of proposals and silences. */
export function addBenchReward(bench: Command): void {
  withBenchOptions(
    withModelOptions(
      bench
        .command('reward')
        .description(
          'measure reward models on human-judged rows, with and without the leak of the released split',
        )
        .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
        .addOption(new Option('--split <name>', 'which split').choices([...SPLITS, 'both']).default('both'))
        .option('--judge <names...>', `only these judges: ${JUDGE_NAMES.join(', ')}`),
      {
        model: 'a model of the catalogue as one more judge',
        endpoint: 'a model behind an OpenAI-compatible endpoint as one more judge: the rows are sent there',
      },
    ),
  ).action(async (options: RewardOptions) => {
    const unknown = options.judge?.find((name) => !JUDGE_NAMES.includes(name));
    if (unknown !== undefined)
      throw new AppError(
        'usage',
        `[bench] there is no judge ${unknown}: name one of ${JUDGE_NAMES.join(', ')} with --judge`,
      );
    checkModelOptions(options);
    const folder = await readBenchFolder(options.data);
    const models = await openModels(options);
    const done = await runBench('reward', options, async (run) => {
      const measured = await benchReward(folder, run, {
        splits: options.split === 'both' ? SPLITS : [options.split],
        ...(options.judge && { judges: options.judge }),
        asked: models.map((model) => askedJudge(model, run)),
      });
      const info = models[0]?.llm.info();
      return (
        measured && {
          result: { ...measured, notes: [...damageIn(folder), ...measured.notes] },
          facts: {
            model: info ? { alias: models[0]!.name, digest: info.digest } : null,
            data: { digest: folder.digest, folder: options.data },
          },
        }
      );
    }).finally(async () => {
      for (const { llm } of models) await llm.close();
    });
    if (!done) return;
    for (const note of done.notes) say(note);
    result(options.json, done, rewardLines(done));
  });
}

/** Damaged rows of reward data, in one sentence a kind; they are in no figure. */
function damageIn({ oddities }: Pick<BenchFolder, 'oddities'>): readonly string[] {
  return oddities.flatMap(({ kind, what, examples }) => {
    if (!isDamage(kind)) return [];
    const places = examples.filter(({ file }) => file.startsWith('reward_data/'));
    const named = places.map(({ file, place, detail }) => `${file} ${place}${detail ? ` (${detail})` : ''}`);
    return places.length === 0 ? [] : [`${what}: ${named.join(', ')}.`];
  });
}

function askedJudge({ name, llm, where }: Asked, run: BenchRun): AskedJudge {
  const prompt = readJudgePrompt(join(createPaths().assets, 'prompts', 'judge-1.json'));
  const cached = createCachedLlm(llm, run.cache, where ?? '');
  return {
    name: `${name} (${prompt.version})`,
    judge: createLlmJudge({ llm: cached, prompt, signal: run.signal }),
  };
}

/** The result as a person reads it: one table, then the leak in two sentences. */
function rewardLines({ rows, leak, showing }: RewardResult): readonly string[] {
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
    'Brier',
    'ECE',
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
    three(row.brier),
    three(row.ece),
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
    ...showingLines(showing),
  ];
}

function three(value: number | null): string {
  return value === null ? '' : value.toFixed(3);
}
