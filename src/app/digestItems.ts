import type { Decision } from '../model/decision.ts';
import type { Digest, DigestItem } from '../model/digest.ts';
import type { Feedback } from '../model/feedback.ts';
import type { EventLog, Page, Range } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { DIGEST_ANSWERABLE, FOR_DIGEST } from '../suggestions/transitions.ts';
import { WINDOW } from './turns.ts';

/** More than these are a chore: the drawn moments come first, then the newest suggestions. */
const MOST = 50;
/** Rows read at once: with what they saw they are large, and reading them must not hold the program up. */
const ROWS = 50;
const DECISIONS = 500;

/** One item, and the row of the log that an answer to it is about. */
export interface Asked {
  readonly item: DigestItem;
  readonly about:
    | { readonly suggestion: Suggestion; readonly decision?: undefined }
    | { readonly decision: Decision; readonly suggestion?: undefined };
}

/**
 * What the digest still asks about, oldest first, of the last week: suggestions that expired in shadow mode, and what was
 * drawn from the suppressed moments. Read from the log each time, so that what was answered stays answered after a restart
 * and what was forgotten is not asked about. `now` is epoch milliseconds.
 */
export async function digestItems(
  log: EventLog,
  now: number,
): Promise<{ readonly asked: readonly Asked[]; readonly answered: number }> {
  const from = now - DIGEST_ANSWERABLE;
  const told = await rowsOf(
    (range) => log.feedbacks(range),
    from,
    ROWS,
    ({ via }) => via === 'digest',
  );
  const done = new Set(told.flatMap(({ suggestion, decision }) => suggestion ?? decision ?? []));
  const suggestions = await rowsOf(
    (range) => log.suggestions({ ...range, states: ['held', 'expired'] }),
    from,
    ROWS,
    (each) => !done.has(each.id) && asks(each),
  );
  const decisions = await rowsOf(
    (range) => log.decisions(range),
    from,
    DECISIONS,
    (each) => each.audit === true && each.suggestion === undefined && !done.has(each.id),
  );
  const drawn: Asked[] = [];
  for (const decision of decisions) {
    const asked = drawn.length < MOST && (await momentOf(log, decision));
    if (asked) drawn.push(asked);
  }
  drawn.push(...suggestions.filter(({ audit }) => audit).map(askedOf));
  const shadow = suggestions.filter(({ audit }) => !audit).map(askedOf);
  shadow.sort((a, b) => b.item.at - a.item.at);
  const asked = [...drawn, ...shadow].slice(0, MOST).toSorted((a, b) => a.item.at - b.item.at);
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  return { asked, answered: told.filter((each) => each.at >= midnight && !isSkip(each)).length };
}

/** The digest as a window gets it. */
export function digestOf(asked: readonly Asked[], answered: number): Digest {
  return { items: asked.map(({ item }) => item), answered };
}

/** A skipped item leaves a row without a label, so that it is not asked about again. */
function isSkip({ label }: Pick<Feedback, 'label'>): boolean {
  return label === 'expired';
}

function asks(suggestion: Suggestion): boolean {
  if (suggestion.audit) return true;
  return suggestion.state === 'expired' && suggestion.history.at(-1)?.note === FOR_DIGEST;
}

function askedOf(suggestion: Suggestion): Asked {
  const { id, at, seen, proposal, gate, reward, audit } = suggestion;
  return {
    item: {
      id,
      at,
      from: audit ? 'audit' : 'shadow',
      seen,
      proposal,
      gate,
      ...(reward && { reward }),
    },
    about: { suggestion },
  };
}

/** A drawn moment with the observations of its window; null where the last of them was forgotten. */
async function momentOf(log: EventLog, decision: Decision): Promise<Asked | null> {
  const { id, at, gate, observation } = decision;
  if (!gate || !observation) return null;
  const { rows } = await log.observations({ to: at, limit: 2 * WINDOW });
  const last = rows.findIndex((each) => each.id === observation);
  if (last < 0) return null;
  const seen: Observation[] = rows.slice(last, last + WINDOW).toReversed();
  return { item: { id, at, from: 'audit', seen, proposal: null, gate }, about: { decision } };
}

/** The rows since `from` that are wanted, newest first. */
async function rowsOf<T>(
  read: (range: Range) => Promise<Page<T>>,
  from: number,
  limit: number,
  wanted: (row: T) => boolean,
): Promise<T[]> {
  const rows: T[] = [];
  for (let before: number | undefined; ;) {
    const page = await read({ from, limit, ...(before !== undefined && { before }) });
    rows.push(...page.rows.filter(wanted));
    if (page.next === undefined) return rows;
    before = page.next;
  }
}
