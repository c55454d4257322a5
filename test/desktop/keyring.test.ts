import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { ended, startBus, type PrivateBus } from '../ports/bus.ts';
import { until } from '../until.ts';

interface Opened {
  readonly state?: { readonly key: string; readonly events: number; readonly warning?: string };
  readonly note?: string;
  readonly code?: string;
  readonly message?: string;
}

needs(['dbus-daemon', 'gnome-keyring-daemon'], 'the key of the log in a real gnome-keyring', () => {
  let home: string;
  let env: NodeJS.ProcessEnv;
  let ends: (() => Promise<void>)[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'keyring-'));
    const runtime = join(home, 'run');
    mkdirSync(runtime, { mode: 0o700 });
    const { DBUS_SESSION_BUS_ADDRESS: _, DISPLAY: __, ...outer } = process.env;
    env = { ...outer, HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: join(home, 'share') };
    ends = [];
  });
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
    rmSync(home, { recursive: true, force: true });
  });

  /** A bus of its own with a keyring daemon, unlocked by a password or left locked. Returns the environment. */
  async function keyring(password: string | null): Promise<NodeJS.ProcessEnv> {
    const bus: PrivateBus = await startBus({ env });
    ends.push(() => bus.stop());
    const inside = { ...env, DBUS_SESSION_BUS_ADDRESS: bus.address };
    const args = ['--foreground', '--components=secrets', ...(password === null ? [] : ['--unlock'])];
    const daemon = spawn('gnome-keyring-daemon', args, { env: inside, stdio: ['pipe', 'ignore', 'ignore'] });
    ends.push(() => ended(daemon));
    daemon.stdin?.end(password ?? '');
    const ask = [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.DBus',
      '/',
      'org.freedesktop.DBus.ListNames',
    ];
    await until('the Secret Service', async () => {
      const { stdout } = await promisify(execFile)('dbus-send', ask, { env: inside });
      return stdout.includes('org.freedesktop.secrets');
    });
    return inside;
  }

  async function endAll(): Promise<void> {
    for (const end of ends.toReversed()) await end();
    ends = [];
  }

  /** Opens the log in a process of its own, since the library reads the bus's address once. */
  async function open(inside: NodeJS.ProcessEnv): Promise<Opened> {
    const child = fileURLToPath(new URL('../log/openChild.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [child, join(home, 'data')], {
      env: inside,
    });
    return JSON.parse(stdout) as Opened;
  }

  it('is kept there, found again, and asked for when it is locked or gone', async () => {
    const inside = await keyring('a password');
    expect(await open(inside)).toMatchObject({ state: { key: 'keyring', events: 1 } });
    expect(await open(inside)).toMatchObject({ state: { key: 'keyring', events: 2 } });
    expect(existsSync(join(home, 'data', 'log.key'))).toBe(false);
    await endAll();
    const files = readdirSync(join(home, 'data')).toSorted();

    const locked = await open(await keyring(null));
    expect(locked).toMatchObject({ code: 'key-missing', message: expect.stringContaining('keyring') });
    await endAll();
    const gone = await open(env);
    expect(gone).toMatchObject({
      code: 'key-missing',
      message: expect.stringContaining('the log is untouched'),
    });
    expect(readdirSync(join(home, 'data')).toSorted()).toEqual(files);

    const again = await open(await keyring('a password'));
    expect(again).toMatchObject({ state: { events: 3 } });
    expect(again.note).toBeUndefined();
  });

  it('goes into a 0600 file with a warning where there is no Secret Service', async () => {
    const { state } = await open(env);
    expect(state).toMatchObject({ key: 'file', warning: expect.stringContaining('log.key') });
  });
});
