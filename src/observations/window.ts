import type { Event } from '../model/event.ts';
import type { Observation } from '../model/observation.ts';
import { mergeBurst } from './burst.ts';
import { describe } from './describe.ts';
import { mergeHeartbeat } from './heartbeat.ts';

/** Observations and raw events that are kept at hand; what is older is in the log. */
const kept = { observations: 64, events: 512 };

/** Event ids one observation names at most; a longer stay goes on as another observation. */
const mostSources = 500;

/** Longest gap (ms) between two events of one source that still are one: ActivityWatch's window watchers use the same. */
const defaultPulsetimeMs = 60_000;

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
}

/** Creates an observer with nothing seen yet. */
export function createObserver(options: { readonly pulsetimeMs?: number } = {}): Observer {
  const pulsetimeMs = options.pulsetimeMs ?? defaultPulsetimeMs;
  let observations: Observation[] = [];
  let events: Event[] = [];
  let focus: string | undefined;
  const open = new Map<string, Open>();
  const last = new Map<Event['kind'], Event>();

  function extend(event: Event, before: Open): Observed | null {
    const merged = join(before, event);
    if (!merged) return null;
    const index = observations.findLastIndex((item) => item.id === before.observation);
    const known = observations[index];
    if (!known || known.sources.length >= mostSources) return null;
    const sentence = merged.kind === 'keyboard' ? describe(merged) : known.event;
    const sources = known.sources.includes(event.id) ? known.sources : [...known.sources, event.id];
    const observation: Observation = {
      ...known,
      duration: merged.duration,
      event: sentence ?? known.event,
      sources,
    };
    observations[index] = observation;
    open.set(source(event), { ...before, event: merged });
    return { observation, isNew: false };
  }

  function join(before: Open, event: Event): Event | null {
    if (event.kind === 'keyboard' && before.event.kind === 'keyboard')
      return before.focus === focus ? mergeBurst(before.event, event, pulsetimeMs) : null;
    return mergeHeartbeat(before.event, event, pulsetimeMs);
  }

  function begin(event: Event): Observed | null {
    const sentence = describe(event, last.get(event.kind));
    if (sentence === null) return null;
    const observation: Observation = {
      id: event.id,
      time: event.at,
      duration: event.duration,
      kind: event.kind,
      ...(event.app === undefined ? {} : { app: event.app }),
      event: sentence.slice(0, 4000),
      sources: [event.id],
    };
    observations = [...observations, observation].slice(-kept.observations);
    if (event.kind === 'window') focus = event.id;
    open.set(source(event), { event, observation: event.id, focus });
    return { observation, isNew: true };
  }

  return {
    observe(event) {
      events = [...events, event].slice(-kept.events);
      const before = open.get(source(event));
      const result = (before && extend(event, before)) ?? begin(event);
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

function source(event: Event): string {
  return `${event.kind} ${event.monitor}`;
}
