import type { Event } from '../model/event.ts';
import { count, inApp, span } from './wording.ts';

/** New observations of one source before it counts as a flood: more than a person makes in a few seconds. */
const FULL = 30;
/** What a source may make for good, each second; a person who switches windows all day makes less. */
const CALM_PER_S = 3;
/** A flood is over this long after its last event: what it was part of, such as a build, often pauses. */
const CALM_AFTER_MS = 5000;

/** Tells the events a person made from those that a program makes by the thousand. */
export interface Flood {
  /** True when the event is one too many to be an observation of its own. Goes by the events' own times. */
  tooMany(event: Event): boolean;
}

/**
 * A leaky bucket for each source: what comes in fills it, time empties it.
 *
 *     events    | | |  |  | |||||||||||||||||||||||||||||||          |  |
 *     own       x x x  x  x xxxx                                     x  x
 *     flood                     ===========================
 *
 * Typing, presence and imported sentences never flood: bursts are merged, presence has two states, each sentence counts.
 */
export function createFlood(): Flood {
  const buckets = new Map<string, { level: number; at: number }>();
  const most = FULL + (CALM_AFTER_MS / 1000) * CALM_PER_S;
  return {
    tooMany(event) {
      if (!floods(event)) return false;
      const key = `${event.kind} ${event.monitor}`;
      const bucket = buckets.get(key) ?? { level: 0, at: event.at };
      buckets.set(key, bucket);
      const passed = Math.max(0, event.at - bucket.at) / 1000;
      bucket.level = Math.min(most, Math.max(0, bucket.level - passed * CALM_PER_S) + 1);
      bucket.at = event.at;
      return bucket.level > FULL;
    },
  };
}

/** Kinds that come one by one from outside and can come by the thousand. */
function floods(event: Event): boolean {
  return (
    event.kind === 'window' || event.kind === 'file' || event.kind === 'clipboard' || event.kind === 'editor'
  );
}

/** Where an event of a flood belongs: never two applications or pages in one, so that each can be forgotten alone. */
export function floodKey(event: Event): string {
  const page = event.kind === 'window' ? siteOf(event.data.page) : '';
  return `${event.kind} ${event.monitor} ${page} ${event.app ?? ''}`;
}

/**
 * One sentence for `number` events within `ms` milliseconds. Rounded down to one digit: nobody needs the rest, and a
 * sentence that changes with every event would be written and indexed with every event.
 */
export function describeFlood(event: Event, number: number, ms: number): string {
  const unit = 10 ** Math.floor(Math.log10(number));
  const many = Math.floor(number / unit) * unit;
  const within = `within ${span(ms)}`;
  switch (event.kind) {
    case 'file':
      return `${about(many, 'file')} changed ${within}.`;
    case 'clipboard':
      return `Something was copied ${about(many, 'time')}${inApp(event.app)} ${within}.`;
    case 'editor':
      return `The user went through ${about(many, 'file')}${inApp(event.app)} ${within}.`;
    default:
      return `The window${inApp(event.app)} changed ${about(many, 'time')} ${within}.`;
  }
}

function about(many: number, noun: string): string {
  const said = count(many, noun);
  return many < 10 ? said : `${many} or more ${noun}s`;
}

function siteOf(page: string | undefined): string {
  return page === undefined ? '' : (/^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(page)?.[1] ?? page);
}
