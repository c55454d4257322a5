import type { Event } from '../../model/event.ts';

/** Keys stop this long before the next thing that a sentence tells of, at the most, in milliseconds. */
const BURST = 10_000;

/**
 * What a described event (a sentence of an imported trace) would have been as a live one, as far as moments go: typing, a
 * save, or a switch. Other events are themselves; a sentence that tells of none of these is null. `next` is when the
 * following event began: typing lasts until then.
 */
export function heard(event: Event, next: number | undefined): Event | null {
  if (event.kind !== 'described') return event;
  const { id, at, monitor, app } = event;
  const { sentence } = event.data;
  const base = { id, at, monitor, ...(app && { app }) };
  if (/\b(?:sav(?:es?|ed|ing))\b/i.test(sentence)) {
    const data = { keys: 1, words: 0, corrections: 0, chords: ['save' as const] };
    return { ...base, duration: 0, kind: 'keyboard', data };
  }
  if (
    /\b(?:typ(?:es?|ed|ing)|inputs?|enter(?:s|ed|ing)?|writ(?:es?|ing)|edit(?:s|ed|ing)?|press(?:es|ed)?)\b/i.test(
      sentence,
    )
  ) {
    const duration = Math.max(0, Math.min(BURST, (next ?? at) - at - 1));
    return { ...base, duration, kind: 'keyboard', data: { keys: 20, words: 4, corrections: 0, chords: [] } };
  }
  const to =
    /\b(?:switch(?:es|ed|ing)?|opens?|opened|launch(?:es|ed)?|goes|navigat(?:es|ed)) (?:back )?(?:to )?(?:the )?(.{1,80})/i.exec(
      sentence,
    );
  // Each place is an app of its own: going from one to the next is a switch.
  return to ? { ...base, app: to[1]!.toLowerCase(), duration: 0, kind: 'window', data: {} } : null;
}

/** When a live monitor would have told of it: a burst of keys when it is over, anything else as it begins. */
export function toldAt(event: Event): number {
  return event.kind === 'keyboard' ? event.at + event.duration : event.at;
}
