import type { GateWeights } from '../../agent/gate.ts';
import type { Assistant } from '../../contract.ts';
import type { InsightPick, InsightRow, Insights } from '../../model/insights.ts';
import type { EventLog } from '../../model/log.ts';
import type { Captured } from '../../model/outcome.ts';
import type { Clock } from '../../model/ports.ts';
import type { Handlers } from '../../rpc.ts';
import { lastDays } from '../localDays.ts';
import { binsOf, wilson } from './bins.ts';
import { captureDay } from './capture.ts';
import { readRows } from './rows.ts';

/** Rows in one answer; the total is told beside them. */
const MOST = 2000;

/** Channels of the insights. */
export type InsightChannels = Pick<Handlers<Assistant>, 'insights.get' | 'insights.rows'>;

/** Where the figures come from. */
export interface InsightParts {
  readonly log: Pick<EventLog, 'offered' | 'told' | 'captured'>;
  readonly clock: Clock;
  /** The shipped gate, whose reliability stands beside the person's own. */
  readonly gate: Pick<GateWeights, 'version' | 'card'>;
  /** True where the days before today were made up, for the recorded day. */
  readonly madeUp: boolean;
}

/** Answers from the log each time: what was forgotten is in no number. */
export function createInsights(parts: InsightParts): InsightChannels {
  return {
    'insights.get': ({ days }) => readInsights(parts, days),
    async 'insights.rows'({ days, pick }) {
      const from = lastDays(parts.clock.now(), days)[0]!.from;
      const rows = (await readRows(parts.log, from)).filter((row) => picked(row, pick));
      return { rows: rows.slice(0, MOST), total: rows.length };
    },
  };
}

/** Whether a number with this pick counts the row. */
export function picked(row: InsightRow, { from, to, became, cell, bin }: InsightPick): boolean {
  return (
    (from === undefined || row.day >= from) &&
    (to === undefined || row.day <= to) &&
    (became === undefined || row.became === became) &&
    (cell === undefined || row.cell === cell) &&
    (bin === undefined || row.bin === bin)
  );
}

/** The last local `days` as figures. Days are read one after another, so that nothing else waits for all of them. */
export async function readInsights(parts: InsightParts, days: number): Promise<Insights> {
  const { log, clock, gate } = parts;
  const now = clock.now();
  const spans = lastDays(now, days);
  const rows = await readRows(log, spans[0]!.from);
  const captured: Captured[] = [];
  for (const { from, to } of spans) captured.push(await log.captured({ from, to }));
  const since = captured
    .flatMap(({ before, marks }) => [...before, ...marks])
    .find(({ source }) => source !== undefined)?.at;
  return {
    days: spans.map(({ day }) => ({
      day,
      counts: tally(
        rows.filter((row) => row.day === day),
        'became',
      ),
    })),
    cells: { CD: 0, FA: 0, MN: 0, NR: 0, ...tally(rows, 'cell') },
    reasons: tally(
      rows.filter(({ cell }) => cell === 'FA'),
      'reason',
    ),
    unlabelled: rows.filter(({ cell, became }) => cell === undefined && became !== 'asked').length,
    reliability: {
      answers: rows.filter(({ bin }) => bin !== undefined).length,
      own: binsOf(rows),
      shipped: {
        version: gate.version,
        windows: gate.card.reliability.reduce((sum, { windows }) => sum + windows, 0),
        bins: gate.card.reliability.map(({ from, to, windows, said, needed }) => ({
          from,
          to,
          count: windows,
          said,
          share: needed,
          ...wilson(needed * windows, windows),
        })),
      },
    },
    capture: {
      since: since ?? null,
      days: spans.map((span, at) => captureDay(span, captured[at]!, now)),
    },
    madeUp: parts.madeUp,
  };
}

/** How often each value of a field occurs; rows without one are not counted. */
function tally<K extends 'became' | 'cell' | 'reason'>(
  rows: readonly InsightRow[],
  field: K,
): Partial<Record<NonNullable<InsightRow[K]>, number>> {
  const counts: Partial<Record<NonNullable<InsightRow[K]>, number>> = {};
  for (const row of rows) {
    const value = row[field];
    if (value === undefined) continue;
    counts[value as NonNullable<InsightRow[K]>] = (counts[value as NonNullable<InsightRow[K]>] ?? 0) + 1;
  }
  return counts;
}
