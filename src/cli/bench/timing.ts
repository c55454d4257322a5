import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readGate } from '../../agent/gate.ts';
import type { RecordedDay } from '../../bench/skips/days.ts';
import { generatedDays } from '../../bench/timing/generated.ts';
import { benchTiming, type TimingFigures, type TimingResult } from '../../bench/timing/timing.ts';
import { Settings } from '../../model/settings.ts';
import { createPaths } from '../../paths.ts';
import { readTraces } from '../../replay/proactivebench.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { result, table } from '../output.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface Options extends BenchOptions {
  readonly days: readonly string[];
  readonly generated: number;
}

/** `beforehand bench timing`: whether cards come at a good moment, and how long they wait for it. */
export function addBenchTiming(bench: Command): void {
  withBenchOptions(
    bench
      .command('timing')
      .description(
        'whether cards come at a boundary on recorded and generated days, and how long they wait for one',
      )
      .option(
        '--days <files...>',
        'recorded days, in our own log format or as ProactiveBench traces; the demo day is always one',
        [],
      )
      .option('--generated <n>', 'generated days of each kind of work', whole, 4),
  ).action(async (options: Options) => {
    const { assets } = createPaths();
    const gate = await readGate(join(assets, 'gate.json'));
    const days: (RecordedDay & { readonly group: string })[] = [];
    for (const file of [join(assets, 'demo', 'day.jsonl'), ...options.days]) {
      for (const events of await readTraces(file)) {
        const group = events.some(({ kind }) => kind === 'described')
          ? 'imported traces'
          : `day ${basename(file)}`;
        days.push({ name: basename(file), group, events });
      }
    }
    for (const day of generatedDays(options.seed, options.generated)) {
      days.push({ ...day, group: day.name.replace(/ \d+$/, '') });
    }
    const done = await runBench('timing', options, async (run) => {
      const settings = Settings.parse({});
      const timing = await benchTiming(run, {
        days,
        gate,
        settings,
        threshold: thresholdOf(settings.eagerness),
      });
      return timing && { result: timing, facts: { model: null, data: null } };
    });
    if (done) result(options.json, done, lines(done));
  });
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 50)
    throw new InvalidArgumentError('a whole number, 0 to 50');
  return value;
}

function lines({ groups, all, goal }: TimingResult): string[] {
  const head = [
    '',
    'days',
    'offered',
    'shown',
    'at a boundary',
    'amid typing',
    'went on',
    'late',
    'expired unseen',
    'delay s: median',
    '90 %',
    'most',
  ];
  return [
    ...table([head, ...groups.map(row), row(all)]),
    '',
    `Goal: ${(100 * goal).toFixed(0)} % at a boundary, none late. What finds no boundary while its reason lives expires unseen.`,
    `Waited for: ${Object.entries(all.by)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}.`,
  ];
}

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

function row(each: TimingFigures): string[] {
  const { delays } = each;
  return [
    each.name,
    String(each.days),
    String(each.offered),
    String(each.shown),
    percent(each.atBoundary),
    String(each.amidTyping),
    percent(each.wentOn),
    String(each.late),
    `${each.expired} (${percent(each.offered === 0 ? null : each.expired / each.offered)})`,
    ...(delays ? [delays.median, delays.p90, delays.most].map((value) => value.toFixed(1)) : ['–', '–', '–']),
  ];
}
