import type { AppState, Assistant } from '../contract.ts';
import type { Publish } from '../rpc.ts';

/** State is told at most this often, in milliseconds: a burst of events must not become a burst of repaints. */
const STATE_MS = 100;

/** Tells every connected window what happened. */
export interface Announcer {
  readonly publish: Publish<Assistant>;
  /** The state changed; it is read and told soon, once for many changes. */
  stateChanged(): void;
  /** Adds a listener; returns its removal. */
  subscribe(publish: Publish<Assistant>): () => void;
  close(): void;
}

/** `read` gives the whole state when somebody listens. */
export function createAnnouncer(read: () => Promise<AppState>): Announcer {
  const listeners = new Set<Publish<Assistant>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

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
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
