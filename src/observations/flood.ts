import type { Event } from '../model/event.ts';
import { sameContent } from './heartbeat.ts';

/**
 * Fills short gaps: a window that is seen again within `pulsetimeMs` was there in between.
 *
 *     in    |A==|  |A=|     |B==|   |A=|
 *     out   |A========|     |B==|   |A=|
 *
 * Only window events are joined, only with the window event right before them; all else passes through in its place.
 * Returns a new list in the order of `events`, which is by time, and changes nothing in it.
 */
export function flood(events: readonly Event[], pulsetimeMs: number): Event[] {
  const out: Event[] = [];
  let last = -1;
  for (const event of events) {
    const before = out[last];
    if (event.kind === 'window' && before && fills(before, event, pulsetimeMs)) {
      const end = Math.max(before.at + before.duration, event.at + event.duration);
      out[last] = { ...before, duration: end - before.at };
      continue;
    }
    out.push(event);
    if (event.kind === 'window') last = out.length - 1;
  }
  return out;
}

function fills(before: Event, event: Event, pulsetimeMs: number): boolean {
  const gap = event.at - (before.at + before.duration);
  return event.at >= before.at && gap <= pulsetimeMs && sameContent(before, event);
}
