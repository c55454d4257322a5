import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { systemClock } from '../model/ports.ts';
import type { WhatIf, WhatIfPoint } from '../model/whatIf.ts';
import { createPaths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { DAYS, whatIf } from '../suggestions/whatIf/whatIf.ts';
import { result, table } from './output.ts';
import { callRunning } from './running.ts';
import { withLog } from './withLog.ts';

/** `beforehand what-if`: the user's own last days under another setting of the dial. */
export function addWhatIf(program: Command): void {
  program
    .command('what-if')
    .description('what another eagerness would have shown, and what of it you would have accepted or missed')
    .requiredOption('--eagerness <number>', '0: only when sure; 1: whenever it might help')
    .option('--days <number>', 'how many of the last days', String(DAYS))
    .option('--json', 'print JSON', false)
    .action(async (options: { eagerness: string; days: string; json: boolean }) => {
      const eagerness = numberOf('--eagerness', options.eagerness, 0, 1);
      const days = numberOf('--days', options.days, 1, 366);
      if (!Number.isInteger(days)) throw usage('--days', '1 to 366, a whole number');
      const paths = createPaths();
      const tell = (found: WhatIf) => result(options.json, found, linesOf(found));
      const running = await callRunning(paths, (client) => client.call('policy.whatIf', { eagerness, days }));
      if (running) {
        tell(running);
        return;
      }
      const settings = createSettingsStore(paths).get();
      await withLog({}, async (log) =>
        tell(await whatIf({ log, clock: systemClock, settings, eagerness, days })),
      );
    });
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most)) throw usage(option, `${least} to ${most}`);
  return value;
}

function usage(option: string, wanted: string): AppError {
  return new AppError('usage', `[what-if] ${option} takes a number from ${wanted}.`);
}

/** One line for each setting: the one that was asked for, the present one, and the curve. */
function linesOf(found: WhatIf): string[] {
  if (found.moments === 0) return [found.basis];
  return [
    ...table([
      ['', 'eagerness', 'threshold', 'shown', 'accepted (90 %)', 'missed (90 %)'],
      row('asked', found.asked),
      row('now', found.now),
      ...found.curve.map((each) => row('', each)),
    ]),
    '',
    found.basis,
  ];
}

function words([low, estimate, high]: WhatIfPoint['accepted']): string {
  return `${rounded(estimate)} (${rounded(low)} to ${rounded(high)})`;
}

function rounded(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function row(name: string, { eagerness, threshold, shown, accepted, missed }: WhatIfPoint): string[] {
  return [name, eagerness.toFixed(2), threshold.toFixed(2), String(shown), words(accepted), words(missed)];
}
