import { statSync } from 'node:fs';
import type { Command } from 'commander';
import { importFile, type ImportReport, newReport } from '../app/importFile.ts';
import { keepFrom } from '../app/retaining.ts';
import { openLog } from '../log/open.ts';
import { connectLog } from '../log/owner.ts';
import type { EventLog } from '../model/log.ts';
import { systemClock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import { createPaths } from '../paths.ts';
import { createGuard } from '../privacy/privacy.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { bytes, progressBar, result, say, table } from './output.ts';

interface Options {
  readonly dryRun: boolean;
  readonly keepOld: boolean;
  readonly json: boolean;
}

/** `beforehand import`: days that another program recorded, through the same guard as every live source. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      'take over days from an ActivityWatch export (JSON buckets) or ProactiveAgent’s event logs, redacted like everything else',
    )
    .argument('<files...>', 'exported files')
    .option('--dry-run', 'count only; nothing is kept', false)
    .option(
      '--keep-old',
      'also what is older than you keep things: it goes again with the next clean-up',
      false,
    )
    .option('--json', 'print the counts as JSON', false)
    .action(run);
}

async function run(files: string[], options: Options): Promise<void> {
  const paths = createPaths();
  const settings = createSettingsStore(paths);
  if (settings.note) say(settings.note);
  const guard = createGuard({ settings: settings.get });
  const oldest = options.keepOld ? null : keepFrom(settings.get().retentionDays, Date.now());
  say(retentionWords(settings.get(), options.keepOld));

  let stopped = false;
  const stop = () => {
    if (!stopped) say('Stopping after this batch; run the same command again to go on.');
    stopped = true;
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const report = newReport();
  const log = options.dryRun ? null : await logOf();
  // An export is read twice: its windows first, since they say which pages were in front.
  const total = files.reduce((sum, file) => sum + sizeOf(file), 0) * 2;
  const bar = progressBar('Importing', bytes);
  let done = 0;
  try {
    for (const file of files) {
      if (stopped) break;
      const began = done;
      const onBytes = (count: number) => bar.update(Math.min((done += count), total), total);
      await importFile(file, { guard, log, keepFrom: oldest, report, stopped: () => stopped, onBytes });
      // A file without windows is read once.
      if (!stopped) done = began + 2 * sizeOf(file);
    }
    if (!stopped && total > 0) bar.update(total, total);
  } catch (thrown) {
    if (report.kept > 0) say(`${report.kept} events before this place were ${log ? 'kept' : 'counted'}.`);
    throw thrown;
  } finally {
    bar.stop();
    await log?.close();
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
  const redacted = guard.counts().redacted;
  result(options.json, { ...report, redacted, dryRun: options.dryRun }, lines(report, redacted, options));
  if (report.stopped || stopped) process.exitCode = 1;
}

async function logOf(): Promise<EventLog> {
  const paths = createPaths();
  const running = await connectLog(paths.socket);
  if (running) return running;
  const { log, note } = await openLog({ paths, clock: systemClock });
  if (note) say(note);
  return log;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function retentionWords({ retentionDays: days }: Settings, keepOld: boolean): string {
  const kept = `windows are kept ${days.window} days, pages ${days.web}, files in editors ${days.editor}, keys ${days.keyboard}, presence ${days.idle}`;
  return keepOld
    ? `Older events are imported too, but ${kept}: what is older goes again with the next clean-up unless you raise that in Settings first.`
    : `Older events are left out, since they would be removed at once (${kept}); raise that in Settings first, or pass --keep-old.`;
}

const day = (at: number | undefined) => (at === undefined ? '' : new Date(at).toLocaleString('sv'));

function lines(report: ImportReport, redacted: number, { dryRun }: Options): readonly string[] {
  const reasons = Object.entries(report.reasons).toSorted(([, a], [, b]) => b - a);
  return [
    ...table([
      [
        dryRun ? 'would keep' : 'kept',
        String(report.kept),
        report.kept > 0 ? `${day(report.from)} to ${day(report.to)}` : '',
      ],
      ['merged', String(report.merged), 'of those, with the one before'],
      ['redacted', String(redacted), 'texts with something taken out'],
      ['known', String(report.known), 'imported before'],
      ['too old', String(report.old), 'older than you keep them'],
      ['dropped', String(report.dropped), ''],
      ...reasons.map(([reason, count]) => ['', String(count), reason]),
    ]),
    ...(report.stopped ? ['Stopped before the end.'] : []),
  ];
}
