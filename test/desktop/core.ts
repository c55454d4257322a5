import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { assistant, type Assistant } from '../../src/contract.ts';
import { Settings, type SettingsPatch } from '../../src/model/settings.ts';
import { createPaths, type Paths } from '../../src/paths.ts';
import { connect, type Client } from '../../src/rpc.ts';
import { dial } from '../../src/socket.ts';
import { until } from '../until.ts';

// As scripts/setup.mjs starts it.
const compiled = fileURLToPath(new URL('../../node_modules/.cache/beforehand/compiled', import.meta.url));
const lean = ['--max-semi-space-size=4'];

/** The checkout. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url));

/** A real assistant in a process of its own, as `beforehand run` starts it. */
export interface Core {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  readonly process: ChildProcess;
  /** One-time address of its window; empty when headless. */
  readonly url: string;
  /** What it said on stderr so far. */
  talk(): string;
  /** Asks it over its own socket. */
  readonly client: Client<Assistant>;
  /** Ctrl-C; resolves with the exit code and the milliseconds it took. */
  stop(): Promise<{ readonly code: number | null; readonly ms: number }>;
}

/** Settings of a test: Welcome is behind us, nothing waits, no folder but the test's own. */
export function writeSettings(home: string, patch: SettingsPatch): void {
  const { model, sources, ...rest } = patch;
  const base = Settings.parse({});
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const settings = {
    ...base,
    welcomed: true,
    cooldownSeconds: 0,
    ...rest,
    model: { ...base.model, ...model },
    sources: { ...base.sources, ...sources },
  };
  writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
}

/** Starts `beforehand run` with data in `home` and waits until it is ready. */
export async function startCore(options: {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  readonly readyMs?: number;
  /** A command in front, e.g. setpriv with its arguments: the core then runs as it arranges. */
  readonly through?: readonly string[];
}): Promise<Core> {
  // As scripts/ start it.
  const env = { NODE_COMPILE_CACHE: compiled, ...options.env, BEFOREHAND_HOME: options.home };
  const args = [...lean, join(root, 'src', 'cli.ts'), 'run', '--json', ...(options.args ?? ['--no-window'])];
  const [command, ...before] = [...(options.through ?? []), process.execPath];
  const child = spawn(command!, [...before, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let talk = '';
  child.stderr.on('data', (chunk) => (talk += String(chunk)));
  let first = '';
  createInterface({ input: child.stdout }).once('line', (line) => (first = line));
  const ready = await until(
    'the assistant',
    () => {
      if (child.exitCode !== null) throw new Error(`the assistant ended with ${child.exitCode}: ${talk}`);
      return first;
    },
    options.readyMs ?? 20_000,
  );
  const { url = '' } = JSON.parse(ready) as { url?: string };
  const paths = createPaths({ env, ...(args.includes('--demo') && { profile: 'demo' }) });
  const transport = await until('its socket', () => dial(paths.socket, 'assistant'));
  return {
    paths,
    env,
    process: child,
    url,
    talk: () => talk,
    client: connect(assistant, transport),
    async stop() {
      transport.close();
      const began = performance.now();
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      else return { code: child.exitCode, ms: 0 };
      const code = await ended;
      return { code, ms: performance.now() - began };
    },
  };
}

/** Runs a verb of the command line to its end. */
export async function cli(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly out: string; readonly talk: string }> {
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let talk = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (talk += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, talk };
}
