import type { Assistant } from '../src/contract.ts';
import { AppError } from '../src/errors.ts';
import type { Client, Transport } from '../src/rpc.ts';
import { openDesktop, openSocket, type Preload } from './transport.ts';

/** How the window stands with the assistant. `refused`: the link of this window is not accepted (any more). */
export type Link = 'connecting' | 'open' | 'closed' | 'refused';

/** The assistant as the page calls it, whatever host it runs in; survives its restarts. */
export interface Bridge extends Client<Assistant> {
  /** Calls at once with the present state, then at every change; returns its own undo. */
  onLink(listener: (link: Link) => void): () => void;
  /** Hears that events did not arrive: what is held may be old. Returns its own undo. */
  onMissed(listener: () => void): () => void;
  /** Tries again now instead of at the next turn of the back-off. */
  retry(): void;
}

declare global {
  interface Window {
    readonly beforehand?: Preload;
  }
}

/** First wait after a loss and the longest one, ms: a restart of the core takes about a second. */
const FIRST = 250;
const LONGEST = 8000;
/** How long a call waits for a connection that is being made, ms. */
const PATIENCE = 4000;

type Listener = (payload: never) => void;

const talk = () => import('./talk.ts');

/** Connects through Electron's preload where there is one, else through a WebSocket to this page's origin. */
export function connectAssistant(): Bridge {
  const links = new Set<(link: Link) => void>();
  const missed = new Set<() => void>();
  const listeners = new Map<string, Set<Listener>>();
  const open: () => Promise<Transport> = window.beforehand
    ? openDesktop(window.beforehand)
    : openSocket(talk);
  let link: Link = 'connecting';
  let client: Client<Assistant> | null = null;
  let wait = FIRST;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: Link) => {
    if (next === link) return;
    link = next;
    for (const listener of links) listener(next);
  };

  async function attempt() {
    clearTimeout(timer);
    timer = undefined;
    try {
      // Asked for at once, but there before the pipe is: from then on no message may be missed.
      const waiting = talk();
      if (window.beforehand) await waiting;
      const [transport, { connect, told }] = await Promise.all([open(), waiting]);
      const fresh = connect<Assistant>(told, transport, () => {
        for (const listener of missed) listener();
      });
      transport.onClose(() => {
        if (client === fresh || client === null) lose();
      });
      for (const name of Object.keys(told.events) as (keyof Assistant['events'])[]) {
        fresh.on(name, (payload) => {
          for (const listener of listeners.get(name) ?? []) listener(payload as never);
        });
      }
      client = fresh;
      wait = FIRST;
      become('open');
    } catch (error) {
      become(error instanceof AppError && error.code === 'refused' ? 'refused' : 'closed');
      again();
    }
  }

  function lose() {
    client = null;
    become('closed');
    again();
  }

  function again() {
    timer ??= setTimeout(() => void attempt(), wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  function ready(): Promise<Client<Assistant>> {
    if (client) return Promise.resolve(client);
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(late);
        links.delete(check);
      };
      const check = () => {
        if (!client) return;
        stop();
        resolve(client);
      };
      const late = setTimeout(() => {
        stop();
        reject(new AppError('not-running', '[window] the assistant is not running'));
      }, PATIENCE);
      links.add(check);
    });
  }

  void attempt();
  return {
    async call(channel, input) {
      const used = await ready();
      try {
        return await used.call(channel, input);
      } catch (error) {
        if (used === client && error instanceof AppError && error.code === 'not-running') lose();
        throw error;
      }
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set<Listener>();
      listeners.set(event, set.add(listener as Listener));
      return () => set.delete(listener as Listener);
    },
    onLink(listener) {
      links.add(listener);
      listener(link);
      return () => links.delete(listener);
    },
    onMissed(listener) {
      missed.add(listener);
      return () => missed.delete(listener);
    },
    retry() {
      if (client || !timer) return;
      wait = FIRST;
      void attempt();
    },
  };
}
