import type { AppState, Assistant } from '../contract.ts';
import type { Observation } from '../model/observation.ts';
import type { Publish } from '../rpc.ts';

/** State is told at most this often, in milliseconds: a burst of events must not become a burst of repaints. */
const STATE_MS = 100;
/** So are observations; of a flood only the newest, since no window shows more at once. */
const OBSERVED_MS = 50;
const OBSERVED_MAX = 100;
/** That more happened than was told is said this late, in milliseconds: once for much, and when it is on disk. */
const CHANGED_MS = 700;

/** Tells every connected window what happened. */
export interface Announcer {
  readonly publish: Publish<Assistant>;
  /** The state changed; it is read and told soon, once for many changes. */
  stateChanged(): void;
  /** Something new was seen, or lasts longer; told soon, each observation once in its last form. */
  observed(observation: Observation): void;
  /** Observations since `from` (epoch ms) changed without being told one by one; told soon, once for many. */
  changed(from: number): void;
  /** Tells nobody of these any more. */
  forget(gone: (observation: Observation) => boolean): void;
  /** Adds a listener; returns its removal. */
  subscribe(publish: Publish<Assistant>): () => void;
  close(): void;
}

/** `read` gives the whole state when somebody listens. */
export function createAnnouncer(read: () => Promise<AppState>): Announcer {
  const listeners = new Set<Publish<Assistant>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const fresh = new Map<string, Observation>();
  let telling: NodeJS.Timeout | undefined;
  let changedFrom = Infinity;
  let owing: NodeJS.Timeout | undefined;

  const publish: Publish<Assistant> = (event, payload) => {
    for (const listener of listeners) {
      try {
        listener(event, payload);
      } catch {
        // A window that is going away must not keep an event from being kept; its transport tells of the end itself.
      }
    }
  };

  function changed(from: number): void {
    if (closed || listeners.size === 0) return;
    changedFrom = Math.min(changedFrom, from);
    owing ??= setTimeout(() => {
      owing = undefined;
      const since = changedFrom;
      changedFrom = Infinity;
      publish('changed', { from: since });
    }, CHANGED_MS);
  }

  return {
    publish,
    changed,
    stateChanged() {
      if (closed || timer || listeners.size === 0) return;
      timer = setTimeout(() => {
        timer = undefined;
        void read().then(
          (state) => closed || publish('state', state),
          () => {},
        );
      }, STATE_MS);
    },
    observed(observation) {
      if (closed || listeners.size === 0) return;
      fresh.set(observation.id, observation);
      if (fresh.size > OBSERVED_MAX) {
        const [oldest, { time }] = fresh.entries().next().value!;
        fresh.delete(oldest);
        changed(time);
      }
      telling ??= setTimeout(() => {
        telling = undefined;
        const all = [...fresh.values()];
        fresh.clear();
        if (all.length > 0) publish('observed', all);
      }, OBSERVED_MS);
    },
    forget(gone) {
      for (const [id, observation] of fresh) if (gone(observation)) fresh.delete(id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(telling);
      clearTimeout(owing);
      listeners.clear();
    },
  };
}
