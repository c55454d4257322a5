import type { ForgetFilter } from '../model/log.ts';
import { type Connection, countOf } from './cipher.ts';

/**
 * A decision that led to no suggestion may still name a task worded from an observation before its last one. The
 * window an agent looks at is shorter than this many milliseconds.
 */
export const DECISION_WINDOW = 3_600_000;

/**
 * Taking words out of the index costs about 0.5 ms a row in place and 4 µs a row of the whole log by merging the index
 * anew (measured at 50,000 rows), so above one row in this many the merge is cheaper.
 */
const MERGE_ABOVE = 125;

const TABLES = ['events', 'suggestions', 'answers', 'feedbacks', 'decisions', 'audits', 'seen'] as const;

/**
 * Makes the function that removes rows, in one transaction, with everything that saw them:
 *
 *     filter -> observations -> events described, words in the index
 *                            -> suggestions that saw one -> answers, audit entries, decisions
 *                            -> feedback that saw one
 *
 * A range takes what overlaps it, and suggestions, feedback, answers, audits and decisions made within it. Other
 * decisions stay, without the task they named, for DECISION_WINDOW after a forgotten observation. Returns how many
 * observations went.
 */
export function createForget(db: Connection): (filter: ForgetFilter) => number {
  db.exec(`
    CREATE TEMP TABLE doomed (id TEXT PRIMARY KEY, at INTEGER, until INTEGER) WITHOUT ROWID;
    CREATE INDEX temp.doomed_at ON doomed(at);
    CREATE TEMP TABLE doomed_suggestions (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE doomed_feedbacks (id TEXT PRIMARY KEY) WITHOUT ROWID;
  `);
  const run = (sql: string, ...values: unknown[]) => db.prepare(sql).run(...values);
  const choose = (where: string, ...values: unknown[]) =>
    run(`INSERT INTO doomed SELECT id, at, at + duration FROM observations WHERE ${where}`, ...values);

  return db.transaction((filter: ForgetFilter): number => {
    for (const table of ['doomed', 'doomed_suggestions', 'doomed_feedbacks']) run(`DELETE FROM ${table}`);

    if ('everything' in filter) {
      const gone = countOf(db, 'observations');
      run("INSERT INTO search (search) VALUES ('delete-all')");
      run('DELETE FROM observations');
      for (const table of TABLES) run(`DELETE FROM ${table}`);
      return gone;
    }
    if ('observations' in filter) {
      choose('id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.observations));
    } else if ('events' in filter) {
      const ids = JSON.stringify(filter.events);
      choose(
        `EXISTS (SELECT 1 FROM json_each(observations.sources) s WHERE s.value IN (SELECT value FROM json_each(?)))`,
        ids,
      );
      run('DELETE FROM events WHERE id IN (SELECT value FROM json_each(?))', ids);
    } else if ('app' in filter) {
      choose('app = ?', filter.app);
      run('DELETE FROM events WHERE app = ?', filter.app);
    } else if ('suggestion' in filter) {
      run('INSERT INTO doomed_suggestions VALUES (?)', filter.suggestion);
    } else {
      const { from, to } = filter;
      choose('at <= ? AND at + duration >= ?', to, from);
      run('DELETE FROM events WHERE at BETWEEN ? AND ?', from, to);
      run('INSERT INTO doomed_suggestions SELECT id FROM suggestions WHERE at BETWEEN ? AND ?', from, to);
      run('INSERT INTO doomed_feedbacks SELECT id FROM feedbacks WHERE at BETWEEN ? AND ?', from, to);
      for (const table of ['answers', 'audits', 'decisions']) {
        run(`DELETE FROM ${table} WHERE at BETWEEN ? AND ?`, from, to);
      }
    }

    const saw = 'SELECT owner FROM seen WHERE observation IN (SELECT id FROM doomed)';
    run(`INSERT OR IGNORE INTO doomed_suggestions SELECT id FROM suggestions WHERE id IN (${saw})`);
    run(`INSERT OR IGNORE INTO doomed_feedbacks SELECT id FROM feedbacks
         WHERE id IN (${saw}) OR suggestion IN (SELECT id FROM doomed_suggestions)`);
    run('DELETE FROM answers WHERE id IN (SELECT id FROM doomed_suggestions)');
    run('DELETE FROM audits WHERE suggestion IN (SELECT id FROM doomed_suggestions)');
    run(`DELETE FROM decisions WHERE observation IN (SELECT id FROM doomed)
         OR suggestion IN (SELECT id FROM doomed_suggestions)`);
    run(
      `UPDATE decisions SET body = json_remove(body, '$.task') WHERE body -> '$.task' IS NOT NULL AND EXISTS
        (SELECT 1 FROM doomed WHERE doomed.at <= decisions.at AND doomed.until >= decisions.at - ?)`,
      DECISION_WINDOW,
    );
    run(`DELETE FROM events WHERE id IN (SELECT source.value FROM observations o, json_each(o.sources) source
         WHERE o.id IN (SELECT id FROM doomed))`);
    const merge = countOf(db, 'doomed') * MERGE_ABOVE > countOf(db, 'observations');
    // Either way no deleted word stays in an old segment of the index.
    if (merge) run("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)");
    run(`INSERT INTO search (search, rowid, sentence)
         SELECT 'delete', seq, sentence FROM observations WHERE id IN (SELECT id FROM doomed)`);
    if (merge) {
      run("INSERT INTO search (search) VALUES ('optimize')");
      run("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)");
    }
    run('DELETE FROM suggestions WHERE id IN (SELECT id FROM doomed_suggestions)');
    run('DELETE FROM feedbacks WHERE id IN (SELECT id FROM doomed_feedbacks)');
    run(`DELETE FROM seen WHERE observation IN (SELECT id FROM doomed)
         OR owner IN (SELECT id FROM doomed_suggestions) OR owner IN (SELECT id FROM doomed_feedbacks)`);
    return run('DELETE FROM observations WHERE id IN (SELECT id FROM doomed)').changes;
  });
}
