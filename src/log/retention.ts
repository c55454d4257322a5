import type { KeepFrom } from '../model/log.ts';
import type { Connection } from './cipher.ts';
import { createDoomed } from './forget.ts';

/** Which limit a kind of row goes by. Counts and marks of capture hold no content: they stay as long as anything does. */
const LIMIT_OF = {
  window: 'window',
  described: 'window',
  clipboard: 'clipboard',
  keyboard: 'keyboard',
  file: 'files',
  afk: 'idle',
  editor: 'editor',
} as const;

/** The time before which a row of this kind is too old. */
export function keptFrom(from: KeepFrom, kind: string, hasSite: boolean): number {
  const source = LIMIT_OF[kind as keyof typeof LIMIT_OF];
  if (source === undefined) return Math.min(...Object.values(from));
  return source === 'window' && hasSite ? Math.max(from.window, from.web) : from[source];
}

/** Made by and about suggestions: they go by that limit, with what they saw. */
const OWNERS = ['answers', 'audits', 'decisions'] as const;

/** Conditions on rows of events or observations, with the time before which they are too old. */
function conditions(from: KeepFrom): (readonly [string, number])[] {
  const kinds = Object.entries(LIMIT_OF).map(([kind, source]) => [`kind = '${kind}'`, from[source]] as const);
  const oldest = Math.min(...Object.values(from));
  return [
    ...kinds,
    [`kind = 'window' AND site IS NOT NULL`, from.web],
    [`kind IN ('capture', 'dropped')`, oldest],
  ];
}

/**
 * Makes the function that removes at most `limit` rows that are older than they may be, oldest first, in one
 * transaction, and returns how many went. Observations go by their end and take their events along; an event that no
 * observation describes goes by itself. Suggestions and feedback keep what they saw until their own limit: see
 * docs/decisions/retention.md.
 */
export function createRetain(db: Connection): (from: KeepFrom, limit: number) => number {
  const doomed = createDoomed(db);
  const run = (sql: string, ...values: readonly unknown[]) => db.prepare(sql).run(...values).changes;

  function observations(from: KeepFrom, limit: number): number {
    let left = limit;
    doomed.clear();
    for (const [which, before] of conditions(from)) {
      const ended = 'at < ? AND at + duration < ?';
      const chosen = `SELECT seq FROM observations WHERE ${ended} AND ${which} ORDER BY at LIMIT ?`;
      const count = db.prepare<unknown[], number>(`SELECT count(*) FROM (${chosen})`).pluck();
      const found = count.get(before, before, left) ?? 0;
      if (found > 0) doomed.observations(`seq IN (${chosen})`, before, before, left);
      left -= found;
      if (left <= 0) break;
    }
    return left === limit ? 0 : doomed.removeAlone('together');
  }

  function events(from: KeepFrom, limit: number): number {
    let gone = 0;
    for (const [which, before] of conditions(from)) {
      if (gone >= limit) break;
      // A long stay is still going on for the observation that holds its first event.
      gone += run(
        `DELETE FROM events WHERE seq IN (SELECT e.seq FROM events e WHERE e.at < ? AND ${which}
           AND NOT EXISTS (SELECT 1 FROM observations o WHERE o.id = e.id) ORDER BY e.at LIMIT ?)`,
        before,
        limit - gone,
      );
    }
    return gone;
  }

  /** Suggestions wait for an answer at most hours, so an old one is an ended one. */
  function owners(before: number, limit: number): number {
    let gone = 0;
    for (const table of ['suggestions', 'feedbacks'] as const) {
      const which = `SELECT id FROM ${table} WHERE at < ? ORDER BY at LIMIT ?`;
      run(`DELETE FROM seen WHERE owner IN (${which})`, before, limit - gone);
      gone += run(`DELETE FROM ${table} WHERE id IN (${which})`, before, limit - gone);
    }
    for (const table of OWNERS) {
      gone += run(
        `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE at < ? ORDER BY at LIMIT ?)`,
        before,
        Math.max(0, limit - gone),
      );
    }
    return gone;
  }

  return db.transaction((from: KeepFrom, limit: number): number => {
    let gone = observations(from, limit);
    if (gone < limit) gone += events(from, limit - gone);
    if (gone < limit) gone += owners(from.suggestions, limit - gone);
    return gone;
  });
}
