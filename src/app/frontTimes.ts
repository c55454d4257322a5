import { appFacts } from '../model/app.ts';
import { WINDOW } from '../monitors/beatReading.ts';
import { type ImportFormat, readImported } from '../replay/imported.ts';

/** A page and its window are told by two watchers, whose clocks and beats may differ by this, in milliseconds. */
const SLACK = 2000;

/** When a browser was in front. */
export interface FrontTimes {
  /** The part of a stay in which a browser was in front, from the first such moment to the last; null for none. */
  within(at: number, duration: number): { readonly at: number; readonly duration: number } | null;
}

/**
 * Reads the window buckets of an export first, because browser extensions tell of the active tab whether or not anybody
 * looks at it. Null where the file has no window bucket, so that nobody knows. Two numbers a stay are held.
 */
export async function frontTimesOf(
  file: string,
  format: ImportFormat,
  onBytes: (bytes: number) => void,
): Promise<FrontTimes | null> {
  if (format !== 'buckets') return null;
  const stays: [number, number][] = [];
  let any = false;
  for await (const record of readImported(file, format, { onBytes, types: [WINDOW] })) {
    if (record.kind !== 'beat') continue;
    any = true;
    const app = record.data['app'];
    if (typeof app !== 'string' || appFacts(app).kind !== 'browser') continue;
    stays.push([record.at - SLACK, record.at + record.duration + SLACK]);
  }
  if (!any) return null;
  const merged: [number, number][] = [];
  for (const [from, to] of stays.toSorted(([a], [b]) => a - b)) {
    const before = merged.at(-1);
    if (before && from <= before[1]) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return {
    within(at, duration) {
      const end = at + duration;
      let low = 0;
      for (let high = merged.length; low < high;) {
        const middle = (low + high) >> 1;
        if (merged[middle]![1] < at) low = middle + 1;
        else high = middle;
      }
      const first = merged[low];
      if (!first || first[0] > end) return null;
      let stop = first[1];
      for (let next = low + 1; next < merged.length && merged[next]![0] <= end; next++)
        stop = merged[next]![1];
      const from = Math.max(at, first[0]);
      return { at: from, duration: Math.max(0, Math.min(end, stop) - from) };
    },
  };
}
