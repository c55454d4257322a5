import { InvalidArgumentError, type Command } from 'commander';
import { resolve } from 'node:path';
import { openLearner } from '../app/learnerHere.ts';
import { AppError } from '../errors.ts';
import { type EventLog, ForgetFilter, type LogCopy } from '../model/log.ts';
import { siteOf } from '../model/site.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { forgetPast } from '../study/turning.ts';
import { createJournal, pruneJournal } from '../operations/journal.ts';
import { addMoving } from './moving.ts';
import { result, say } from './output.ts';
import { addAudit } from './undo.ts';
import { withLog } from './withLog.ts';

interface Common {
  readonly demo: boolean;
  readonly json: boolean;
}

/** `beforehand log`: read, search, forget, check, back up and move what was kept. */
export function addLog(program: Command): void {
  const log = program.command('log').description('read, search, forget, check or back up what was kept');
  addMoving(log);
  addAudit(log);
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
    .option('--site <host>', 'everything of one site and what is below it, e.g. example.org', site)
    .option('--event <id...>', 'single events or observations, by the ids that `log show --json` prints')
    .option('--from <time>', 'start of a range of time, e.g. 2026-01-31T09:00', time)
    .option('--to <time>', 'its end', time)
    .option('--study <id>', 'what a study collected: its suggestions and your answers')
    .option('--everything', 'all of it', false)
    .action(async (options: Common & Choice) => {
      const filter = filterOf(options);
      await withLog(options, async (each, alone) => {
        const forgotten = await each.forget(filter);
        if ('everything' in filter) await forgetStudies(options);
        if (alone) await forgetLearnt(options, each, 'everything' in filter);
        await forgetRenames(options, each);
        const [left, { warning }] = [await each.copies(), await each.state()];
        result(options.json, { forgotten, copies: left, warning }, [
          'study' in filter
            ? `Forgot what the study ${filter.study} collected.`
            : `Forgot ${forgotten} observations.`,
          ...(warning?.includes('not overwritten') ? [warning] : []),
          ...remains(left, 'everything' in filter),
        ]);
      });
    });

  verb('rotate-key', 'lock the log with a new key and destroy the old one')
    .option('--yes', 'even though copies made with the old key open no more', false)
    .action(async (options: Common & { yes: boolean }) => {
      await withLog(options, async (each) => {
        const locked = (await each.copies()).filter(({ kind }) => kind !== 'archive' && kind !== 'export');
        if (locked.length > 0 && !options.yes) {
          throw new AppError(
            'usage',
            `[log] ${locked.length === 1 ? 'this copy opens' : 'these copies open'} with the present key only and will be lost: ${locked.map(({ file }) => file).join(', ')}; add --yes to go on.`,
          );
        }
        await each.rotateKey();
        result(options.json, { rotated: true, lost: locked }, [
          'The log has a new key; the old one is destroyed.',
        ]);
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

/** What forgetting could not reach, in a sentence for each. */
function remains(copies: readonly LogCopy[], everything: boolean): string[] {
  return copies.map(({ file, kind }) => {
    if (kind === 'archive' || kind === 'export')
      return `The ${kind} ${file} still holds what it held: delete it if that is to go too.`;
    return everything
      ? `The copy ${file} can't be opened by anybody any more: its key is destroyed.`
      : `The copy ${file} still holds what it held: delete it, or \`log rotate-key\` makes it unreadable.`;
  });
}

interface Choice {
  readonly app?: string;
  readonly site?: string;
  readonly event?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly study?: string;
  readonly everything: boolean;
}

/** A running core has done it already. */
async function forgetStudies({ demo }: Pick<Common, 'demo'>): Promise<void> {
  const store = createSettingsStore(createPaths(demo ? { profile: 'demo' } : {}));
  if (store.studies().past.length > 0) await store.setStudies(forgetPast);
}

/** What was learnt names apps: those without an answer go, as in a running core. */
async function forgetLearnt(
  { demo }: Pick<Common, 'demo'>,
  log: EventLog,
  everything: boolean,
): Promise<void> {
  const learner = await openLearner({
    paths: createPaths(demo ? { profile: 'demo' } : {}),
    log,
    clock: systemClock,
    learning: () => false,
    studying: () => false,
    onChange() {},
    onNote: say,
  });
  await learner.forgotten(everything);
  await learner.close();
}

/** The records of renames hold paths: they go with their suggestions, whether a core runs or not. */
async function forgetRenames({ demo }: Pick<Common, 'demo'>, log: EventLog): Promise<void> {
  const { renames } = createPaths(demo ? { profile: 'demo' } : {});
  await pruneJournal(createJournal(renames), async (id) => (await log.suggestion(id)) !== null);
}

/** Exactly one way to choose: of two, the wider one must not win unasked. */
function filterOf(options: Choice): ForgetFilter {
  const { app, site, event, from, to, study, everything } = options;
  const ways = [
    everything && { everything },
    (from !== undefined || to !== undefined) && { from, to },
    app !== undefined && { app },
    site !== undefined && { site },
    event !== undefined && { events: event },
    study !== undefined && { study },
  ].filter((way) => way !== false);
  const filter = ForgetFilter.safeParse(ways[0]);
  if (!filter.success || ways.length !== 1) {
    throw new AppError(
      'usage',
      '[log] say what to forget by one of: --app, --site, --event, --study, both --from and --to, or --everything.',
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

function site(text: string): string {
  const written = text.trim();
  if (siteOf(/^https?:/i.test(written) ? written : `https://${written}`) === undefined) {
    throw new InvalidArgumentError('It must be a host such as example.org.');
  }
  return written;
}

function time(text: string): number {
  const value = Date.parse(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('It must be a time such as 2026-01-31T09:00.');
  return value;
}
