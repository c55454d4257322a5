import type { Command } from 'commander';
import { presentRows } from '../app/doing.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry } from '../model/feedback.ts';
import { createPaths } from '../paths.ts';
import { result } from './output.ts';
import { callRunning } from './running.ts';
import { withLog } from './withLog.ts';

/** How far back `undo` looks for what can be taken back, in entries. */
const BACK = 500;
/** Characters of the arguments on one line of a terminal. */
const WIDTH = 90;

/** `beforehand undo`: takes back the newest thing that was done, or the one of a suggestion. */
export function addUndo(program: Command): void {
  program
    .command('undo')
    .description('take back what an accepted suggestion did: the newest that can be, or one by its id')
    .argument('[id]', 'id of the suggestion, or its beginning, as `log audit` prints it')
    .option('--json', 'print JSON', false)
    .action(async (id: string | undefined, { json }: { json: boolean }) => {
      const entry = await callRunning(createPaths(), async (client) => {
        const { rows } = await client.call('operations.list', { limit: BACK });
        return client.call('operations.undo', { suggestion: chosen(rows, id) });
      });
      if (!entry) {
        throw new AppError(
          'not-running',
          '[undo] Beforehand is not running: start it with `npm start`, and take it back then; nothing is lost by that.',
        );
      }
      result(json, entry, [entry.detail ?? 'Taken back.']);
      if (entry.result !== 'done') process.exitCode = 1;
    });
}

/** `beforehand log audit`: what was done, newest last. `log` is the verb that it is part of. */
export function addAudit(log: Command): void {
  log
    .command('audit')
    .description('what it did for you and what was taken back, with the arguments as they were shown')
    .option('--limit <n>', 'how many', '50')
    .option('--demo', 'of the demo day instead of your own log', false)
    .option('--json', 'print JSON', false)
    .action(async (options: { limit: string; demo: boolean; json: boolean }) => {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
        throw new AppError('usage', '[log] --limit must be a whole number from 1 to 500.');
      }
      await withLog(options, async (each) => {
        const page = await each.audits({ limit });
        const rows = (await presentRows(each, page.rows)).toReversed();
        result(options.json, rows, rows.map(lineOf));
      });
    });
}

function lineOf({ at, operation, result: came, arguments: what, suggestion, undoable }: AuditEntry): string {
  const flat = what.replace(/\s*\n\s*/g, ', ');
  const short = flat.length > WIDTH ? `${flat.slice(0, WIDTH - 1).toWellFormed()}…` : flat;
  const undo = undoable ? `  (undo ${suggestion})` : '';
  return `${new Date(at).toLocaleString('sv')}  ${operation.padEnd(6)}  ${came.padEnd(7)}  ${short}${undo}`;
}

function chosen(rows: readonly AuditEntry[], id: string | undefined): string {
  const undoable = rows.filter((row) => row.undoable && (id === undefined || row.suggestion.startsWith(id)));
  const ids = [...new Set(undoable.map((row) => row.suggestion))];
  const [first, ...more] = ids;
  if (first === undefined) {
    throw new AppError('not-found', '[undo] there is nothing to take back; `log audit` lists what was done.');
  }
  if (id !== undefined && more.length > 0) {
    throw new AppError('usage', `[undo] ${ids.length} suggestions begin with ${id}: give more of the id.`);
  }
  return first;
}
