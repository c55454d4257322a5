import type { Event } from '../model/event.ts';
import type { Observation } from '../model/observation.ts';
import { siteOfEvent } from '../model/site.ts';
import { mergeBurst } from './burst.ts';
import { describe } from './describe.ts';
import { createFlood, describeFlood, floodKey } from './flood.ts';
import { mergeHeartbeat } from './heartbeat.ts';
import { subjectOf } from './subject.ts';

/** Observations and raw events that are kept at hand; what is older is in the log. */
const kept = { observations: 64, events: 512 };

/** Event ids one observation names at most; a longer stay goes on as another observation. */
const mostSources = 500;

/** Longest gap (ms) between two events of one source that still are one: ActivityWatch's window watchers use the same. */
const defaultPulsetimeMs = 60_000;

/** Two sources tell of the same thing within this time (ms) of one another. */
const meetMs = 5000;

/** What became of an event: a new observation, or a known one (same id) that now says more or lasts longer. */
export interface Observed {
  readonly observation: Observation;
  readonly isNew: boolean;
}

/** Turns events, as they come, into the sentences the agent sees. Newest last everywhere. */
export interface Observer {
  /** Null when the event says nothing about the user. */
  observe(event: Event): Observed | null;
  /** The newest `limit` observations. */
  window(limit: number): readonly Observation[];
  /** The newest `limit` raw events, merged ones as they came. */
  events(limit: number): readonly Event[];
  /** Drops observations and events with these ids, and every observation made of such an event. */
  forget(ids: Iterable<string>): void;
}

/** Last event of one source, grown by what was merged into it, and the observation it became. */
interface Open {
  readonly event: Event;
  readonly observation: string;
  /** The window that was in front then; typing in another is another burst. */
  readonly focus: string | undefined;
  /** True when the observation is of many events that a program made, not of this one. */
  readonly flooded?: boolean;
}

/** An observation that still takes events of a flood. */
interface Gathering {
  readonly observation: string;
  /** End of its last event, epoch milliseconds. */
  until: number;
}

/** Creates an observer with nothing seen yet. */
export function createObserver(options: { readonly pulsetimeMs?: number } = {}): Observer {
  const pulsetimeMs = options.pulsetimeMs ?? defaultPulsetimeMs;
  let observations: Observation[] = [];
  let events: Event[] = [];
  let focus: string | undefined;
  const open = new Map<string, Open>();
  const last = new Map<Event['kind'], Event>();
  const flood = createFlood();
  const gatherings = new Map<string, Gathering>();

  function extend(event: Event, before: Open): Observed | null {
    const merged = join(before, event);
    if (!merged) return null;
    const index = observations.findLastIndex((item) => item.id === before.observation);
    const known = observations[index];
    if (!known || known.sources.length >= mostSources) return null;
    const sentence = merged.kind === 'keyboard' ? describe(merged) : known.event;
    const observation: Observation = {
      ...known,
      duration: Math.max(known.duration, merged.at + merged.duration - known.time),
      event: sentence ?? known.event,
      sources: withId(known.sources, event.id),
    };
    observations[index] = observation;
    open.set(source(event), { ...before, event: merged });
    return { observation, isNew: false };
  }

  /**
   * Two sources tell of the same thing in front: the desktop of a window's title, a browser of its page, an editor of its
   * file. They are one observation, which says whatever any of them knows.
   */
  function meet(event: Event): Observed | null {
    if (event.kind !== 'window' && event.kind !== 'editor') return null;
    const near = [...open.values()].filter(
      ({ event: other }) =>
        (other.kind === 'window' || other.kind === 'editor') &&
        source(other) !== source(event) &&
        event.at + event.duration >= other.at - meetMs &&
        event.at <= other.at + other.duration + pulsetimeMs,
    );
    // Reading titles costs, and where one source alone tells of windows there is nobody to meet.
    const subject = near.length > 0 ? subjectOf(event) : null;
    if (subject === null) return null;
    const twin = near.findLast((each) => subjectOf(each.event) === subject);
    const index = twin ? observations.findLastIndex((item) => item.id === twin.observation) : -1;
    const known = observations[index];
    if (!twin || !known || known.sources.length >= mostSources) return null;
    // Something else came to the front in between, so this is a return, not the same stay.
    if (observations.slice(index + 1).some((item) => item.kind === 'window' || item.kind === 'editor'))
      return null;
    const site = known.site ?? siteOfEvent(event);
    const more = event.kind === 'window' && event.data.page !== undefined;
    const sentence = more ? describe(event, twin.event.kind === 'window' ? twin.event : undefined) : null;
    const observation: Observation = {
      ...known,
      duration: Math.max(known.duration, event.at + event.duration - known.time),
      ...(site && { site }),
      // A page's address names the search that its title may not.
      event: sentence !== null && /\bsearched\b/.test(sentence) ? sentence : known.event,
      sources: withId(known.sources, event.id),
    };
    observations[index] = observation;
    open.set(source(event), { event, observation: known.id, focus });
    return { observation, isNew: false };
  }

  function join(before: Open, event: Event): Event | null {
    if (event.kind === 'keyboard' && before.event.kind === 'keyboard')
      return before.focus === focus ? mergeBurst(before.event, event, pulsetimeMs) : null;
    return mergeHeartbeat(before.event, event, pulsetimeMs);
  }

  /** One of many: joins the observation of its flood, or begins one. */
  function gather(event: Event): Observed {
    const key = floodKey(event);
    const gathering = gatherings.get(key);
    const index = gathering ? observations.findLastIndex((item) => item.id === gathering.observation) : -1;
    const known = observations[index];
    if (event.kind === 'window') focus = event.id;
    const end = event.at + event.duration;
    const late = gathering && event.at > gathering.until + pulsetimeMs;
    if (!gathering || !known || late || known.sources.length >= mostSources) {
      const begun = start(event, describeFlood(event, 1, event.duration));
      gatherings.delete(key);
      gatherings.set(key, { observation: event.id, until: end });
      if (gatherings.size > kept.observations) gatherings.delete(gatherings.keys().next().value!);
      open.set(source(event), { event, observation: event.id, focus, flooded: true });
      return begun;
    }
    const duration = Math.max(known.duration, end - known.time);
    const sources = [...known.sources, event.id];
    const sentence = describeFlood(event, sources.length, duration);
    const observation: Observation = { ...known, duration, event: sentence, sources };
    observations[index] = observation;
    gathering.until = Math.max(gathering.until, end);
    open.set(source(event), { event, observation: known.id, focus, flooded: true });
    return { observation, isNew: false };
  }

  function begin(event: Event): Observed | null {
    if (flood.tooMany(event)) return gather(event);
    const sentence = describe(event, last.get(event.kind));
    if (sentence === null) return null;
    const begun = start(event, sentence);
    if (event.kind === 'window') focus = event.id;
    open.set(source(event), { event, observation: event.id, focus });
    return begun;
  }

  function start(event: Event, sentence: string): Observed {
    const site = siteOfEvent(event);
    const observation: Observation = {
      id: event.id,
      time: event.at,
      duration: event.duration,
      kind: event.kind,
      ...(event.app === undefined ? {} : { app: event.app }),
      ...(site === undefined ? {} : { site }),
      event: sentence.slice(0, 4000),
      sources: [event.id],
    };
    observations.push(observation);
    if (observations.length > kept.observations) observations.shift();
    return { observation, isNew: true };
  }

  return {
    observe(event) {
      // In place: a copy of all that are kept for each event is what a burst can't afford.
      events.push(event);
      if (events.length > kept.events) events.shift();
      const before = open.get(source(event));
      const result = (before && extend(event, before)) ?? meet(event) ?? begin(event);
      // An absence counts from its first event, not from its last heartbeat.
      const grown = result && open.get(source(event))?.event;
      last.set(event.kind, grown ?? event);
      return result;
    },

    window(limit) {
      return limit <= 0 ? [] : observations.slice(-limit);
    },

    events(limit) {
      return limit <= 0 ? [] : events.slice(-limit);
    },

    forget(ids) {
      const gone = new Set(ids);
      const leaving = observations.filter(
        (item) => gone.has(item.id) || item.sources.some((id) => gone.has(id)),
      );
      for (const item of leaving) for (const id of [item.id, ...item.sources]) gone.add(id);
      observations = observations.filter((item) => !leaving.includes(item));
      events = events.filter((item) => !gone.has(item.id));
      for (const [key, item] of open)
        if (gone.has(item.observation) || gone.has(item.event.id)) open.delete(key);
      for (const [kind, item] of last) if (gone.has(item.id)) last.delete(kind);
    },
  };
}

/** `ids` with `id` once; a monitor tells of the newest event again, so the end is looked at first. */
function withId(ids: string[], id: string): string[] {
  return ids.at(-1) === id || ids.includes(id) ? ids : [...ids, id];
}

function source(event: Event): string {
  return `${event.kind} ${event.monitor}`;
}
