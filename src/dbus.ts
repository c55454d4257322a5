import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import { sessionBus, type MessageBus } from 'dbus-next';
import { AppError } from './errors.ts';

/** Settles with `work`, or rejects with `timeout` after `ms` milliseconds. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout', '[dbus] no answer in time')), ms);
  });
  work.catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Connects to the session bus; rejects within `limit` ms where there is none. `onLost` is called once when the
 * connection ends for whatever reason.
 */
export async function connectBus(
  address: string | undefined,
  limit: number,
  onLost: () => void,
): Promise<MessageBus> {
  const place = address ?? sessionAddress(process.env);
  if (!place) throw new AppError('not-running', '[dbus] there is no session bus');
  const bus = sessionBus({ busAddress: nodeAddress(place) });
  let lost = false;
  const lose = () => {
    if (lost) return;
    lost = true;
    onLost();
  };
  // Without a listener an error of the stream would end the process.
  bus.on('error', lose);
  // dbus-next 0.10.2 does not tell when the bus goes away; only its stream knows.
  streamOf(bus).on('close', lose);
  try {
    await within(
      limit,
      new Promise<void>((resolve, reject) => {
        bus.once('connect', () => resolve());
        bus.once('error', reject);
      }),
    );
  } catch (thrown) {
    dropBus(bus);
    throw thrown;
  }
  return bus;
}

/** Ends a connection at once. `disconnect` would still read, and dbus-next answers a late call by throwing. */
export function dropBus(bus: MessageBus): void {
  streamOf(bus).destroy();
}

function streamOf(bus: MessageBus): Socket {
  return (bus as unknown as { _connection: { stream: Socket } })._connection.stream;
}

/** Address of the session bus of an environment: the variable, or the bus of systemd sessions where it is not set. */
export function sessionAddress(env: NodeJS.ProcessEnv): string | undefined {
  if (env['DBUS_SESSION_BUS_ADDRESS']) return env['DBUS_SESSION_BUS_ADDRESS'];
  const runtime = env['XDG_RUNTIME_DIR'];
  return runtime && existsSync(join(runtime, 'bus')) ? `unix:path=${join(runtime, 'bus')}` : undefined;
}

/** dbus-next would load the native `usocket` for `path` and `abstract`; Node's own sockets speak both. */
function nodeAddress(address: string): string {
  return address.replace(
    /unix:(path|abstract)=([^,;]*)/g,
    (_, kind: string, place: string) =>
      `unix:socket=${kind === 'abstract' ? '\0' : ''}${decodeURIComponent(place)}`,
  );
}
