import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';
import { program } from '../needs.ts';
import { root } from '../desktop/core.ts';

const run = promisify(execFile);

/** Releases of ActivityWatch's own server and client that the tests were written against. */
const PACKAGES = ['aw-server==0.12.0', 'aw-client==0.5.15', 'aw-core==0.5.18'];

/** Installed once a checkout, outside the system's own packages. */
const place = join(root, 'node_modules', '.cache', 'activityWatch-0.12.0');

/** Why the packages are not there, or null. Fetches them by pip the first time. */
async function missing(): Promise<string | null> {
  if (existsSync(place)) return null;
  if (!program('python3')) return 'apt-get install python3 python3-pip';
  const fresh = `${place}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  try {
    await run(
      'python3',
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', fresh, ...PACKAGES],
      {
        timeout: 180_000,
      },
    );
    renameSync(fresh, place);
    return null;
  } catch {
    rmSync(fresh, { recursive: true, force: true });
    return existsSync(place) ? null : `python3 -m pip install ${PACKAGES.join(' ')}`;
  }
}

/** A `describe` with ActivityWatch's own Python packages; skipped with the command that would install them, except in CI. */
export async function needsActivityWatch(name: string, body: () => void): Promise<void> {
  const mend = await missing();
  if (mend === null) describe(name, body);
  else if (process.env['CI'] === 'true') {
    describe(name, () => {
      throw new Error(`${name} needs ActivityWatch's Python packages: ${mend}`);
    });
  } else describe.skip(`${name} (needs: ${mend})`, body);
}

function env(home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    PYTHONPATH: place,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    TMPDIR: tmpdir(),
  };
}

/**
 * Runs a Python program with the packages; its standard input ends when `enough` resolves. Rejects with its talk when it
 * fails.
 */
export async function python(
  home: string,
  code: string,
  args: readonly string[],
  enough: () => Promise<unknown> = async () => {},
): Promise<string> {
  const running = run('python3', ['-c', code, ...args], { env: env(home), timeout: 60_000 });
  await Promise.race([enough().finally(() => running.child.stdin?.end()), running]);
  const { stdout } = await running;
  return stdout;
}

/** Starts ActivityWatch's own server on a port; `stop` ends it. */
export function startServer(home: string, port: number): { stop(): Promise<void>; talk(): string } {
  const child = spawn(
    'python3',
    ['-m', 'aw_server', '--port', String(port), '--host', '127.0.0.1', '--storage', 'memory'],
    {
      env: env(home),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let talk = '';
  const hear = (chunk: Buffer) => (talk = (talk + String(chunk)).slice(-4000));
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    talk: () => talk,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
