import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../model/event.ts';

/**
 * Joins two events of one source that say the same, as ActivityWatch does; null when `next` is something new.
 *
 *     last    |=====|
 *     next             |==|        starts within `pulsetimeMs` after the end of `last`
 *     merged  |===========|
 *
 *     last    |=====|
 *     next                      |==|    too late: null
 *
 * Never shorter than `last`, and neither argument is changed. Imported sentences are never joined: each is an event.
 */
export function mergeHeartbeat(last: Event, next: Event, pulsetimeMs: number): Event | null {
  if (last.kind === 'described' || !sameContent(last, next)) return null;
  if (next.at < last.at || next.at > last.at + last.duration + pulsetimeMs) return null;
  return { ...last, duration: Math.max(last.duration, next.at - last.at + next.duration) };
}

/** True for two events of one source, kind and application with equal data. */
export function sameContent(one: Event, other: Event): boolean {
  return (
    one.kind === other.kind &&
    one.monitor === other.monitor &&
    one.app === other.app &&
    isDeepStrictEqual(one.data, other.data)
  );
}
