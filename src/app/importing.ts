import { createHash } from 'node:crypto';
import { appFacts } from '../model/app.ts';
import type { Event, KeyboardEvent } from '../model/event.ts';
import type { Guard } from '../model/guard.ts';
import { AFK, EDITOR, INPUT, readBeat, WEB } from '../monitors/beatReading.ts';
import type { Imported, Stay } from '../replay/imported.ts';
import type { FrontTimes } from './frontTimes.ts';

/** Keys that follow one another within this time, in milliseconds, are one burst, which lasts a minute at most. */
const BURST = { gap: 5000, longest: 60_000 };

/** What became of one foreign record: events that may be kept, and why others may not. */
export interface Admitted {
  readonly events: readonly Event[];
  readonly dropped: readonly string[];
}

/** Turns foreign records into events, by the same rules and redaction as every live source. */
export interface Importing {
  take(record: Imported): Admitted;
  /** What was still being put together. */
  end(): Admitted;
}

/**
 * Ids come from the bucket and the time alone: the same file imported again gives the same ids, and nobody can test a
 * guess of a title against them. Only a bare sentence, which has no more than a minute to it, adds its redacted words. `front` says when a browser was in front, where the file tells.
 */
export function createImporting(guard: Guard, front: FrontTimes | null): Importing {
  let burst: {
    bucket: string;
    from: number;
    to: number;
    keys: number;
    words: number;
    corrections: number;
  } | null = null;
  let last = { bucket: '', at: NaN, count: 0 };
  let status = '';

  /** Two records of one bucket at the same time are told apart by their order. */
  const idOf = (bucket: string, at: number): string => {
    last =
      last.bucket === bucket && last.at === at
        ? { ...last, count: last.count + 1 }
        : { bucket, at, count: 0 };
    return stableId('beat', bucket, at, last.count);
  };

  const flush = (): readonly Event[] => {
    if (!burst) return [];
    const { bucket, from, to, ...counts } = burst;
    burst = null;
    return [typed(stableId('keys', bucket, from, 0), from, to - from, undefined, counts)];
  };

  /** Counts of aw-watcher-input, or single keys as ProactiveAgent's watcher wrote them; of those only how many. */
  const input = (beat: Extract<Imported, { kind: 'beat' }>): Admitted => {
    const { data, bucket, at } = beat;
    const presses = data['presses'];
    const end = at + beat.duration;
    const key = keyOf(data);
    if (typeof presses !== 'number' && key === null) return { events: flush(), dropped: ['no keys'] };
    const keys = typeof presses === 'number' && presses >= 0 ? Math.min(Math.trunc(presses), 1e6) : 1;
    if (typeof presses === 'number' && keys === 0) return { events: flush(), dropped: ['no keys'] };
    const words = key === 'space' || key === 'enter' ? 1 : 0;
    const corrections = key === 'backspace' ? 1 : 0;
    // Exports run backwards, so a burst may grow at either end.
    const from = Math.min(burst?.from ?? at, at);
    const to = Math.max(burst?.to ?? end, end);
    const near =
      burst?.bucket === bucket &&
      at <= burst.to + BURST.gap &&
      end >= burst.from - BURST.gap &&
      to - from <= BURST.longest;
    if (burst && near) {
      burst = {
        bucket,
        from,
        to,
        keys: burst.keys + keys,
        words: burst.words + words,
        corrections: burst.corrections + corrections,
      };
      return { events: [], dropped: [] };
    }
    const events = flush();
    burst = { bucket, from: at, to: end, keys, words, corrections };
    return { events, dropped: [] };
  };

  const beat = (record: Extract<Imported, { kind: 'beat' }>): Admitted => {
    const { type, bucket } = record;
    if (type === INPUT) return input(record);
    const before = flush();
    const id = idOf(bucket, record.at);
    const time = type === WEB && front ? front.within(record.at, record.duration) : record;
    if (!time) return { events: before, dropped: ['page not in front'] };
    const reading = readBeat(record, guard, {}, type === AFK ? 'idle' : 'import');
    if ('dropped' in reading) return { events: before, dropped: [reading.dropped] };
    const { monitor: _monitor, ...rest } = reading;
    return {
      events: [...before, { id, at: time.at, duration: time.duration, monitor: 'import', ...rest }],
      dropped: [],
    };
  };

  const sentence = ({ at, text }: Extract<Imported, { kind: 'sentence' }>): Admitted => {
    // Of what it is about nothing else is known, so the words themselves go by the rules for titles.
    const verdict = guard.before({ source: 'import', app: 'import', title: text.slice(0, 4096) });
    if (verdict.allow !== 'content') return { events: [], dropped: [verdict.reason] };
    const kept = guard.redact(text, 'import').text.slice(0, 4000).trim();
    if (!kept) return { events: [], dropped: ['nothing left'] };
    const id = stableId('sentence', kept.replace(/\[([A-Z_]+?)_\d+\]/g, '[$1]'), at, 0);
    return {
      events: [{ id, at, duration: 0, monitor: 'import', kind: 'described', data: { sentence: kept } }],
      dropped: [],
    };
  };

  const stay = ({ at, duration, stay: seen }: Extract<Imported, { kind: 'stay' }>): Admitted => {
    const events: Event[] = [];
    const dropped: string[] = [];
    const id = (what: string, place = 0) => stableId(`stay ${what}`, '', at, place);
    const base = { monitor: 'import' };
    if ((seen.status === 'afk' || seen.status === 'not-afk') && seen.status !== status) {
      status = seen.status;
      events.push({ ...base, id: id('afk'), at, duration: 0, kind: 'afk', data: { status: seen.status } });
    }
    const share = Math.floor(duration / Math.max(1, seen.info.length));
    const web = seen.app === 'web' || appFacts(seen.app).kind === 'browser';
    for (const [place, data] of seen.info.entries()) {
      const reading = readBeat(
        { bucket: web ? '' : 'aw-watcher-vscode', type: web ? WEB : EDITOR, data },
        guard,
        {},
        'import',
      );
      if ('dropped' in reading) dropped.push(reading.dropped);
      else {
        const { monitor: _monitor, ...rest } = reading;
        events.push({ ...base, id: id('info', place), at: at + place * share, duration: share, ...rest });
      }
    }
    const app = web || seen.app === 'other' ? undefined : seen.app;
    const { keys, words, other } = countInput(seen);
    if (keys > 0) {
      const verdict = guard.before({ source: 'import', ...(app && { app }) });
      if (verdict.allow === 'nothing') dropped.push(verdict.reason);
      else events.push(typed(id('keys'), at, duration, app, { keys, words }));
    }
    for (let n = 0; n < other; n++) dropped.push('mouse');
    if (events.length === 0 && dropped.length === 0) dropped.push('nothing named');
    return { events, dropped };
  };

  return {
    take(record) {
      if (record.kind === 'beat') return beat(record);
      const before = flush();
      const mine = record.kind === 'stay' ? stay(record) : sentence(record);
      return { events: [...before, ...mine.events], dropped: mine.dropped };
    },
    end: () => ({ events: flush(), dropped: [] }),
  };
}

function typed(
  id: string,
  at: number,
  duration: number,
  app: string | undefined,
  counts: Partial<KeyboardEvent['data']>,
): Event {
  return {
    id,
    at,
    duration,
    monitor: 'import',
    kind: 'keyboard',
    ...(app && { app: app.slice(0, 256) }),
    data: { keys: 0, words: 0, corrections: 0, chords: [], ...counts },
  };
}

/** The name of a key in ProactiveAgent's `{"from":"keyboard","data":{"key":…}}`: a named one, or `char` for any sign. */
function keyOf(data: Readonly<Record<string, unknown>>): string | null {
  if (data['from'] !== 'keyboard') return null;
  const inner = data['data'];
  const key = typeof inner === 'object' && inner !== null ? (inner as { key?: unknown }).key : undefined;
  if (typeof key !== 'string') return null;
  if (key === ' ' || key === 'space') return 'space';
  return key === 'enter' || key === 'backspace' ? key : 'char';
}

/** How much was typed; the text itself is counted and let go. */
function countInput({ user_input: all }: Stay): { keys: number; words: number; other: number } {
  let [keys, words, other] = [0, 0, 0];
  for (const each of all) {
    if (each['from'] !== 'keyboard') other += 1;
    else if (typeof each['data'] === 'string') {
      keys += [...each['data']].length;
      words += each['data'].split(/\s+/).filter(Boolean).length;
    } else keys += 1;
  }
  return { keys, words, other };
}

/** A UUID (version 8, RFC 9562) that is the same for the same parts. */
function stableId(kind: string, name: string, at: number, place: number): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify(['beforehand import', kind, name, at, place]))
    .digest();
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
