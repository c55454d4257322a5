import type { Command } from 'commander';
import { type Oddity, isDamage } from '../../proactivebench/oddities.ts';
import { walkFolder } from '../../proactivebench/walk.ts';
import { bytes as sizeOf, progressBar, result, table } from '../output.ts';

/** Less than this is read before a bar would be seen. */
const QUICK = 50_000_000;

/** `beforehand bench data`: what a folder holds, and everything in it that is odd; nothing of it is kept in memory. */
export function addBenchData(bench: Command): void {
  bench
    .command('data')
    .description('what a data folder holds, and what is odd in it')
    .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
    .option('--strict', 'the first damaged row or file is an error', false)
    .option('--json', 'print {counts, oddities, digest, bytes}', false)
    .action(async (options: { data: string; strict: boolean; json: boolean }) => {
      const bar = progressBar('Reading', sizeOf);
      const found = { annotatedTraces: 0, modelTraces: 0, results: 0, scenes: 0, seedTasks: 0 };
      const models = new Set<string>();
      const { counts, oddities, digest, bytes } = await walkFolder(
        options.data,
        {
          trace: (model, _name, whole) => {
            if (!whole) return;
            found[model === null ? 'annotatedTraces' : 'modelTraces'] += 1;
            if (model !== null) models.add(model);
          },
          results: () => (found.results += 1),
          scenes: (scenes) => (found.scenes = scenes.length),
          seedTasks: (tasks) => (found.seedTasks = Object.values(tasks).flatMap((each) => each.tasks).length),
        },
        {
          strict: options.strict,
          onProgress: (done, total) => {
            if (total > QUICK) bar.update(done, total);
          },
        },
      );
      bar.stop();
      const all = {
        ...counts,
        ...found,
        models: models.size,
        oddities: oddities.reduce((sum, each) => sum + each.count, 0),
      };
      result(options.json, { counts: all, oddities, digest, bytes }, [
        ...table(Object.entries(all).map(([name, count]) => [name, String(count)])),
        '',
        ...oddities.flatMap(linesOf),
        '',
        `digest ${digest}`,
      ]);
    });
}

function linesOf(oddity: Oddity): readonly string[] {
  const places = oddity.examples.map(
    ({ file, place, detail }) =>
      `    ${file}${place === '' ? '' : ` ${place}`}${detail === undefined ? '' : `: ${detail}`}`,
  );
  const more = oddity.count - oddity.examples.length;
  return [
    `${isDamage(oddity.kind) ? 'LEFT OUT  ' : ''}${oddity.kind}, ${oddity.count} times: ${oddity.what}`,
    ...places,
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}
