import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Child, Spawn } from '../model/ports.ts';

const ENTRIES = {
  llm: new URL('../llm/llmProcess.ts', import.meta.url),
  keys: new URL('../monitors/keysProcess.ts', import.meta.url),
} as const;

/** What a child may know of the environment: where things are and which display, never tokens or keys. */
const KEPT =
  /^(PATH|HOME|USER|LANG|LC_\w+|TMPDIR|TEMP|TMP|TZ|DISPLAY|XAUTHORITY|WAYLAND_DISPLAY|XDG_RUNTIME_DIR|XDG_SESSION_TYPE|DBUS_SESSION_BUS_ADDRESS|LD_LIBRARY_PATH|VK_\w+|BEFOREHAND_\w+|SystemRoot|SYSTEMROOT|windir|APPDATA|LOCALAPPDATA|USERPROFILE|PATHEXT)$/;

/** Milliseconds a child has to end by itself before it is killed: a model in native code cannot answer a signal. */
const GRACE = 1500;

/** Preloaded into every child: when the channel to the parent closes, whatever the reason, the child ends. */
const ORPHAN = `data:text/javascript,${encodeURIComponent("process.once('disconnect', () => process.exit(0))")}`;

/** The part of an environment that a child process gets. */
export function childEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name)));
}

/**
 * Starts the program's own entry files with `child_process.fork`. What a child prints is read, so that it never
 * blocks, and thrown away, so that nothing it saw can reach a diagnostics file. A child ends with its parent: the
 * preloaded module ends it when the channel closes, even after kill -9 of the parent.
 * `entries` replaces the files, for tests.
 */
export function createNodeSpawn(
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly entries?: Readonly<Record<'llm' | 'keys', URL>>;
  } = {},
): Spawn {
  const entries = options.entries ?? ENTRIES;
  return (entry, args = []): Child => {
    const child = fork(fileURLToPath(entries[entry]), [...args], {
      execPath: process.execPath,
      execArgv: ['--import', ORPHAN],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: childEnv(options.env ?? process.env),
      detached: false,
    });
    child.stdout?.resume();
    child.stderr?.resume();
    child.channel?.unref?.();

    let ended: readonly [number | null, string | null] | null = null;
    const listeners: ((code: number | null, signal: string | null) => void)[] = [];
    const kill = () => void child.kill('SIGKILL');
    process.once('exit', kill);
    const end = (code: number | null, signal: string | null) => {
      if (ended) return;
      ended = [code, signal];
      process.off('exit', kill);
      for (const listener of listeners) listener(code, signal);
    };
    child.once('exit', end);
    child.on('error', () => {
      if (child.pid === undefined) end(null, null);
    });

    return {
      pid: child.pid,
      send(message) {
        // The exit is reported by onExit; a message that crosses it is lost like any message to the dead.
        if (child.connected) child.send(message as never, () => {});
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        if (ended) queueMicrotask(() => ended && listener(...ended));
        else listeners.push(listener);
      },
      kill() {
        if (ended) return;
        child.kill('SIGTERM');
        setTimeout(kill, GRACE).unref();
      },
    };
  };
}
