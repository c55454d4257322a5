import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { program } from '../needs.ts';
import { until } from '../until.ts';
import { ended } from '../ports/bus.ts';

/** A Wayland desktop of its own: sway without a screen. */
export interface Sway {
  /** Environment for our monitors: they find it by the runtime folder and the name of the display. */
  readonly env: NodeJS.ProcessEnv;
  /** Starts a program on this desktop; it ends with it. */
  run(command: string, args: readonly string[]): ChildProcess;
  /** Runs a program to its end and gives what it wrote to stdout; rejects on a non-zero exit. */
  call(command: string, args: readonly string[], input?: string | Uint8Array): Promise<string>;
  /** Kills sway the hard way (SIGKILL); `revive` starts another on the same display. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Lets sway hang (SIGSTOP), and go on. */
  hang(): void;
  goOn(): void;
  stop(): Promise<void>;
}

/** Sway refuses root: there it runs as nobody, whose sockets root may open all the same. */
const NOBODY = 65534;

/** Starts sway on the headless backend, with XWayland on demand if wanted. Everything of it lies in one folder that goes with it. */
export async function startSway(xwayland = false): Promise<Sway> {
  const folder = mkdtempSync(join(tmpdir(), 'sway-'));
  const config = join(folder, 'config');
  const place = join(folder, 'display');
  writeFileSync(
    config,
    [
      'output HEADLESS-1 resolution 800x600',
      `xwayland ${xwayland ? 'enable' : 'disable'}`,
      `exec sh -c 'echo "$DISPLAY" > ${place}'`,
      '',
    ].join('\n'),
  );
  // Lets in whoever asks: on a real desktop it is the same user, here the test is root.
  const open = join(folder, 'Xwayland');
  writeFileSync(open, `#!/bin/sh\nexec ${program('Xwayland') ?? 'Xwayland'} "$@" -ac\n`, { mode: 0o755 });
  const root = process.getuid?.() === 0;
  chmodSync(folder, 0o700);
  if (root) for (const path of [folder, config]) chownSync(path, NOBODY, NOBODY);
  const base = { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: folder, LANG: 'C.UTF-8' };
  const env: NodeJS.ProcessEnv = { ...base, WAYLAND_DISPLAY: 'wayland-1', XDG_SESSION_TYPE: 'wayland' };
  const started: ChildProcess[] = [];
  let sway: ChildProcess | null = null;

  const as = (command: string, args: readonly string[]): [string, readonly string[]] =>
    root
      ? ['setpriv', ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups', command, ...args]]
      : [command, args];
  const run = (command: string, args: readonly string[]) => {
    const child = spawn(...as(command, args), { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', () => {});
    started.push(child);
    return child;
  };
  const call = (command: string, args: readonly string[], input?: string | Uint8Array) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(...as(command, args), { env, stdio: ['pipe', 'pipe', 'pipe'] });
      let out = '';
      let talk = '';
      child.stdout.on('data', (chunk) => (out += String(chunk)));
      child.stderr.on('data', (chunk) => (talk += String(chunk)));
      child.stdin.on('error', () => {});
      child.on('error', reject);
      // `exit`, not `close`: wl-copy leaves a child behind that keeps the pipes open.
      child.on('exit', (code) =>
        setTimeout(
          () => (code === 0 ? resolve(out) : reject(new Error(`${command} exit ${code}: ${talk}`))),
          5,
        ),
      );
      child.stdin.end(input ?? '');
    });
  const boot = async () => {
    const backend = {
      WLR_BACKENDS: 'headless',
      WLR_LIBINPUT_NO_DEVICES: '1',
      WLR_RENDERER: 'pixman',
      WLR_XWAYLAND: open,
    };
    sway = spawn(...as('sway', ['-c', config]), { env: { ...base, ...backend }, stdio: 'ignore' });
    await until('sway', async () => {
      if (sway!.exitCode !== null) throw new Error(`sway ended with ${sway!.exitCode}`);
      const sockets = readdirSync(folder).filter(
        (name) => name === 'wayland-1' || name.startsWith('sway-ipc'),
      );
      const own = sockets.filter((name) => name === 'wayland-1' || name.includes(`.${sway!.pid}.`));
      return (
        own.length === 2 && (await Promise.all(own.map((name) => answers(join(folder, name))))).every(Boolean)
      );
    });
    if (xwayland) {
      env['DISPLAY'] = await until('the display of XWayland', () =>
        existsSync(place) ? readFileSync(place, 'utf8').trim() : '',
      );
    }
  };
  const kill = async () => {
    if (sway) await ended(sway, 'SIGKILL');
    sway = null;
  };

  try {
    await boot();
  } catch (thrown) {
    await kill();
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
  return {
    env,
    run,
    call,
    kill,
    revive: boot,
    hang: () => void sway?.kill('SIGSTOP'),
    goOn: () => void sway?.kill('SIGCONT'),
    async stop() {
      await Promise.all(started.splice(0).map((each) => ended(each, 'SIGKILL')));
      await kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Whether somebody listens at a socket: a killed sway leaves its behind. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.on('connect', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });
}
