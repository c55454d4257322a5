import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';

/** A desktop of its own: Xvfb with openbox on it. */
export interface Display {
  /** Number of the display, e.g. 41 for `:41`. */
  readonly number: number;
  /** Environment for programs that shall open their windows here. */
  readonly env: NodeJS.ProcessEnv;
  /** Starts a program on this display; it ends with the display. Output is discarded. */
  run(command: string, args: readonly string[]): ChildProcess;
  /** Runs a program to its end and gives what it wrote to stdout; rejects on a non-zero exit. */
  call(command: string, args: readonly string[], input?: string | Uint8Array): Promise<string>;
  /** The X server and the window manager, as they run now. */
  server(): ChildProcess | null;
  manager(): ChildProcess | null;
  /** Starts a window manager where the last one was killed. */
  manage(): Promise<void>;
  /** Kills the X server the hard way (SIGKILL); `revive` starts a new one on the same number. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  /** Ends every program started here, then the window manager and the server. May be called twice. */
  stop(): Promise<void>;
}

/** Starts Xvfb and openbox on `:number`, or on a free number from 60 up. */
export async function startDisplay(number?: number): Promise<Display> {
  const screen = number ?? freeNumber();
  const home = mkdtempSync(join(tmpdir(), 'display-'));
  // The tests' own folders: a desktop must not read or write the settings of whoever runs them.
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DISPLAY: `:${screen}`,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    // xdotool reads its text in the locale's encoding, and CI has none.
    LC_ALL: 'C.UTF-8',
  };
  delete env['WAYLAND_DISPLAY'];
  delete env['XDG_SESSION_TYPE'];
  delete env['XAUTHORITY'];
  const started: ChildProcess[] = [];
  let server: ChildProcess | null = null;
  let manager: ChildProcess | null = null;

  const run = (command: string, args: readonly string[]) => {
    const child = spawn(command, args, { env, stdio: 'ignore' });
    child.on('error', () => {});
    started.push(child);
    return child;
  };

  const boot = async () => {
    // A server resets when its last client leaves: without -noreset the first probe would throw out a window manager
    // that is just connecting.
    const options = ['-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'];
    server = spawn('Xvfb', [`:${screen}`, ...options], { env, stdio: 'ignore' });
    const failed = exitOf(server).then(() => true);
    const socket = `/tmp/.X11-unix/X${screen}`;
    await until(`Xvfb :${screen}`, async () => {
      if (await Promise.race([failed, Promise.resolve(false)])) throw new Error(`Xvfb :${screen} ended`);
      return existsSync(socket);
    });
    await manage();
  };

  const manage = async () => {
    manager = spawn('openbox', ['--sm-disable'], { env, stdio: 'ignore' });
    await until('a window manager', () =>
      call('xdotool', ['get_num_desktops']).then(
        () => true,
        () => false,
      ),
    );
  };

  const call = (command: string, args: readonly string[], input?: string | Uint8Array) =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
      let out = '';
      let talk = '';
      child.stdout.on('data', (chunk) => (out += String(chunk)));
      child.stderr.on('data', (chunk) => (talk += String(chunk)));
      child.stdin.on('error', () => {});
      child.on('error', reject);
      // `exit`, not `close`: xclip leaves a daemon behind that keeps the pipes open.
      child.on('exit', (code) =>
        setTimeout(
          () => (code === 0 ? resolve(out) : reject(new Error(`${command} exit ${code}: ${talk}`))),
          5,
        ),
      );
      child.stdin.end(input ?? '');
    });

  const kill = async () => {
    const ends = [server, manager].filter((each) => each !== null).map((each) => end(each, 'SIGKILL'));
    await Promise.all(ends);
    server = null;
    manager = null;
    for (const left of [`/tmp/.X11-unix/X${screen}`, `/tmp/.X${screen}-lock`]) rmSync(left, { force: true });
  };

  try {
    await boot();
  } catch (thrown) {
    await kill();
    rmSync(home, { recursive: true, force: true });
    throw thrown;
  }
  return {
    number: screen,
    env,
    run,
    call,
    server: () => server,
    manager: () => manager,
    manage,
    kill,
    revive: boot,
    async stop() {
      await Promise.all(started.splice(0).map((each) => end(each, 'SIGTERM')));
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function freeNumber(): number {
  // Spread by process, so that suites that start at once do not race for one number.
  for (let number = 60 + (process.pid % 300); number < 1000; number++) {
    if (!existsSync(`/tmp/.X11-unix/X${number}`) && !existsSync(`/tmp/.X${number}-lock`)) return number;
  }
  throw new Error('no free display number');
}

function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const gone = exitOf(child);
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(timer);
}
