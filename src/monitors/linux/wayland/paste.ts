import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { AppError } from '../../../errors.ts';

/** Reads of the present selection by `wl-paste` (package wl-clipboard): receiving needs a file descriptor to be sent. */
export interface Paste {
  /** Hands over the content of a type piece by piece; false when it fails, stops, or is not wanted any more. */
  read(type: string, take: (bytes: Uint8Array) => void, wanted: () => boolean): Promise<boolean>;
  /** Ends what is under way. */
  stop(): void;
}

/** An owner that sends nothing for so long has hung. */
const SILENCE_MS = 2000;
/** Bytes that are counted at the most. */
const MOST = 512 * 1024 * 1024;

/** Throws an AppError that names the package where the program is missing. */
export function createPaste(env: NodeJS.ProcessEnv): Paste {
  const program = find('wl-paste', env);
  if (!program) {
    throw new AppError(
      'missing-program',
      '[monitor:clipboard] wl-paste is not installed, so nothing that is copied under Wayland can be read',
      undefined,
      'install the package wl-clipboard',
    );
  }
  const running = new Set<() => void>();
  // Only what it needs to find the display.
  const names = ['WAYLAND_DISPLAY', 'XDG_RUNTIME_DIR', 'PATH', 'HOME'] as const;
  const kept = Object.fromEntries(
    names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  return {
    read: (type, take, wanted) =>
      new Promise((resolve) => {
        const child = spawn(program, ['--no-newline', '--type', type], {
          env: kept,
          stdio: ['ignore', 'pipe', 'ignore'],
          // A group of its own: wl-paste lets a `cat` do the copying, which must not outlive it.
          detached: true,
        });
        let total = 0;
        const settle = (ok: boolean) => {
          clearTimeout(timer);
          running.delete(kill);
          resolve(ok);
        };
        const kill = () => {
          end(child);
          settle(false);
        };
        running.add(kill);
        let timer = setTimeout(kill, SILENCE_MS);
        child.stdout.on('data', (bytes: Buffer) => {
          clearTimeout(timer);
          timer = setTimeout(kill, SILENCE_MS);
          total += bytes.length;
          if (total > MOST || !wanted()) kill();
          else take(bytes);
        });
        child.on('error', () => settle(false));
        child.on('close', (code) => settle(code === 0));
      }),
    stop() {
      for (const kill of running) kill();
    },
  };
}

/** Ends a child with all that it started; nothing it still wrote is heard. */
function end(child: ChildProcess): void {
  child.stdout?.destroy();
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** Where a program is on the PATH, or null. */
function find(name: string, env: NodeJS.ProcessEnv): string | null {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    // An entry that is empty or relative would mean the folder the assistant happens to run in.
    if (!isAbsolute(folder)) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  return null;
}
