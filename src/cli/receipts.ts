import { InvalidArgumentError, type Command } from 'commander';
import { readReceipts } from '../app/receipts.ts';
import { createPowerMeter } from '../llm/power.ts';
import { systemClock } from '../model/ports.ts';
import type { ReceiptDay } from '../model/receipts.ts';
import { result, table } from './output.ts';
import { withLog } from './withLog.ts';

/** `beforehand receipts`: what the model cost, a local day a row. */
export function addReceipts(program: Command): void {
  program
    .command('receipts')
    .description('what the model cost, day by day: calls, tokens, seconds, joules where the platform tells')
    .option('--days <n>', 'so many days back, today among them', days, 30)
    .option('--demo', 'of the demo day instead of your own log', false)
    .option('--json', 'print {days, power}', false)
    .action(async (options: { days: number; demo: boolean; json: boolean }) => {
      await withLog(options, async (log) => {
        const found = await readReceipts(log, {
          clock: systemClock,
          power: createPowerMeter(),
          days: options.days,
        });
        result(options.json, found, [
          ...(found.days.length === 0
            ? ['No turn is on record in these days.']
            : table([HEAD, ...found.days.map(row)])),
          found.power,
        ]);
      });
    });
}

const HEAD = [
  'day',
  'turns',
  'model asked',
  'skipped',
  'calls',
  'read',
  'without reuse',
  'written',
  's',
  'J',
];

function row(day: ReceiptDay): string[] {
  return [
    day.day,
    String(day.turns),
    String(day.asked),
    day.turns === 0 ? '–' : `${(100 * (1 - day.asked / day.turns)).toFixed(1)} %`,
    String(day.inferences),
    String(day.prefillTokens),
    String(day.promptTokens),
    String(day.outputTokens),
    day.seconds.toFixed(1),
    day.joules === null ? '–' : day.joules.toFixed(1),
  ];
}

function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 366)
    throw new InvalidArgumentError('It must be a whole number of days from 1 to 366.');
  return value;
}
