import type { Command } from 'commander';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { result, table } from '../output.ts';

/** `beforehand bench data`: what a folder holds, and everything in it that is odd. */
export function addBenchData(bench: Command): void {
  bench
    .command('data')
    .description('what a data folder holds, and what is odd in it')
    .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
    .option('--json', 'print {counts, oddities, digest}', false)
    .action(async (options: { data: string; json: boolean }) => {
      const folder = await readBenchFolder(options.data);
      const windows = windowsOf([...folder.train, ...folder.test]);
      const counts = {
        trainRows: folder.train.length,
        testRows: folder.test.length,
        windows: windows.length,
        needed: windows.filter((window) => window.needed).length,
        traces: new Set(windows.map((window) => window.trace)).size,
        annotatedTraces: folder.annotated.length,
        models: folder.models.size,
        results: folder.results.size,
        oddities: folder.oddities.length,
      };
      result(options.json, { counts, oddities: folder.oddities, digest: folder.digest }, [
        ...table(Object.entries(counts).map(([name, count]) => [name, String(count)])),
        '',
        ...folder.oddities.map(({ file, place, what }) => `${file} ${place}: ${what}`),
      ]);
    });
}
