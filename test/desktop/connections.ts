import { createClient, type Record, type Reply, type XDisplay } from 'x11';

/** X-Resource: an id of a client that is its process. */
const LOCAL_PID = 2;

interface Resources {
  QueryClientIds(
    specs: readonly { client: number; mask: number }[],
    reply: Reply<readonly { client: number; value: readonly number[] }[]>,
  ): void;
}

/** The connections of one process to a display, and what a rude program can do to them. */
export interface Connections {
  /** Cuts every connection of the process that made something on the display; gives how many there were. */
  cut(): Promise<number>;
  /** Ends every recording of keys that the process has. */
  unhook(): Promise<void>;
  /** Owns the clipboard and answers nobody who asks for it, until it is closed. */
  ownClipboard(): Promise<void>;
  close(): void;
}

/** Opens a connection of our own to `display`, to be rude by. */
export async function connectionsOf(display: string, pid: number): Promise<Connections> {
  const { client, screen } = await new Promise<XDisplay>((resolve, reject) => {
    createClient({ display, shm: false, disableBigRequests: true }, (error, found) =>
      error ? reject(error) : resolve(found),
    );
  });
  const root = screen[0]!.root;
  // Ids that are no recordings are answered with errors.
  client.on('error', () => {});
  const require = <T>(name: string) =>
    new Promise<T>((resolve, reject) => {
      const ask = client.require as (name: string, reply: Reply<T>) => void;
      ask.call(client, name, (error, extension) => (error ? reject(error) : resolve(extension)));
    });
  const resources = await require<Resources>('res');
  const record = await require<Record & { DisableContext(context: number): void }>('record');

  const bases = () =>
    new Promise<number[]>((resolve, reject) => {
      resources.QueryClientIds([{ client: 0, mask: LOCAL_PID }], (error, ids) => {
        if (error) reject(error);
        else resolve(ids.filter(({ value }) => value[0] === pid).map((each) => each.client));
      });
    });
  return {
    async cut() {
      const all = await bases();
      // By something that the connection has made: one that made nothing cannot be named.
      const { KillClient } = client as unknown as { KillClient(id: number): void };
      for (const base of all) for (let id = 0; id < 8; id++) KillClient.call(client, base + id);
      return all.length;
    },
    async unhook() {
      for (const base of await bases()) for (let id = 0; id < 8; id++) record.DisableContext(base + id);
    },
    async ownClipboard() {
      const clipboard = await new Promise<number>((resolve) => {
        client.InternAtom(false, 'CLIPBOARD', (_, atom) => resolve(atom));
      });
      const window = client.AllocID();
      client.CreateWindow(window, root, -1, -1, 1, 1, 0, 0, 2, 0, { eventMask: 0 });
      client.SetSelectionOwner(window, clipboard, 0);
      await new Promise((resolve) => client.GetSelectionOwner(clipboard, resolve));
    },
    close: () => client.stream?.destroy(),
  };
}
