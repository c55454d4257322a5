import type { AppState, Assistant } from '../contract.ts';
import type { Observation } from '../model/observation.ts';
import type { Publish } from '../rpc.ts';

/** State is told at most this often, in milliseconds: a burst of events must not become a burst of repaints. */
const STATE_MS = 100;
/** So are observations; of a flood only the newest, since no window shows more at once. */
const OBSERVED_MS = 50;
const OBSERVED_MAX = 100;

/** Tells every connected window what happened. */
export interface Announcer {
  readonly publish: Publish<Assistant>;
  /** The state changed; it is read and told soon, once for many changes. */
  stateChanged(): void;
  /** Something new was seen, or lasts longer; told soon, each observation once in its last form. */
  observed(observation: Observation): void;
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

  const publish: Publish<Assistant> = (event, payload) => {
    for (const listener of listeners) {
      try {
        listener(event, payload);
      } catch {
        // A window that is going away must not keep an event from being kept; its transport tells of the end itself.
      }
    }
  };

  return {
    publish,
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
      if (fresh.size > OBSERVED_MAX) fresh.delete(fresh.keys().next().value!);
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
      listeners.clear();
    },
  };
}
