import type { Probe } from '../model/monitor.ts';

/**
 * Heartbeats of ActivityWatch clients: what a browser or editor extension says the person looks at. The format is that
 * of aw-server's `/heartbeat` (aw-core's Event): timestamp, duration, data.
 */

/** One heartbeat of a bucket. `at`, `duration` and `pulsetime` are milliseconds; `data` is as the client sent it. */
export interface Beat {
  readonly bucket: string;
  /** The bucket's `type`, e.g. `web.tab.current`; anything else than the known ones is dropped and counted. */
  readonly type: string;
  readonly at: number;
  readonly duration: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly pulsetime: number;
}

/** A heartbeat after the merge: when what it says began, how long it lasts, and whether it is something new. */
export interface Pulse extends Omit<Beat, 'pulsetime'> {
  readonly isNew: boolean;
}

/** What a source of heartbeats calls. After `died` it calls nothing more. */
export interface BeatListener {
  pulse(pulse: Pulse): void;
  /** Only partly well, in words; null when all is well again. */
  note(
    note: { readonly state: 'healthy' | 'unhealthy'; readonly reason: string; readonly mend?: string } | null,
  ): void;
  died(why: unknown): void;
  /** A self-test of the source. */
  proves(probe: Probe): void;
}

/** A source of heartbeats: our own loopback port, or an ActivityWatch server that is read. */
export interface BeatFeed {
  /** Resolves once heartbeats can arrive, with the end of it. Rejects with an AppError. */
  open(listener: BeatListener): Promise<() => Promise<void>>;
}

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Years that a real client can mean; others are refused. */
const YEARS = { first: 1990, last: 2100 };

/**
 * Epoch milliseconds of an ISO 8601 date and time, null for anything else. Without a zone it is UTC, as aw-core reads
 * it; fractions are cut to milliseconds.
 */
export function parseTimestamp(text: string): number | null {
  const found = TIMESTAMP.exec(text);
  if (!found) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = 'Z'] =
    found;
  if (Number(year) < YEARS.first || Number(year) > YEARS.last) return null;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`);
  return Number.isNaN(at) ? null : at;
}
