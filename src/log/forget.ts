import { isApp } from '../model/app.ts';
import type { ForgetFilter } from '../model/log.ts';
import { KeptMute } from '../model/mute.ts';
import { isWithin, siteKey } from '../model/site.ts';
import { type Connection, countOf } from './cipher.ts';

/**
 * A decision that led to no suggestion may still name a task worded from an observation before its last one. The
 * window an agent looks at is shorter than this many milliseconds.
 */
export const DECISION_WINDOW = 3_600_000;

/**
 * Taking words out of the index costs in place up to 3 ms a row where its rows lie far apart and 0.2 ms where they lie
 * together (a stretch of time), and 0.4 µs a row of the whole log by merging the index anew (measured at 50,000 and
 * 500,000 rows). So above one row in this many the merge is cheaper.
 */
const MERGE_ABOVE = { apart: 5000, together: 400 } as const;

/** A page's own window may have been in front this long before its extension spoke, and told of after, in milliseconds. */
export const TITLE_BEFORE = 600_000;
export const TITLE_AFTER = 10_000;

const TABLES = [
  'events',
  'suggestions',
  'answers',
  'feedbacks',
  'decisions',
  'audits',
  'seen',
  'mutes',
] as const;

/** Rows that are to go with all that came of them. */
export interface Doomed {
  /** Forgets what was chosen before. */
  clear(): void;
  /** Chooses observations by a condition on their table. */
  observations(where: string, ...values: readonly unknown[]): void;
  /** Chooses suggestions, or feedback, by a condition on their table. */
  owners(table: 'suggestions' | 'feedbacks', where: string, ...values: readonly unknown[]): void;
  /** Removes what was chosen, rows `apart` or of one stretch; returns how many observations went. */
  remove(lie: keyof typeof MERGE_ABOVE): number;
  /** Removes chosen observations, their events and the decisions about them only: what else saw them stays. */
  removeAlone(lie: keyof typeof MERGE_ABOVE): number;
}

/** Prepares the temporary tables in which doomed rows are collected. Use inside a transaction. */
export function createDoomed(db: Connection): Doomed {
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS doomed (id TEXT PRIMARY KEY, at INTEGER, until INTEGER) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS temp.doomed_at ON doomed(at);
    CREATE TEMP TABLE IF NOT EXISTS doomed_suggestions (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE IF NOT EXISTS doomed_feedbacks (id TEXT PRIMARY KEY) WITHOUT ROWID;
  `);
  const run = (sql: string, ...values: readonly unknown[]) => db.prepare(sql).run(...values);

  function removeAlone(lie: keyof typeof MERGE_ABOVE): number {
    run('DELETE FROM decisions WHERE observation IN (SELECT id FROM doomed)');
    run(`DELETE FROM events WHERE id IN (SELECT source.value FROM observations o, json_each(o.sources) source
         WHERE o.id IN (SELECT id FROM doomed))`);
    const merge = countOf(db, 'doomed') * MERGE_ABOVE[lie] > countOf(db, 'observations');
    // Either way no deleted word stays in an old segment of the index.
    if (merge) run("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)");
    run(`INSERT INTO search (search, rowid, sentence)
         SELECT 'delete', seq, sentence FROM observations WHERE id IN (SELECT id FROM doomed)`);
    if (merge) {
      run("INSERT INTO search (search) VALUES ('optimize')");
      run("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)");
    }
    return run('DELETE FROM observations WHERE id IN (SELECT id FROM doomed)').changes;
  }

  return {
    clear() {
      for (const table of ['doomed', 'doomed_suggestions', 'doomed_feedbacks']) run(`DELETE FROM ${table}`);
    },
    observations(where, ...values) {
      run(
        `INSERT OR IGNORE INTO doomed SELECT id, at, at + duration FROM observations WHERE ${where}`,
        ...values,
      );
    },
    owners(table, where, ...values) {
      run(`INSERT OR IGNORE INTO doomed_${table} SELECT id FROM ${table} WHERE ${where}`, ...values);
    },
    remove(lie) {
      const saw = 'SELECT owner FROM seen WHERE observation IN (SELECT id FROM doomed)';
      run(`INSERT OR IGNORE INTO doomed_suggestions SELECT id FROM suggestions WHERE id IN (${saw})`);
      run(`INSERT OR IGNORE INTO doomed_feedbacks SELECT id FROM feedbacks
           WHERE id IN (${saw}) OR suggestion IN (SELECT id FROM doomed_suggestions)`);
      run('DELETE FROM answers WHERE id IN (SELECT id FROM doomed_suggestions)');
      run('DELETE FROM audits WHERE suggestion IN (SELECT id FROM doomed_suggestions)');
      run('DELETE FROM decisions WHERE suggestion IN (SELECT id FROM doomed_suggestions)');
      run(
        `UPDATE decisions SET body = json_remove(body, '$.task') WHERE body -> '$.task' IS NOT NULL AND EXISTS
          (SELECT 1 FROM doomed WHERE doomed.at <= decisions.at AND doomed.until >= decisions.at - ?)`,
        DECISION_WINDOW,
      );
      run(`DELETE FROM mutes WHERE what = 'topic' AND suggestion IN (SELECT id FROM doomed_suggestions)`);
      run('DELETE FROM suggestions WHERE id IN (SELECT id FROM doomed_suggestions)');
      run('DELETE FROM feedbacks WHERE id IN (SELECT id FROM doomed_feedbacks)');
      run(`DELETE FROM seen WHERE observation IN (SELECT id FROM doomed)
           OR owner IN (SELECT id FROM doomed_suggestions) OR owner IN (SELECT id FROM doomed_feedbacks)`);
      return removeAlone(lie);
    },
    removeAlone,
  };
}

/** The condition that an observation was selected: within a stretch, of one application, not left out (4 values). */
const chosen = (time: string, app: string, id: string) =>
  `EXISTS (SELECT 1 FROM json_each(?) w WHERE ${time} BETWEEN w.value ->> '$.from' AND w.value ->> '$.to')
     AND (? IS NULL OR coalesce(${app}, '') = ?) AND ${id} NOT IN (SELECT value FROM json_each(?))`;

/**
 * Makes the function that removes rows, in one transaction, with everything that saw them:
 *
 *     filter -> observations -> events described, words in the index
 *                            -> suggestions that saw one -> answers, audit entries, decisions
 *                            -> feedback that saw one
 *
 * A muted topic is made of words that were seen: it goes with the suggestion it came from, and, once that has left the
 * log, by the app, the site or the time it names.
 *
 * A range takes what overlaps it, and suggestions, feedback, answers, audits and decisions made within it. Suggestions
 * and feedback outlive the observations they saw (retention), so they are asked themselves what they saw. Other
 * decisions stay, without the task they named, for DECISION_WINDOW after a forgotten observation. Returns how many
 * observations went.
 */
export function createForget(db: Connection): (filter: ForgetFilter) => number {
  const doomed = createDoomed(db);
  const run = (sql: string, ...values: readonly unknown[]) => db.prepare(sql).run(...values);

  /** Suggestions and feedback that saw an observation of which `condition` holds. */
  const whoSaw = (condition: string, ...values: readonly unknown[]) => {
    for (const table of ['suggestions', 'feedbacks'] as const) {
      const where = `EXISTS (SELECT 1 FROM json_each(${table}.body, '$.seen') s WHERE ${condition})`;
      doomed.owners(table, where, ...values);
    }
  };

  function chooseEvents(list: readonly string[]): void {
    const ids = JSON.stringify(list);
    // An observation is found by its first event, or by lying over the moment of a later one; in a flood two may swap.
    doomed.observations('id IN (SELECT value FROM json_each(?))', ids);
    doomed.observations(
      `seq IN (SELECT o.seq FROM events e, observations o WHERE e.id IN (SELECT value FROM json_each(?))
         AND o.at <= e.at + 60000 AND o.at + o.duration >= e.at - 60000
         AND EXISTS (SELECT 1 FROM json_each(o.sources) s WHERE s.value = e.id))`,
      ids,
    );
    whoSaw(
      `EXISTS (SELECT 1 FROM json_each(s.value, '$.sources') x WHERE x.value IN (SELECT value FROM json_each(?)))`,
      ids,
    );
    run('DELETE FROM events WHERE id IN (SELECT value FROM json_each(?))', ids);
  }

  function chooseRange(from: number, to: number): void {
    doomed.observations('at <= ? AND at + duration >= ?', to, from);
    whoSaw(`s.value ->> '$.time' <= ? AND s.value ->> '$.time' + (s.value ->> '$.duration') >= ?`, to, from);
    run('DELETE FROM events WHERE at BETWEEN ? AND ?', from, to);
    for (const table of ['suggestions', 'feedbacks'] as const) {
      doomed.owners(table, 'at BETWEEN ? AND ?', from, to);
    }
    for (const table of ['answers', 'audits', 'decisions']) {
      run(`DELETE FROM ${table} WHERE at BETWEEN ? AND ?`, from, to);
    }
    dropTopics((each) => each.at >= from && (each.from ?? each.at) <= to);
  }

  /** What was selected in a list: by when it began, by one application, but for some, and some more. */
  function chooseBegan({
    began,
    only,
    except = [],
    also = [],
  }: Extract<ForgetFilter, { began: unknown }>): void {
    const names = [JSON.stringify(began), only ?? null, only ?? null, JSON.stringify(except)] as const;
    // A stretch at a time, so that the index by time finds the rows.
    for (const { from, to } of began) {
      doomed.observations(`at BETWEEN ? AND ? AND ${chosen('at', 'app', 'id')}`, from, to, ...names);
    }
    whoSaw(chosen("s.value ->> '$.time'", "s.value ->> '$.app'", "s.value ->> '$.id'"), ...names);
    if (also.length === 0) return;
    const more = JSON.stringify(also);
    doomed.observations('id IN (SELECT value FROM json_each(?))', more);
    whoSaw(`s.value ->> '$.id' IN (SELECT value FROM json_each(?))`, more);
  }

  /** Muted topics are few, so they are looked at one by one. */
  function dropTopics(doomedTopic: (mute: KeptMute) => boolean): void {
    const rows = db.prepare<[], { seq: number; body: string }>(
      `SELECT seq, body FROM mutes WHERE what = 'topic'`,
    );
    for (const { seq, body } of rows.all()) {
      const mute = KeptMute.safeParse(JSON.parse(body));
      if (!mute.success || doomedTopic(mute.data)) run('DELETE FROM mutes WHERE seq = ?', seq);
    }
  }

  /**
   * A browser's window shows the title of the page that its extension tells of: windows without an address, in front at
   * about the same time, whose title holds a page's title, go with that page.
   */
  function chooseTitles(sites: string): void {
    const titled = db.prepare<unknown[], string>(
      `SELECT DISTINCT w.id FROM events p, events w
         WHERE p.site IN (SELECT value FROM json_each(?)) AND length(p.body ->> '$.data.title') > 0
           AND w.at BETWEEN p.at - ? AND p.at + (p.body ->> '$.duration') + ?
           AND w.kind = 'window' AND w.site IS NULL
           AND instr(w.body ->> '$.data.title', p.body ->> '$.data.title') > 0`,
    );
    const ids = titled.pluck().all(sites, TITLE_BEFORE, TITLE_AFTER);
    if (ids.length > 0) chooseEvents(ids);
  }

  /** The sites in a table that are this one or lie below it, as a JSON list. */
  function sitesOf(table: 'events' | 'observations', site: string): string {
    const all = db.prepare<[], string>(`SELECT DISTINCT site FROM ${table} WHERE site IS NOT NULL`).pluck();
    return JSON.stringify(all.all().filter((each) => isWithin(each, site)));
  }

  /** The names in a table of the application that a person means, as a JSON list. */
  function appsOf(table: 'events' | 'observations', app: string): string {
    const all = db.prepare<[], string>(`SELECT DISTINCT app FROM ${table} WHERE app IS NOT NULL`).pluck();
    return JSON.stringify(all.all().filter((each) => isApp(each, app)));
  }

  /** The same of what suggestions and feedback saw, which may have left the log. */
  function appsSeen(app: string): string {
    const names = (['suggestions', 'feedbacks'] as const).flatMap((table) =>
      db
        .prepare<[], string>(
          `SELECT DISTINCT s.value ->> '$.app' FROM ${table} t, json_each(t.body, '$.seen') s
             WHERE s.value ->> '$.app' IS NOT NULL`,
        )
        .pluck()
        .all(),
    );
    return JSON.stringify(names.filter((each) => isApp(each, app)));
  }

  return db.transaction((filter: ForgetFilter): number => {
    doomed.clear();
    if ('everything' in filter) {
      const gone = countOf(db, 'observations');
      run("INSERT INTO search (search) VALUES ('delete-all')");
      run('DELETE FROM observations');
      for (const table of TABLES) run(`DELETE FROM ${table}`);
      return gone;
    }
    if ('began' in filter) {
      chooseBegan(filter);
    } else if ('observations' in filter) {
      const ids = JSON.stringify(filter.observations);
      doomed.observations('id IN (SELECT value FROM json_each(?))', ids);
      whoSaw(`s.value ->> '$.id' IN (SELECT value FROM json_each(?))`, ids);
    } else if ('events' in filter) {
      chooseEvents(filter.events);
    } else if ('app' in filter) {
      doomed.observations('app IN (SELECT value FROM json_each(?))', appsOf('observations', filter.app));
      whoSaw(`s.value ->> '$.app' IN (SELECT value FROM json_each(?))`, appsSeen(filter.app));
      run('DELETE FROM events WHERE app IN (SELECT value FROM json_each(?))', appsOf('events', filter.app));
      dropTopics(({ apps = [] }) => apps.some((each) => isApp(each, filter.app)));
    } else if ('site' in filter) {
      const site = siteKey(filter.site);
      // By way of the few sites there are: the index then finds the rows.
      doomed.observations(`site IN (SELECT value FROM json_each(?))`, sitesOf('observations', site));
      const saw = `s.value ->> '$.site'`;
      whoSaw(`${saw} = ? OR substr(${saw}, -length(?) - 1) = '.' || ?`, site, site, site);
      const sites = sitesOf('events', site);
      chooseTitles(sites);
      dropTopics((each) => (each.sites ?? []).some((of) => isWithin(of, filter.site)));
      run('DELETE FROM events WHERE site IN (SELECT value FROM json_each(?))', sites);
    } else if ('suggestion' in filter) {
      doomed.owners('suggestions', 'id = ?', filter.suggestion);
      // Its feedback goes even where the suggestion itself is gone.
      doomed.owners('feedbacks', 'suggestion = ?', filter.suggestion);
      run('DELETE FROM answers WHERE id = ?', filter.suggestion);
      run('DELETE FROM audits WHERE suggestion = ?', filter.suggestion);
      run('DELETE FROM decisions WHERE suggestion = ?', filter.suggestion);
      run(`DELETE FROM mutes WHERE what = 'topic' AND suggestion = ?`, filter.suggestion);
    } else if ('study' in filter) {
      const marked = "body ->> '$.study.id' = ?";
      doomed.owners('suggestions', marked, filter.study);
      doomed.owners('feedbacks', marked, filter.study);
      run(`DELETE FROM decisions WHERE ${marked}`, filter.study);
    } else {
      chooseRange(filter.from, filter.to);
    }
    return doomed.remove('from' in filter || 'began' in filter ? 'together' : 'apart');
  });
}
