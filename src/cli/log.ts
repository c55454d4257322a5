import { InvalidArgumentError, type Command } from 'commander';
import { resolve } from 'node:path';
import { AppError } from '../errors.ts';
import { ForgetFilter } from '../model/log.ts';
import { result } from './output.ts';
import { withLog } from './withLog.ts';

interface Common {
  readonly demo: boolean;
  readonly json: boolean;
}

/** `beforehand log`: read, search, forget, check and back up what was kept. */
export function addLog(program: Command): void {
  const log = program.command('log').description('read, search, forget, check or back up what was kept');
  const verb = (name: string, words: string) =>
    log
      .command(name)
      .description(words)
      .option('--demo', 'of the demo day instead of your own log', false)
      .option('--json', 'print JSON', false);

  verb('show', 'the newest observations')
    .option('--limit <n>', 'how many', count, 50)
    .option('--text <words>', 'only those with these words')
    .option('--app <name>', 'only those of this app')
    .action(async (options: Common & { limit: number; text?: string; app?: string }) => {
      await withLog(options, async (each) => {
        const { limit, text, app } = options;
        const page = await each.observations({ limit, ...(text && { text }), ...(app && { app }) });
        const rows = page.rows.toReversed();
        result(
          options.json,
          rows,
          rows.map((row) => `${new Date(row.time).toLocaleString('sv')}  ${row.event}`),
        );
      });
    });

  verb('why', 'the newest turns of the agent: why it spoke or stayed silent')
    .option('--limit <n>', 'how many', count, 50)
    .action(async (options: Common & { limit: number }) => {
      await withLog(options, async (each) => {
        const rows = (await each.decisions({ limit: options.limit })).rows.toReversed();
        const line = (row: (typeof rows)[number]) =>
          `${new Date(row.at).toLocaleString('sv')}  ${row.outcome.padEnd(8)}  ${row.task ?? row.reason}`;
        result(options.json, rows, rows.map(line));
      });
    });

  verb('forget', 'remove observations and all that came of them, for good')
    .option('--app <name>', 'everything of one app')
    .option('--from <time>', 'start of a range of time, e.g. 2026-01-31T09:00', time)
    .option('--to <time>', 'its end', time)
    .option('--everything', 'all of it', false)
    .action(async (options: Common & { app?: string; from?: number; to?: number; everything: boolean }) => {
      const filter = filterOf(options);
      await withLog(options, async (each) => {
        const forgotten = await each.forget(filter);
        result(options.json, { forgotten }, [`Forgot ${forgotten} observations.`]);
      });
    });

  verb('check', 'check the log’s integrity').action(async (options: Common) => {
    await withLog(options, async (each) => {
      const [integrity, state] = [await each.check(), await each.state()];
      result(options.json, { integrity, ...state }, [
        `${integrity === 'ok' ? 'Sound' : integrity}: ${state.events} events in ${state.place}`,
      ]);
      if (integrity !== 'ok') process.exitCode = 1;
    });
  });

  verb('backup <file>', 'write an encrypted copy, also while Beforehand runs').action(
    async (file: string, options: Common) => {
      await withLog(options, async (each) => {
        await each.backup(resolve(file));
        result(options.json, { file: resolve(file) }, [`Backed up to ${resolve(file)}.`]);
      });
    },
  );
}

/** Exactly one way to choose: of two, the wider one must not win unasked. */
function filterOf(options: {
  readonly app?: string;
  readonly from?: number;
  readonly to?: number;
  readonly everything: boolean;
}): ForgetFilter {
  const { app, from, to, everything } = options;
  const range = from !== undefined || to !== undefined;
  const filter = ForgetFilter.safeParse(everything ? { everything } : range ? { from, to } : { app });
  if (!filter.success || [everything, range, app !== undefined].filter(Boolean).length !== 1) {
    throw new AppError(
      'usage',
      '[log] say what to forget by one of: --app, both --from and --to, or --everything.',
    );
  }
  return filter.data;
}

/** A positive whole number from the command line. */
function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.');
  }
  return value;
}

function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('It must be a time such as 2026-01-31T09:00.');
  return value;
}
