import { createConnection } from 'node:net';
import { createClient, type Reply, type XClient, type XDisplay, type XEvent, type XProperty } from 'x11';
import { AppError } from '../../errors.ts';

/** One connection to the X server. Every pending request rejects when it is lost. */
export interface Connection {
  readonly X: XClient;
  readonly root: number;
  /** The bits by which windows of one client differ. */
  readonly resources: number;
  readonly keycodes: { readonly first: number; readonly last: number };
  /** Sends a request and resolves with its reply; null where the server answers with an error (a window just gone). */
  ask<T>(send: (reply: Reply<T>) => void): Promise<T | null>;
  /** Numbers of the named atoms, in their order. */
  atoms<const Names extends readonly string[]>(names: Names): Promise<{ [K in keyof Names]: number }>;
  /** Up to `bytes` of a property; null when the window or the property does not exist. */
  property(window: number, property: number, bytes?: number): Promise<XProperty | null>;
  onEvent(listener: (event: XEvent) => void): void;
  close(): Promise<void>;
}

/** A server that does not answer within this time will not: local ones answer in a few milliseconds. */
const HANDSHAKE_MS = 5000;

/** WM_TRANSIENT_FOR (X11 protocol, appendix B): atoms up to it are the same on every server. */
const LAST_PREDEFINED_ATOM = 68;

/**
 * Connects to the display of `env`. Rejects with `no-display` where there is none. `onLost` is called once, when a
 * connection that stood is gone, and never after `close`.
 */
export async function connectX(
  speaker: string,
  env: NodeJS.ProcessEnv,
  onLost: (error: AppError) => void,
): Promise<Connection> {
  const name = env['DISPLAY'];
  if (!name) {
    throw new AppError(
      'no-display',
      `[${speaker}] there is no X display: DISPLAY is not set; start the assistant in a graphical session`,
    );
  }
  const { client, display } = await handshake(speaker, name);

  ownAtoms(client);
  let lost = false;
  const waiting = new Set<(error: AppError) => void>();
  const lose = (error: AppError | null) => {
    if (lost) return;
    lost = true;
    const why = error ?? new AppError('aborted', `[${speaker}] the connection to ${name} was closed`);
    for (const reject of waiting) reject(why);
    waiting.clear();
    client.stream?.destroy();
    if (error) onLost(error);
  };
  const gone = () => lose(new AppError('no-display', `[${speaker}] the X server of ${name} is gone`));
  client.on('end', gone);
  client.on('error', (error) => {
    // Errors with a number are answers to one request, e.g. a window that closed meanwhile: the connection stands.
    if (error.error === undefined) gone();
  });
  client.stream?.on('close', gone);
  if (client.stream?.destroyed) {
    throw new AppError('no-display', `[${speaker}] the X server of ${name} closed the connection at once`);
  }

  const ask = <T>(send: (reply: Reply<T>) => void) =>
    new Promise<T | null>((resolve, reject) => {
      if (lost) {
        reject(new AppError('no-display', `[${speaker}] the X server of ${name} is gone`));
        return;
      }
      waiting.add(reject);
      send((error, value) => {
        waiting.delete(reject);
        resolve(error ? null : value);
        return true;
      });
    });

  return {
    X: client,
    root: display.screen[0]!.root,
    resources: display.resource_mask,
    keycodes: { first: display.min_keycode, last: display.max_keycode },
    ask,
    async atoms<const Names extends readonly string[]>(names: Names) {
      const found = await Promise.all(
        names.map((each) => ask<number>((reply) => client.InternAtom(false, each, reply))),
      );
      return found.map((atom) => atom ?? 0) as { [K in keyof Names]: number };
    },
    property: async (window, property, bytes = 4096) => {
      const found = await ask<XProperty>((reply) =>
        client.GetProperty(0, window, property, 0, 0, Math.ceil(bytes / 4), reply),
      );
      return found && found.type !== 0 ? found : null;
    },
    onEvent: (listener) =>
      client.on('event', (event) => {
        if (!lost) listener(event);
      }),
    async close() {
      const { stream } = client;
      lose(null);
      if (stream && !stream.closed)
        await new Promise<void>((resolve) => stream.once('close', () => resolve()));
    },
  };
}

/**
 * The package caches atoms in one object for the whole process. Numbers above the predefined ones belong to one life of
 * one server: after a restart, a cached TARGETS names something else and every request goes wrong in silence.
 */
function ownAtoms(client: XClient): void {
  const predefined = Object.entries(client.atoms).filter(([, atom]) => atom <= LAST_PREDEFINED_ATOM);
  client.atoms = Object.fromEntries(predefined);
  client.atom_names = Object.fromEntries(predefined.map(([name, atom]) => [atom, name]));
}

function handshake(speaker: string, name: string): Promise<{ client: XClient; display: XDisplay }> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new AppError('no-display', `[${speaker}] cannot reach the X server of ${name}: ${why}`));
    // A stream of our own for local displays: left alone, the package falls back to TCP on localhost when the socket
    // is missing, and a monitor has no business on the network.
    const local = /^(?:unix)?:(\d+)(?:\.\d+)?$/.exec(name);
    const stream = local ? createConnection(`/tmp/.X11-unix/X${local[1]}`) : undefined;
    let client: XClient | undefined;
    let done = false;
    const timer = setTimeout(() => {
      done = true;
      (client?.stream ?? stream)?.destroy();
      fail(`no answer within ${HANDSHAKE_MS / 1000} s`);
    }, HANDSHAKE_MS);
    const settle = (error: Error | undefined, display: XDisplay) => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      if (error) {
        (client?.stream ?? stream)?.destroy();
        fail(error.message);
      } else resolve({ client: display.client, display });
    };
    try {
      client = createClient(
        // `auth: undefined` is said aloud: with a stream of one's own the package would skip ~/.Xauthority.
        { display: name, shm: false, disableBigRequests: true, ...(stream && { stream, auth: undefined }) },
        settle,
      );
      client.on('error', (error) => settle(error, undefined as never));
    } catch (thrown) {
      clearTimeout(timer);
      stream?.destroy();
      fail(thrown instanceof Error ? thrown.message : String(thrown));
    }
  });
}
