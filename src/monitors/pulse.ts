import { createHmac, randomBytes } from 'node:crypto';
import type { Beat, Pulse } from './beat.ts';

/** Joins heartbeats of each bucket as ActivityWatch does. */
export interface Pulses {
  take(beat: Beat): Pulse;
  clear(): void;
}

interface Last {
  readonly at: number;
  readonly duration: number;
  readonly mark: string;
}

/**
 * The merge of aw-core's `heartbeat_merge`: equal data and a start within `pulsetime` after the end of the last one
 * prolong it, never shorten it; anything else begins anew.
 *
 *     last    |=====|
 *     beat             |=|         within pulsetime, same data
 *     pulse   |==========|         isNew: false
 *
 * Of the data only a hash is held, under a key that lives as long as this object: no title or address waits here.
 */
export function createPulses(): Pulses {
  const key = randomBytes(32);
  const last = new Map<string, Last>();
  return {
    take({ pulsetime, ...beat }) {
      const mark = createHmac('sha256', key).update(canonical(beat.data)).digest('base64');
      const before = last.get(beat.bucket);
      const joins =
        before?.mark === mark && before.at <= beat.at && beat.at <= before.at + before.duration + pulsetime;
      const at = joins ? before.at : beat.at;
      const duration = joins ? Math.max(before.duration, beat.at - before.at + beat.duration) : beat.duration;
      last.set(beat.bucket, { at, duration, mark });
      return { ...beat, at, duration, isNew: !joins };
    },
    clear: () => last.clear(),
  };
}

/** JSON with sorted names, so that equal data is equal text. Depth is capped before data comes here. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join()}}`;
}
