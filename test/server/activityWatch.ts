import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Settings } from '../../src/model/settings.ts';
import type { Probe } from '../../src/model/monitor.ts';
import type { Clock } from '../../src/model/ports.ts';
import { systemClock } from '../../src/model/ports.ts';
import type { Pulse } from '../../src/monitors/beat.ts';
import { createActivityWatch } from '../../src/server/activityWatch.ts';

/** The origins that a Firefox and a Chrome extension send. The first is made anew with each installation. */
export const FIREFOX = 'moz-extension://0a1b2c3d-0000-4000-8000-00000000beef';
export const CHROME = 'chrome-extension://nglaklhklhcoonedhgnpgddginnjdadi';

/** A port on which nothing listens just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** An open port of our own with a listener that gathers what comes. */
export async function startClients(
  options: {
    readonly home?: string;
    readonly port?: number;
    readonly needsKey?: boolean;
    readonly clock?: Clock;
    readonly pollMs?: number;
    /** False: nobody listens, as in a pause. */
    readonly listen?: boolean;
  } = {},
) {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'clients-'));
  const port = options.port ?? (await freePort());
  let settings = Settings.parse({
    activityWatch: { ingest: true, needsKey: options.needsKey ?? false },
  });
  const clients = createActivityWatch({
    paths: { data: home },
    settings: () => settings,
    clock: options.clock ?? systemClock,
    port,
    ...(options.pollMs && { pollMs: options.pollMs }),
  });
  const pulses: Pulse[] = [];
  const notes: string[] = [];
  const deaths: unknown[] = [];
  let prove: Probe['run'] | null = null;
  await clients.follow(true);
  const open = () =>
    clients.feed.open({
      pulse: (pulse) => void pulses.push(pulse),
      note: (note) => void notes.push(note?.reason ?? ''),
      died: (why) => void deaths.push(why),
      proves: (probe) => void (prove = probe.run),
    });
  const detach = options.listen === false ? async () => {} : await open();

  return {
    clients,
    home,
    port,
    pulses,
    notes,
    deaths,
    open,
    detach,
    /** Runs the self-test. */
    prove: () => prove?.(),
    base: `http://127.0.0.1:${port}`,
    change(activityWatch: Partial<Settings['activityWatch']>) {
      settings = Settings.parse({ activityWatch: { ...settings.activityWatch, ...activityWatch } });
    },
    /** Sends a request as a client does. */
    post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
      return fetch(`http://127.0.0.1:${port}/api/0/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    },
    /** Writes bytes to the port and gives everything that comes back until the server closes or rests. */
    raw(bytes: string | Buffer, host = '127.0.0.1', rest = 400) {
      return new Promise<string>((resolve) => {
        const socket = connect(port, host, () => socket.write(bytes));
        let got = '';
        socket.setTimeout(rest, () => socket.destroy());
        socket.on('data', (chunk) => (got += chunk.toString('latin1')));
        socket.on('error', () => {});
        socket.on('close', () => resolve(got));
      });
    },
    async stop(keep = false) {
      await clients.close();
      if (!keep) rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What `startClients` gives. */
export type Clients = Awaited<ReturnType<typeof startClients>>;
