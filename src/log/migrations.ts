import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import { siteOf } from '../model/site.ts';
import type { Connection } from './cipher.ts';

/** One step of the schema. Applied once, in order, each in a transaction of its own; never edited after a release. */
export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly up: (db: Connection) => void;
}

/** `seq` is AUTOINCREMENT everywhere: a number of a forgotten row is never given again. */
function tables(db: Connection): void {
  db.exec(`
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      kind TEXT NOT NULL, app TEXT, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_at ON events(at);
    CREATE TABLE observations (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      duration INTEGER NOT NULL, kind TEXT NOT NULL, app TEXT, sentence TEXT NOT NULL, sources TEXT NOT NULL
    ) STRICT;
    CREATE INDEX observations_at ON observations(at);
    CREATE INDEX observations_app ON observations(app);
    CREATE TABLE suggestions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      state TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX suggestions_state ON suggestions(state);
    CREATE TABLE answers (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE TABLE feedbacks (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      suggestion TEXT, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX feedbacks_suggestion ON feedbacks(suggestion);
    CREATE TABLE decisions (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      observation TEXT, suggestion TEXT, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX decisions_at ON decisions(at);
    CREATE INDEX decisions_observation ON decisions(observation);
    CREATE INDEX decisions_suggestion ON decisions(suggestion);
    CREATE TABLE audits (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
      suggestion TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX audits_suggestion ON audits(suggestion);
    CREATE TABLE seen (
      observation TEXT NOT NULL, owner TEXT NOT NULL, PRIMARY KEY (observation, owner)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX seen_owner ON seen(owner);
  `);
}

/** FTS5 leaves the words of a deleted row in old segments unless told to take them out at once. */
function search(db: Connection): void {
  db.exec(`
    CREATE VIRTUAL TABLE search USING fts5(
      sentence, content='observations', content_rowid='seq',
      tokenize='unicode61 remove_diacritics 2', prefix='2'
    );
    INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
  `);
}

/**
 * Sites, so that one can be forgotten, and two changes that make forgetting fast: the indexes by time also hold
 * what overlapping and retention ask for, so that rows are found without being read; and the index keeps which rows hold a word but
 * not where in them (`detail=none`: no search here asks for it), so that there is less to rewrite.
 */
function sites(db: Connection): void {
  db.exec(`
    ALTER TABLE events ADD COLUMN site TEXT;
    ALTER TABLE observations ADD COLUMN site TEXT;
    CREATE INDEX events_site ON events(site) WHERE site IS NOT NULL;
    CREATE INDEX events_app ON events(app);
    CREATE INDEX observations_site ON observations(site) WHERE site IS NOT NULL;
    DROP INDEX events_at;
    CREATE INDEX events_at ON events(at, kind);
    DROP INDEX observations_at;
    CREATE INDEX observations_at ON observations(at, duration, kind);
    DROP TABLE search;
    CREATE VIRTUAL TABLE search USING fts5(
      sentence, content='observations', content_rowid='seq', detail='none',
      tokenize='unicode61 remove_diacritics 2', prefix='2'
    );
    INSERT INTO search(search, rank) VALUES ('secure-delete', 1);
    INSERT INTO search(search) VALUES ('rebuild');
  `);
  const put = db.prepare('UPDATE events SET site = ? WHERE seq = ?');
  const pages = db
    .prepare<[], { seq: number; page: string }>(
      "SELECT seq, body ->> '$.data.page' AS page FROM events WHERE kind = 'window' AND body ->> '$.data.page' IS NOT NULL",
    )
    .all();
  for (const { seq, page } of pages) put.run(siteOf(page) ?? null, seq);
}

/** What the user muted for good. A topic is found by what it came from, so that it is forgotten with it. */
function mutes(db: Connection): void {
  db.exec(`
    CREATE TABLE mutes (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL,
      suggestion TEXT, body TEXT NOT NULL, UNIQUE (what, name)
    ) STRICT;
  `);
}

/** SQL for the quarter and the application of a row: `new.`, `old.` or nothing in front of its columns. */
const quarterOf = (row: string) => `${row}at - ((${row}at % 900000) + 900000) % 900000`;
const appOf = (row: string) => `coalesce(${row}app, '')`;

/**
 * How many observations began in each quarter of an hour, by application ('' for none), so that a window knows how long
 * the timeline is without reading it. A quarter, because every local hour in the world is made of whole quarters of UTC.
 * Triggers keep it with the rows, in their transaction: whatever removes an observation takes its count, and a count of
 * none, which would still name an application, goes as well. Two indexes, because a page of one application is read by
 * time.
 */
function quarters(db: Connection): void {
  const add = `INSERT INTO quarters (at, app, many) VALUES (${quarterOf('new.')}, ${appOf('new.')}, 1)
      ON CONFLICT (at, app) DO UPDATE SET many = many + 1;`;
  const place = `at = ${quarterOf('old.')} AND app = ${appOf('old.')}`;
  const take = `UPDATE quarters SET many = many - 1 WHERE ${place};
    DELETE FROM quarters WHERE ${place} AND many <= 0;`;
  db.exec(`
    CREATE TABLE quarters (
      at INTEGER NOT NULL, app TEXT NOT NULL, many INTEGER NOT NULL, PRIMARY KEY (at, app)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO quarters SELECT ${quarterOf('')} AS start, ${appOf('')} AS name, count(*) FROM observations GROUP BY start, name;
    CREATE TRIGGER observations_added AFTER INSERT ON observations BEGIN ${add} END;
    CREATE TRIGGER observations_gone AFTER DELETE ON observations BEGIN ${take} END;
    CREATE TRIGGER observations_moved AFTER UPDATE OF at, app ON observations
      WHEN old.at <> new.at OR old.app IS NOT new.app BEGIN ${take} ${add} END;
    DROP INDEX observations_app;
    CREATE INDEX observations_app ON observations(app, at);
  `);
}

/** Steps of capture and drops are few among many events: insights asks for them day by day. */
function captures(db: Connection): void {
  db.exec(`
    CREATE INDEX events_capture ON events(at, seq) WHERE kind = 'capture';
    CREATE INDEX events_dropped ON events(at) WHERE kind = 'dropped';
  `);
}

/** Every step there is, oldest first. */
export const migrations: readonly Migration[] = [
  { id: 1, name: 'tables', up: tables },
  { id: 2, name: 'search', up: search },
  { id: 3, name: 'sites', up: sites },
  { id: 4, name: 'mutes', up: mutes },
  { id: 5, name: 'quarters', up: quarters },
  { id: 6, name: 'captures', up: captures },
];

/** The newest schema number in `list`. */
export function newest(list: readonly Migration[] = migrations): number {
  return Math.max(0, ...list.map((each) => each.id));
}

/** Which schema the file has: the highest applied step, 0 for an empty file. Reads only. */
export function schemaOf(db: Connection): number {
  const table = db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").get();
  if (!table) return 0;
  return db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM migrations').pluck().get() ?? 0;
}

/**
 * Brings the file to the newest schema and says which that is. A file from a newer program is refused before a byte
 * of it changes. A step that fails leaves the steps before it in place and the file usable by the older program.
 */
export function migrate(
  db: Connection,
  clock: Clock,
  place: string,
  list: readonly Migration[] = migrations,
): number {
  const found = schemaOf(db);
  const known = newest(list);
  if (found > known) {
    throw new AppError(
      'refused',
      `[log] ${place} was written by a newer version of Beforehand (schema ${found}, this one knows ${known}): update the program; the file was not touched`,
    );
  }
  const missing = list.filter((each) => each.id > found);
  if (missing.length === 0) return known;
  db.exec(
    'CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT',
  );
  const note = db.prepare('INSERT INTO migrations (id, name, at) VALUES (?, ?, ?)');
  for (const each of missing) {
    db.transaction(() => {
      each.up(db);
      note.run(each.id, each.name, clock.now());
    }).immediate();
  }
  return known;
}
