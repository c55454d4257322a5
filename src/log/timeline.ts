import type { EventLog, Quarter, Stay } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import type { Connection } from './cipher.ts';

/** What the timeline asks of the log; each answers at once. */
export type TimelineReader = {
  readonly [K in 'quarters' | 'byTime' | 'stays']: (
    ...input: Parameters<EventLog[K]>
  ) => Awaited<ReturnType<EventLog[K]>>;
};

/** Stays that are read at most: more than a day of switching windows every three seconds. */
export const MOST_STAYS = 10_000;

/** How many rows a place in time is asked for: 100 unless told, 1 to 1,000. */
export function stretchLimit(limit = 100): number {
  return Math.min(1000, Math.max(1, Math.trunc(limit)));
}

interface Counted {
  readonly at: number;
  readonly many: number;
}

const LAST = Number.MAX_SAFE_INTEGER;

/**
 * Prepares reading by time. Rows are found in an index that holds the time, so that skipping reads no row; only the rows
 * of the page are read from the table. `parse` is the reader's own.
 */
export function createTimelineReader(
  db: Connection,
  columns: string,
  parse: (body: string) => Observation | null,
): TimelineReader {
  const all = db.prepare<unknown[], Counted>(
    'SELECT at, sum(many) AS many FROM quarters WHERE at >= ? GROUP BY at ORDER BY at DESC',
  );
  const ofApp = db.prepare<unknown[], Counted>(
    'SELECT at, many FROM quarters WHERE at >= ? AND app = ? ORDER BY at DESC',
  );
  const page = (index: string, where: string) =>
    db.prepare<unknown[], { body: string }>(
      `SELECT ${columns} FROM (SELECT seq, at FROM observations INDEXED BY ${index}
         WHERE ${where} at BETWEEN ? AND ? ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?) p
       CROSS JOIN observations o ON o.seq = p.seq ORDER BY p.at DESC, p.seq DESC`,
    );
  const any = page('observations_at', '');
  const one = page('observations_app', 'app = ? AND');
  const stays = db.prepare<unknown[], Stay>(
    `SELECT id, at AS time, duration, app FROM observations INDEXED BY observations_at
       WHERE at >= ? AND kind = 'window' AND app IS NOT NULL ORDER BY at DESC LIMIT ?`,
  );
  return {
    quarters({ app, from = 0 } = {}) {
      const rows = app === undefined ? all.all(from) : ofApp.all(from, app);
      return rows.map(({ at, many }): Quarter => [at, many]);
    },
    byTime({ from = -LAST, to = LAST, skip = 0, limit, app }) {
      const rest = [from, to, stretchLimit(limit), skip];
      const rows = app === undefined ? any.all(...rest) : one.all(app, ...rest);
      return rows.map((row) => parse(row.body)).filter((row) => row !== null);
    },
    stays: (from) => stays.all(from, MOST_STAYS),
  };
}
