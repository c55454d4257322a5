import type { z } from 'zod';
import { Decision } from '../model/decision.ts';
import { Event } from '../model/event.ts';
import { Answer, AuditEntry, Feedback } from '../model/feedback.ts';
import type { EventLog, Page, Range } from '../model/log.ts';
import { LOOKED, type Moment, STOPPED } from '../model/moment.ts';
import { KeptMute } from '../model/mute.ts';
import { Observation } from '../model/observation.ts';
import { Suggestion } from '../model/suggestion.ts';
import type { Connection } from './cipher.ts';
import { createTimelineReader } from './timeline.ts';
import { createOutcomeReader } from './outcomes.ts';
import { matchOf } from './words.ts';

/** The reading methods of the log, each answering at once. */
export type Reader = {
  readonly [
    K in
      | 'events'
      | 'observations'
      | 'suggestions'
      | 'suggestion'
      | 'answerOf'
      | 'feedbacks'
      | 'decisions'
      | 'audits'
      | 'moments'
      | 'offered'
      | 'told'
      | 'captured'
      | 'mutes'
      | 'quarters'
      | 'byTime'
      | 'stays'
  ]: (...input: Parameters<EventLog[K]>) => Awaited<ReturnType<EventLog[K]>>;
} & {
  /** Rows left out so far because they did not parse. */
  readonly unreadable: () => number;
};

interface Row {
  readonly seq: number;
  readonly body: string;
}

/** How many rows a range asks for: 100 unless told, 1 to 1,000. */
export function limitOf(range: Range): number {
  return Math.min(1000, Math.max(1, Math.trunc(range.limit ?? 100)));
}

/** How many moments a range asks for: 1,000 unless told, 1 to 5,000. */
export function momentLimit(range: Range): number {
  return Math.min(5000, Math.max(1, Math.trunc(range.limit ?? 1000)));
}

/** A moment as its columns; null where a decision says nothing. */
interface MomentRow {
  readonly seq: number;
  readonly id: string;
  readonly at: number;
  readonly outcome: Moment['outcome'];
  readonly score: number | null;
  readonly propensity: number | null;
  readonly audit: number | null;
  readonly task: string | null;
  readonly suggestion: string | null;
}

/** Columns rather than bodies, which would be parsed, checked and copied whole: five times quicker for a month. */
const MOMENTS = `SELECT seq, id, at, body ->> '$.outcome' AS outcome, body ->> '$.score' AS score,
    body ->> '$.policy.propensity' AS propensity, body ->> '$.audit' AS audit, body ->> '$.task' AS task, suggestion
  FROM decisions WHERE seq < ? AND +at BETWEEN ? AND ?
    AND (body ->> '$.outcome' IN (${LOOKED.map((each) => `'${each}'`).join()})
      OR (body ->> '$.outcome' = 'rule' AND (body ->> '$.reason' LIKE '${STOPPED.begins}%'
        OR body ->> '$.reason' LIKE '%${STOPPED.holds}%')))
  ORDER BY seq DESC LIMIT ?`;

function momentOfRow({ id, at, outcome, score, propensity, audit, task, suggestion }: MomentRow): Moment {
  return {
    id,
    at,
    outcome,
    ...(score !== null && { score }),
    ...(propensity !== null && { propensity }),
    ...(audit !== null && { audit: audit === 1 }),
    ...(task !== null && { task }),
    ...(suggestion !== null && { suggestion }),
  };
}

const OBSERVATION = `json_object('id', o.id, 'time', o.at, 'duration', o.duration, 'kind', o.kind, 'app', o.app,
  'site', o.site, 'event', o.sentence, 'sources', json(o.sources)) AS body`;

function oneOf(
  column: string,
  list: readonly string[] | undefined,
  where: string[],
  values: unknown[],
): void {
  if (list === undefined) return;
  where.push(`${column} IN (SELECT value FROM json_each(?))`);
  values.push(JSON.stringify(list));
}

/** Prepares reading. Every row is parsed by its schema; one that doesn't fit is left out and counted, not fatal. */
export function createReader(db: Connection): Reader {
  let unreadable = 0;

  function parse<T>(schema: z.ZodType<T>, body: string): T | null {
    const value = JSON.parse(body) as Record<string, unknown>;
    for (const name of ['app', 'site']) if (value[name] === null) delete value[name];
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    unreadable++;
    return null;
  }

  /** One row more than asked tells whether there is a next page. */
  function page<T>(
    schema: z.ZodType<T>,
    range: Range,
    from: string,
    where: string[],
    values: unknown[],
  ): Page<T> {
    const limit = limitOf(range);
    const bounds: [string, unknown][] = [
      ['o.seq < ?', range.before],
      ['o.at >= ?', range.from],
      ['o.at <= ?', range.to],
    ];
    for (const [sql, value] of bounds) {
      if (value === undefined) continue;
      where.push(sql);
      values.push(value);
    }
    const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
    const order = from.includes('JOIN') ? 'search.rowid' : 'o.seq';
    const rows = db
      .prepare<unknown[], Row>(`SELECT o.seq AS seq, ${from} ${filter} ORDER BY ${order} DESC LIMIT ?`)
      .all(...values, limit + 1);
    const shown = rows.slice(0, limit);
    const kept = shown.map((row) => parse(schema, row.body)).filter((row) => row !== null);
    return rows.length > limit ? { rows: kept, next: shown.at(-1)!.seq } : { rows: kept };
  }

  function one<T>(schema: z.ZodType<T>, table: 'suggestions' | 'answers', id: string): T | null {
    const row = db.prepare<[string], Row>(`SELECT seq, body FROM ${table} WHERE id = ?`).get(id);
    return row ? parse(schema, row.body) : null;
  }

  return {
    unreadable: () => unreadable,
    ...createTimelineReader(db, OBSERVATION, (body) => parse(Observation, body)),
    ...createOutcomeReader(db, () => unreadable++),
    events(range = {}) {
      const where: string[] = [];
      const values: unknown[] = [];
      oneOf('o.kind', range.kinds, where, values);
      return page(Event, range, 'o.body FROM events o', where, values);
    },
    observations(range = {}) {
      const where: string[] = [];
      const values: unknown[] = [];
      if (range.app !== undefined) {
        where.push('o.app = ?');
        values.push(range.app);
      }
      if (range.site !== undefined) {
        where.push('o.site = ?');
        values.push(range.site);
      }
      if (range.text === undefined || range.text.trim() === '') {
        return page(Observation, range, `${OBSERVATION} FROM observations o`, where, values);
      }
      const match = matchOf(range.text);
      if (match === null) return { rows: [] };
      where.unshift('search MATCH ?');
      values.unshift(match);
      if (range.before !== undefined) {
        where.push('search.rowid < ?'); // the index's own bound: it stops early instead of joining every hit
        values.push(range.before);
      }
      const from = `${OBSERVATION} FROM search JOIN observations o ON o.seq = search.rowid`;
      return page(Observation, range, from, where, values);
    },
    suggestions(range = {}) {
      const where: string[] = [];
      const values: unknown[] = [];
      oneOf('o.state', range.states, where, values);
      return page(Suggestion, range, 'o.body FROM suggestions o', where, values);
    },
    suggestion: (id) => one(Suggestion, 'suggestions', id),
    answerOf: (suggestion) => one(Answer, 'answers', suggestion),
    feedbacks: (range = {}) => page(Feedback, range, 'o.body FROM feedbacks o', [], []),
    decisions: (range = {}) => page(Decision, range, 'o.body FROM decisions o', [], []),
    audits: (range = {}) => page(AuditEntry, range, 'o.body FROM audits o', [], []),
    moments(range = {}) {
      const limit = momentLimit(range);
      const bounds = [range.before, range.from, range.to] as const;
      const rows = db
        .prepare<unknown[], MomentRow>(MOMENTS)
        .all(
          bounds[0] ?? Number.MAX_SAFE_INTEGER,
          bounds[1] ?? Number.MIN_SAFE_INTEGER,
          bounds[2] ?? Number.MAX_SAFE_INTEGER,
          limit + 1,
        );
      const shown = rows.slice(0, limit);
      const page = { rows: shown.map(momentOfRow) };
      return rows.length > limit ? { ...page, next: shown.at(-1)!.seq } : page;
    },
    mutes: () =>
      db
        .prepare<[], Row>('SELECT seq, body FROM mutes ORDER BY seq')
        .all()
        .map((row) => parse(KeptMute, row.body))
        .filter((row) => row !== null),
  };
}
