import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { readGateWeights } from '../../agent/gate.ts';
import type { RecordedDay } from '../../bench/skips/days.ts';
import { benchSkips, type SkipsResult } from '../../bench/skips/skips.ts';
import { Settings } from '../../model/settings.ts';
import { createPaths } from '../../paths.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { readTraces } from '../../replay/proactivebench.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { result, table } from '../output.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface Options extends BenchOptions {
  readonly data: string;
  readonly days: readonly string[];
}

/** `beforehand bench skips`: how many model calls the gate saves, and what that costs. */
export function addBenchSkips(bench: Command): void {
  withBenchOptions(
    bench
      .command('skips')
      .description(
        'how many model calls the gate saves on recorded days and judged windows, and what it costs',
      )
      .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
      .option(
        '--days <files...>',
        'recorded days, in our own log format or as ProactiveBench traces; the demo day unless told',
        [],
      ),
  ).action(async (options: Options) => {
    const { assets } = createPaths();
    const weights = await readGateWeights(join(assets, 'gate.json'));
    const files = options.days.length > 0 ? options.days : [join(assets, 'demo', 'day.jsonl')];
    const days: RecordedDay[] = [];
    for (const file of files) {
      const traces = await readTraces(file);
      const name = basename(file);
      days.push(
        ...traces.map((events, n) => ({ name: traces.length > 1 ? `${name}#${n + 1}` : name, events })),
      );
    }
    const folder = await readBenchFolder(options.data);
    const done = await runBench('skips', options, async (run) => {
      const threshold = thresholdOf(Settings.parse({}).eagerness);
      const skips = await benchSkips(run, { folder, weights, threshold, days });
      return (
        skips && {
          result: skips,
          facts: { model: null, data: { digest: folder.digest, folder: options.data } },
        }
      );
    });
    if (done) result(options.json, done, lines(done));
  });
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
/** A loss of F1 in points, as the change that it is. */
const lost = (loss: number) => `${loss > 0 ? '−' : '+'}${Math.abs(100 * loss).toFixed(1)}`;

function lines({ curves, days, allDays, threshold, recallThreshold, goals }: SkipsResult): string[] {
  return [
    `Recorded days at the dial's default (threshold ${threshold.toFixed(2)}); nothing idle is counted`,
    ...table([
      ['day', 'hours', 'naive calls', 'asked', 'skipped', 'at 95 % recall'],
      ...days.map((day) => [
        day.name,
        day.hours.toFixed(1),
        String(day.turns),
        String(day.asked),
        percent(day.skipped),
        day.skippedAtRecall === null ? '–' : percent(day.skippedAtRecall),
      ]),
    ]),
    `All days: ${allDays.asked} of ${allDays.turns} calls asked, ${percent(allDays.skipped)} skipped (goal ${percent(goals.skipped)}).`,
    ...(recallThreshold === null
      ? []
      : [`95 % recall on windows is at threshold ${recallThreshold.toFixed(2)}.`]),
    ...curves.flatMap((curve) => (curve.heldOut ? sweep(curve, goals) : [])),
  ];
}

/** A curve that was fitted on other traces than those it is judged on; the others stand in the row alone. */
function sweep(curve: SkipsResult['curves'][number], goals: SkipsResult['goals']): string[] {
  const { reached, points, atThreshold } = curve;
  return [
    '',
    `${curve.gate}: ${curve.needed} of ${curve.windows} windows needed help`,
    ...table([
      ['threshold', 'skipped', 'gate recall', 'F1', 'F1 against always'],
      ...[...points, atThreshold].map((point) => [
        `${point.threshold.toFixed(2)}${point === atThreshold ? ' (dial)' : ''}`,
        percent(point.skipped),
        percent(point.recall),
        point.f1.toFixed(3),
        lost(point.behind[0]?.loss ?? 0),
      ]),
    ]),
    `At ${percent(goals.recall)} gate recall ${percent(reached.atRecall)} are skipped; no gate could skip more than ${percent(reached.bestPossible)} here.`,
    ...table([
      ['model behind it', `skipped at ${100 * goals.loss} points of F1 lost or less`],
      ...reached.atLoss.map(({ name, skipped }) => [name, percent(skipped)]),
    ]),
  ];
}
