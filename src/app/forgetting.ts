import { isApp } from '../model/app.ts';
import { selects } from '../model/selected.ts';
import type { Event } from '../model/event.ts';
import type { ForgetFilter } from '../model/log.ts';
import type { Observation } from '../model/observation.ts';
import { isWithin, siteOfEvent } from '../model/site.ts';

/** Says of what is still in memory whether the log forgets it: the same rules as the log's own. */
export interface Forgetting {
  event(event: Event): boolean;
  observation(observation: Observation): boolean;
}

/**
 * Reads a filter. Events that an observation was made of go with it: ask with `Observation.sources` too. `events` are
 * those in memory: a window that showed a page of a forgotten site without saying so is found by its title.
 */
export function forgetting(filter: ForgetFilter, events: readonly Event[] = []): Forgetting {
  if ('everything' in filter) return { event: () => true, observation: () => true };
  if ('app' in filter) {
    const { app } = filter;
    return { event: (each) => isApp(each.app, app), observation: (each) => isApp(each.app, app) };
  }
  if ('site' in filter) {
    const of = (site: string | undefined) => site !== undefined && isWithin(site, filter.site);
    const windows = events.filter((each) => each.kind === 'window');
    const titles = windows.flatMap((each) => (of(siteOfEvent(each)) ? (each.data.title ?? []) : []));
    const showing = (each: (typeof windows)[number]) =>
      siteOfEvent(each) === undefined && titles.some((title) => title && each.data.title?.includes(title));
    const shown = new Set(windows.filter(showing).map(({ id }) => id));
    return {
      event: (each) => of(siteOfEvent(each)) || shown.has(each.id),
      observation: (each) => of(each.site) || each.sources.some((id) => shown.has(id)),
    };
  }
  if ('from' in filter) {
    const { from, to } = filter;
    return {
      event: ({ at, duration }) => at <= to && at + duration >= from,
      observation: ({ time, duration }) => time <= to && time + duration >= from,
    };
  }
  if ('began' in filter) {
    const chosen = selects(filter);
    // Their events are found by what they were made into.
    return { event: () => false, observation: chosen };
  }
  const ids = new Set(
    'observations' in filter ? filter.observations : 'events' in filter ? filter.events : [],
  );
  return {
    event: ({ id }) => ids.has(id),
    observation: ({ id, sources }) => ids.has(id) || sources.some((each) => ids.has(each)),
  };
}
