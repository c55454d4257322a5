import type { Assistant } from '../contract.ts';
import type { AuditEntry } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of what was done: the audit log and undoing. `undo` takes back what an accepted suggestion did. */
export function createDoing(parts: {
  readonly log: EventLog;
  readonly undo: (suggestion: string) => Promise<AuditEntry>;
}): Pick<Handlers<Assistant>, 'operations.undo' | 'operations.list'> {
  return {
    'operations.undo': ({ suggestion }) => parts.undo(suggestion),
    async 'operations.list'(range) {
      const page = await parts.log.audits(range);
      return { rows: [...(await presentRows(parts.log, page.rows))], next: page.next };
    },
  };
}

/** Entries are never changed once they are written: whether a thing can still be taken back is told of its newest one. */
export async function presentRows(
  log: Pick<EventLog, 'answerOf'>,
  rows: readonly AuditEntry[],
): Promise<readonly AuditEntry[]> {
  const told = new Set<string>();
  return Promise.all(
    rows.map(async ({ undoable: _then, ...row }) => {
      const newest = !told.has(row.suggestion);
      told.add(row.suggestion);
      const undoable = newest && (await log.answerOf(row.suggestion))?.undoable === true;
      return { ...row, ...(undoable && { undoable }) };
    }),
  );
}
