import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Message, Variant } from 'dbus-next';
import { connectBus, dropBus } from '../../src/dbus.ts';
import { program } from '../needs.ts';
import { ended, startBus } from '../ports/bus.ts';
import type { Display } from './display.ts';

/** A session on a display whose applications can be asked what has the focus. */
export interface AccessibleSession {
  readonly env: NodeJS.ProcessEnv;
  /** A folder of this session's own, removed with it. */
  readonly folder: string;
  /** Kills the service and its message bus the hard way. */
  kill(): Promise<void>;
  launch(): void;
  /** Whether the desktop was told that an assistive technology is there; with `value`, tells it. */
  enabled(value?: boolean): Promise<boolean>;
  stop(): Promise<void>;
}

/** Starts a private message bus and the desktop's real accessibility service on `display`. */
export async function startAccessible(display: Pick<Display, 'env'>): Promise<AccessibleSession> {
  const folder = mkdtempSync(join(tmpdir(), 'accessible-'));
  const base = { ...display.env, XDG_RUNTIME_DIR: folder };
  const bus = await startBus({ env: base });
  const env: NodeJS.ProcessEnv = { ...base, DBUS_SESSION_BUS_ADDRESS: bus.address };
  delete env['ACCESSIBILITY_ENABLED'];
  delete env['NO_AT_BRIDGE'];
  const path = program('at-spi-bus-launcher');
  if (!path) throw new Error('at-spi2-core is not installed');
  // The launcher keeps IsEnabled in GSettings, whose own service nothing can start on this bus.
  const start = () =>
    spawn(path, ['--launch-immediately'], { env: { ...env, GSETTINGS_BACKEND: 'memory' }, stdio: 'ignore' });
  let launcher: ChildProcess = start();
  return {
    env,
    folder,
    async kill() {
      // Its message bus is a process of its own, and outlives it.
      const children = readFileSync(`/proc/${launcher.pid}/task/${launcher.pid}/children`, 'utf8');
      for (const child of children.trim().split(' ').filter(Boolean)) process.kill(Number(child), 'SIGKILL');
      await ended(launcher, 'SIGKILL');
    },
    launch() {
      launcher = start();
    },
    async enabled(value) {
      const link = await connectBus(bus.address, 5000, () => {});
      const ask = (member: string, signature: string, body: unknown[]) =>
        link.call(
          new Message({
            destination: 'org.a11y.Bus',
            path: '/org/a11y/bus',
            interface: 'org.freedesktop.DBus.Properties',
            member,
            signature,
            body,
          }),
        );
      try {
        if (value !== undefined) {
          await ask('Set', 'ssv', ['org.a11y.Status', 'IsEnabled', new Variant('b', value)]);
        }
        const reply = await ask('Get', 'ss', ['org.a11y.Status', 'IsEnabled']);
        return (reply!.body[0] as Variant<boolean>).value;
      } finally {
        dropBus(link);
      }
    },
    async stop() {
      await ended(launcher);
      await bus.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
