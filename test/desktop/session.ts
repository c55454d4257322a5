import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDbusNotify } from '../../src/ports/notify.ts';
import { program } from '../needs.ts';
import { ended, startBus } from '../ports/bus.ts';
import { until } from '../until.ts';
import type { Display } from './display.ts';

/** A desktop session on a display: message bus and notification daemon. */
export interface Session {
  /** The display's environment with the session's bus and runtime folder. */
  readonly env: NodeJS.ProcessEnv;
  /** Address of the session bus. */
  readonly address: string;
  /** Ends the notification daemon and starts another. */
  restartNotifications(): Promise<void>;
  /** Ends only the notification daemon. */
  stopNotifications(): Promise<void>;
  /** Ends both; the display stays. */
  stop(): Promise<void>;
}

/** Starts a private bus and the real xfce4-notifyd on `display`, and waits until notifications are answered. */
export async function startSession(display: Pick<Display, 'env'>): Promise<Session> {
  const runtime = mkdtempSync(join(tmpdir(), 'session-'));
  const config = join(runtime, 'config');
  const settings = join(config, 'xfce4', 'xfconf', 'xfce-perchannel-xml');
  mkdirSync(settings, { recursive: true, mode: 0o700 });
  // No fading and full opacity: a button can be found and clicked as soon as it is there.
  writeFileSync(
    join(settings, 'xfce4-notifyd.xml'),
    '<?xml version="1.0"?><channel name="xfce4-notifyd" version="1.0">' +
      '<property name="do-fadeout" type="bool" value="false"/><property name="do-slideout" type="bool" value="false"/>' +
      '<property name="initial-opacity" type="double" value="1.0"/></channel>',
  );
  const base = { ...display.env, XDG_RUNTIME_DIR: runtime, XDG_CONFIG_HOME: config };
  const bus = await startBus({ env: base });
  const env = { ...base, DBUS_SESSION_BUS_ADDRESS: bus.address };
  const path = program('xfce4-notifyd');
  if (!path) throw new Error('xfce4-notifyd is not installed');
  const start = () => spawn(path, [], { env, stdio: 'ignore' });

  let daemon = start();
  const ready = async () => {
    await until('a notification daemon', async () => {
      const probe = createDbusNotify({ appName: 'probe', address: bus.address });
      const there = await probe.available();
      await probe.close();
      return there;
    });
  };
  await ready();
  return {
    env,
    address: bus.address,
    async stopNotifications() {
      await ended(daemon, 'SIGKILL');
    },
    async restartNotifications() {
      await ended(daemon, 'SIGKILL');
      daemon = start();
      await ready();
    },
    async stop() {
      await ended(daemon);
      await bus.stop();
      rmSync(runtime, { recursive: true, force: true });
    },
  };
}

/** Pixels from the right edge of a note with the buttons Accept, Not now and Dismiss; measured with xfce4-notifyd 0.7.3. */
const FROM_RIGHT = { accept: 241, later: 149, dismiss: 57, body: 240 } as const;

/** Waits for a note on the display and clicks one of its buttons or its text with the real pointer. */
export async function clickNote(
  display: Pick<Display, 'call'>,
  where: keyof typeof FROM_RIGHT,
): Promise<void> {
  const id = await until('a note on the screen', () =>
    display
      .call('xdotool', ['search', '--onlyvisible', '--name', '^xfce4-notifyd$'])
      .then((found) => found.trim().split('\n')[0])
      .catch(() => ''),
  );
  // The window is mapped before it has its place and its buttons.
  let last = '';
  const box = await until(
    'the note at rest',
    async () => {
      const shape = await display.call('xdotool', ['getwindowgeometry', '--shell', id]);
      const rests = shape === last && /HEIGHT=(\d{2,})/.test(shape);
      last = shape;
      return rests ? Object.fromEntries(shape.split('\n').map((line) => line.split('='))) : null;
    },
    10_000,
    150,
  );
  const x = Number(box['X']) + Number(box['WIDTH']) - FROM_RIGHT[where];
  const y = where === 'body' ? Number(box['Y']) + 22 : Number(box['Y']) + Number(box['HEIGHT']) - 31;
  await display.call('xdotool', ['mousemove', String(x), String(y), 'click', '1']);
}
