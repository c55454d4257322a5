import type { Event } from '../../model/event.ts';
import type { Observation } from '../../model/observation.ts';
import { ordersIn, withoutAddresses } from './orders.ts';

/** What stands in a sentence for text that gives orders. */
const LEFT_OUT = "'[text that gives orders, left out]'";

/** What was seen, as whoever makes suggestions may see it. */
export interface Seen {
  readonly observations: readonly Observation[];
  readonly events: readonly Event[];
}

/**
 * Takes orders out of captured text before anybody makes a suggestion of it: a title, copy, name or sentence that speaks to
 * a machine is left out (that it was there stays), and addresses in free text are masked. Remembers what it has read, so
 * that a sentence costs once and the same observation is the same object from turn to turn.
 */
export function createCleaner(): (seen: Seen) => Seen {
  const observations = new WeakMap<Observation, Observation>();
  const events = new WeakMap<Event, Event | null>();
  return (seen) => ({
    observations: seen.observations.map((each) => kept(observations, each, cleanObservation)),
    events: seen.events.flatMap((each) => kept(events, each, cleanEvent) ?? []),
  });
}

function kept<K extends object, V>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make(key);
  known.set(key, made);
  return made;
}

function cleanObservation(observation: Observation): Observation {
  const event = cleanSentence(observation.event);
  return event === observation.event ? observation : { ...observation, event };
}

/** A sentence whose quotes give no orders and hold no addresses. */
export function cleanSentence(sentence: string): string {
  if (ordersIn(sentence) === null) return withoutAddresses(sentence);
  const first = sentence.search(/['"‘“]/);
  const last = Math.max(...["'", '"', '’', '”'].map((sign) => sentence.lastIndexOf(sign)));
  const around = first >= 0 && last > first ? [sentence.slice(0, first), sentence.slice(last + 1)] : null;
  // The frame is ours where the orders stand in a quote; else the whole sentence is theirs.
  if (around && ordersIn(around.join(' ')) === null) return `${around[0]}${LEFT_OUT}${around[1]}`;
  return `Something was seen: ${LEFT_OUT}.`;
}

/** Null where nothing is left to say of it. */
function cleanEvent(event: Event): Event | null {
  switch (event.kind) {
    case 'window': {
      const { title, page } = event.data;
      const bare = page === undefined ? undefined : (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(page)?.[0] ?? '');
      const data = {
        ...(title !== undefined && !orders(title) && { title: withoutAddresses(title) }),
        ...(page !== undefined && { page: orders(page) ? bare : page }),
      };
      return { ...event, data };
    }
    case 'clipboard':
    case 'keyboard': {
      const { text, ...rest } = event.data;
      if (text === undefined) return event;
      return {
        ...event,
        data: ordersIn(text) === null ? { ...rest, text: withoutAddresses(text) } : rest,
      } as Event;
    }
    case 'file': {
      const { name, from, folder } = event.data;
      return [name, from, folder].some(orders) ? null : event;
    }
    case 'editor': {
      const { file, project, language } = event.data;
      return [file, project].some(orders)
        ? { ...event, data: language === undefined ? {} : { language } }
        : event;
    }
    case 'described':
      return { ...event, data: { sentence: cleanSentence(event.data.sentence) } };
    default:
      return event;
  }
}

function orders(text: string | undefined): boolean {
  return text !== undefined && ordersIn(text) !== null;
}
