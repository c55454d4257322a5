import type { z } from 'zod';
import type { Page, Range } from '../model/log.ts';
import { CaptureMark, type Captured, Offered, Told } from '../model/outcome.ts';
import type { Connection } from './cipher.ts';

/** Columns rather than bodies: what was seen is most of a row, and nobody here reads it. */
const OFFERED = `SELECT seq, json_object('id', id, 'at', at, 'state', state, 'task', body ->> '$.proposal.task',
    'proposer', body ->> '$.proposal.proposer', 'score', body ->> '$.score',
    'audit', iif(body ->> '$.audit', json('true'), NULL),
    'shownAt', (SELECT max(step.value ->> '$.at') FROM json_each(body, '$.history') step
      WHERE step.value ->> '$.state' = 'shown')) AS body
  FROM suggestions WHERE seq < ? AND at BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?`;

const TOLD = `SELECT seq, json_object('id', id, 'at', at, 'label', body ->> '$.label', 'via', body ->> '$.via',
    'suggestion', suggestion, 'decision', body ->> '$.decision', 'reason', body ->> '$.reason',
    'needed', json(body -> '$.needed')) AS body
  FROM feedbacks WHERE seq < ? AND at BETWEEN ? AND ? ORDER BY seq DESC LIMIT ?`;

/** Answered by the index by time alone. */
const KINDS = 'SELECT kind, count(*) AS n FROM events WHERE at BETWEEN ? AND ? GROUP BY kind';

const DROPS = `SELECT body ->> '$.data.source' AS source, body ->> '$.data.reason' AS reason,
    sum(body ->> '$.data.count') AS count
  FROM events WHERE at BETWEEN ? AND ? AND kind = 'dropped' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`;

const MARK = `json_object('at', at, 'state', body ->> '$.data.state', 'source', body ->> '$.data.source',
    'restarts', body ->> '$.data.restarts',
    'previous', (SELECT max(p.at) FROM events p WHERE p.at < events.at AND p.kind <> 'capture')) AS body`;

const MARKS = `SELECT seq, ${MARK} FROM events
  WHERE at BETWEEN ? AND ? AND kind = 'capture' ORDER BY at, seq`;

/** The last steps before a moment; a day has few of them. */
const BEFORE = `SELECT seq, ${MARK} FROM events
  WHERE at < ? AND kind = 'capture' ORDER BY at DESC, seq DESC LIMIT ?`;

/** Steps that are read back to find where capture stood. */
const BACK = 64;

interface Row {
  readonly seq: number;
  readonly body: string;
}

/** How many rows a range of outcomes asks for: 1,000 unless told, 1 to 5,000. */
export function outcomeLimit(range: Range): number {
  return Math.min(5000, Math.max(1, Math.trunc(range.limit ?? 1000)));
}

/** From the last step of capture on: what came before it no longer holds. Oldest first. */
export function lastRun(newestFirst: readonly CaptureMark[]): CaptureMark[] {
  const at = newestFirst.findIndex((each) => each.source === undefined);
  return newestFirst.slice(0, at < 0 ? newestFirst.length : at + 1).toReversed();
}

/** Reads outcomes and counts for insights; `unreadable` hears of each row that does not fit its schema. */
export function createOutcomeReader(db: Connection, unreadable: () => void) {
  function parsed<T>(schema: z.ZodType<T>, body: string): T | null {
    const value = JSON.parse(body) as Record<string, unknown>;
    for (const [name, each] of Object.entries(value)) {
      if (each === null && name !== 'previous') delete value[name];
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    unreadable();
    return null;
  }

  function page<T>(schema: z.ZodType<T>, sql: string, range: Range): Page<T> {
    const limit = outcomeLimit(range);
    const rows = db
      .prepare<unknown[], Row>(sql)
      .all(
        range.before ?? Number.MAX_SAFE_INTEGER,
        range.from ?? Number.MIN_SAFE_INTEGER,
        range.to ?? Number.MAX_SAFE_INTEGER,
        limit + 1,
      );
    const shown = rows.slice(0, limit);
    const kept = shown.map((row) => parsed(schema, row.body)).filter((row) => row !== null);
    return rows.length > limit ? { rows: kept, next: shown.at(-1)!.seq } : { rows: kept };
  }

  const marksOf = (rows: readonly Row[]) =>
    rows.map((row) => parsed(CaptureMark, row.body)).filter((row) => row !== null);

  return {
    offered: (range: Range = {}): Page<Offered> => page(Offered, OFFERED, range),
    told: (range: Range = {}): Page<Told> => page(Told, TOLD, range),
    captured({ from, to }: { readonly from: number; readonly to: number }): Captured {
      const kinds = db.prepare<unknown[], { readonly kind: string; readonly n: number }>(KINDS).all(from, to);
      return {
        kinds: Object.fromEntries(kinds.map(({ kind, n }) => [kind, n])),
        drops: db.prepare<unknown[], Captured['drops'][number]>(DROPS).all(from, to),
        marks: marksOf(db.prepare<unknown[], Row>(MARKS).all(from, to)),
        before: lastRun(marksOf(db.prepare<unknown[], Row>(BEFORE).all(from, BACK))),
      };
    },
  };
}
