import type { Event } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import type { EventLog, KeepFrom } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import { keptFrom } from '../log/retention.ts';
import { createObserver } from '../observations/window.ts';
import { importFormat, readImported } from '../replay/imported.ts';
import { frontTimesOf } from './frontTimes.ts';
import { createImporting } from './importing.ts';

/** Events in one batch, which is kept whole or not at all; what one call to a running core holds. */
const BATCH = 400;

/** Pages of the log that are looked through for a batch's ids before it is taken for new. */
const PAGES = 20;

/** What an import did, or would do: numbers and reasons, never content. Times are epoch milliseconds. */
export interface ImportReport {
  /** Records read. */
  records: number;
  /** Events kept now. */
  kept: number;
  /** Of those, how many went on with the one before them. */
  merged: number;
  /** Events that an earlier import kept already. */
  known: number;
  /** Older than their source is kept. */
  old: number;
  dropped: number;
  readonly reasons: Record<string, number>;
  from?: number;
  to?: number;
  /** True when it was ended before the file was. */
  stopped: boolean;
}

/** An empty report. */
export function newReport(): ImportReport {
  return { records: 0, kept: 0, merged: 0, known: 0, old: 0, dropped: 0, reasons: {}, stopped: false };
}

/**
 * Imports one file through the guard into the log, batch by batch, in the memory of one batch. Without a log it only
 * counts. `keepFrom` leaves out what retention would remove at once; null keeps it. Ended by `stopped`, it keeps the batches
 * it acknowledged, and the same file goes on where it was: ids are the same each time. Rejects with `bad-input` naming
 * line and character; what was kept before that stays.
 */
export async function importFile(
  file: string,
  options: {
    readonly guard: Guard;
    readonly log: EventLog | null;
    readonly keepFrom: KeepFrom | null;
    readonly report: ImportReport;
    readonly stopped: () => boolean;
    readonly onBytes: (bytes: number) => void;
  },
): Promise<void> {
  const { guard, log, keepFrom, report, stopped, onBytes } = options;
  const format = await importFormat(file);
  const front = await frontTimesOf(file, format, onBytes);
  const importing = createImporting(guard, front);
  let batch: Event[] = [];

  const drop = (reason: string) => {
    report.dropped += 1;
    report.reasons[reason] = (report.reasons[reason] ?? 0) + 1;
  };
  const gather = (events: readonly Event[]) => {
    for (const event of events) {
      const old =
        keepFrom && event.at + event.duration < keptFrom(keepFrom, event.kind, 'page' in event.data);
      if (old) report.old += 1;
      else batch.push(event);
    }
  };
  const write = async () => {
    const all = batch;
    batch = [];
    await keep(all, log, report);
  };

  for await (const record of readImported(file, format, { onBytes })) {
    report.records += 1;
    const { events, dropped } = importing.take(record);
    for (const reason of dropped) drop(reason);
    gather(events);
    if (batch.length >= BATCH) await write();
    if (stopped()) {
      report.stopped = true;
      break;
    }
  }
  gather(importing.end().events);
  if (batch.length > 0) await write();
}

async function keep(all: readonly Event[], log: EventLog | null, report: ImportReport): Promise<void> {
  const sorted = all.toSorted((a, b) => a.at - b.at);
  const known = log ? await knownOf(sorted, log) : new Set<string>();
  const fresh = sorted.filter((event) => !known.has(event.id));
  report.known += sorted.length - fresh.length;
  // Exports run backwards, so the sentences of each batch are made by themselves, in the order of time.
  const observer = createObserver({});
  const seen = new Map<string, Observation>();
  for (const event of fresh) {
    const observed = observer.observe(event);
    if (!observed) continue;
    seen.set(observed.observation.id, observed.observation);
    if (!observed.isNew) report.merged += 1;
  }
  if (log && fresh.length > 0) {
    // Sentences first: written again they are replaced, while an event that is there counts as known.
    await log.observe([...seen.values()]);
    await log.append(fresh);
  }
  report.kept += fresh.length;
  for (const { at, duration } of fresh) {
    report.from = Math.min(report.from ?? at, at);
    report.to = Math.max(report.to ?? at, at + duration);
  }
}

/** Which of these events the log has. */
async function knownOf(sorted: readonly Event[], log: EventLog): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const from = sorted[0]?.at;
  const to = sorted.at(-1)?.at;
  if (from === undefined || to === undefined) return known;
  let before: number | undefined;
  for (let page = 0; page < PAGES; page++) {
    const { rows, next } = await log.events({
      from,
      to,
      limit: 1000,
      ...(before !== undefined && { before }),
    });
    for (const { id } of rows) known.add(id);
    if (next === undefined) break;
    before = next;
  }
  return known;
}
