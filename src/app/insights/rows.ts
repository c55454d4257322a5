import type { RejectReason } from '../../model/feedback.ts';
import type { Became, Cell, InsightRow } from '../../model/insights.ts';
import type { EventLog, Page, Range } from '../../model/log.ts';
import type { Offered, Told } from '../../model/outcome.ts';
import { REMINDER } from '../../model/reminder.ts';
import type { SuggestionState } from '../../model/suggestion.ts';
import { dayName } from '../localDays.ts';

/** Bins of the reliability plot. */
export const BINS = 10;

const BECAME: Readonly<Record<SuggestionState, Became>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  ignored: 'ignored',
  snoozed: 'snoozed',
  held: 'waiting',
  shown: 'waiting',
  expired: 'unseen',
  withdrawn: 'unseen',
};

/**
 * Every suggestion since `from` (epoch milliseconds) and what became of it, and every need that was told without one, newest
 * first. What a person asked to be reminded of is no suggestion.
 *
 *     offered   accepted -> CD    dismissed, whatever the reason -> FA    ignored, snoozed, unseen -> no label
 *     silent    "I needed help here", or welcome in the digest -> MN       not welcome in the digest -> NR
 *
 * These are the categories of the export (model/label.ts), except that one drawn for the digest was never offered: what a
 * person says of it is about a silence.
 */
export async function readRows(log: Pick<EventLog, 'offered' | 'told'>, from: number): Promise<InsightRow[]> {
  const [offered, told] = await Promise.all([
    allOf((range) => log.offered(range), from),
    allOf((range) => log.told(range), from),
  ]);
  const reasons = new Map<string, RejectReason>();
  for (const { suggestion, reason } of told) {
    if (suggestion !== undefined && reason !== undefined) reasons.set(suggestion, reason);
  }
  const rows = offered.filter(({ proposer }) => proposer !== REMINDER).map((each) => rowOf(each, reasons));
  for (const each of told) {
    if (each.label !== 'missed-need' || each.suggestion !== undefined) continue;
    const needed = each.needed !== false;
    rows.push({
      id: each.id,
      what: each.via === 'digest' ? 'moment' : 'need',
      at: each.at,
      day: dayName(each.at),
      became: needed ? 'missed' : 'asked',
      cell: needed ? 'MN' : 'NR',
    });
  }
  return rows.sort((a, b) => b.at - a.at);
}

function rowOf(
  { id, at, state, task, audit, score }: Offered,
  reasons: ReadonlyMap<string, RejectReason>,
): InsightRow {
  const answered = state === 'accepted' || state === 'rejected';
  const cell: Cell | undefined = !answered
    ? undefined
    : audit
      ? state === 'accepted'
        ? 'MN'
        : 'NR'
      : state === 'accepted'
        ? 'CD'
        : 'FA';
  const reason = reasons.get(id);
  return {
    id,
    what: 'suggestion',
    at,
    day: dayName(at),
    task,
    state,
    became: audit ? (cell === 'MN' ? 'missed' : 'asked') : BECAME[state],
    ...(cell && { cell }),
    ...(reason && state === 'rejected' && { reason }),
    ...(score !== undefined && { score }),
    // A silence was held against the same threshold, so its answers tell of the score too.
    ...(score !== undefined && answered && { bin: Math.min(BINS - 1, Math.floor(score * BINS)) }),
  };
}

async function allOf<T extends Offered | Told>(
  read: (range: Range) => Promise<Page<T>>,
  from: number,
): Promise<T[]> {
  const rows: T[] = [];
  for (let before: number | undefined; ;) {
    const page = await read({ from, limit: 1000, ...(before !== undefined && { before }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    before = page.next;
  }
}
