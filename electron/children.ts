/* oxlint-disable unicorn/require-post-message-target-origin -- these are Electron's ports: they have no origin */
import type Electron from 'electron';
import type { Api } from './api.ts';
import type { ToCore } from './messages.ts';
import { backOff, STEADY, systemTimers, type Timers } from './supervise.ts';

/** The core's children: forked by the main process, because only it can, and talking with the core directly. */
export interface Children {
  spawn(id: number, entry: 'llm' | 'keys', args: readonly string[]): void;
  kill(id: number): void;
  /** Ends all, as when the core that asked for them is gone. */
  clear(): void;
}

/**
 * Forks `llm` and `keys` on the core's request and gives it one end of a channel to each. A child that crashed
 * is started again only after a back-off, however often the core asks; its crash is a message to the core and
 * nothing more.
 */
export function createChildren(options: {
  readonly api: Pick<Api, 'utilityProcess' | 'MessageChannelMain'>;
  readonly entries: Readonly<Record<'llm' | 'keys', string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly tell: (message: ToCore, ports?: readonly Electron.MessagePortMain[]) => void;
  readonly timers?: Timers;
}): Children {
  const { api, entries, env, tell } = options;
  const timers = options.timers ?? systemTimers;
  const running = new Map<number, { kill(): void }>();
  const failures = { llm: 0, keys: 0 };

  const begin = (id: number, entry: 'llm' | 'keys', args: readonly string[]) => {
    const since = timers.now();
    const child = api.utilityProcess.fork(entries[entry], [...args], {
      serviceName: `beforehand ${entry}`,
      stdio: 'ignore',
      env,
    });
    let asked = false;
    running.set(id, {
      kill() {
        asked = true;
        child.kill();
      },
    });
    child.once('spawn', () => {
      const { port1, port2 } = new api.MessageChannelMain();
      child.postMessage(null, [port2]);
      tell({ kind: 'spawned', id, ...(child.pid === undefined ? {} : { pid: child.pid }) }, [port1]);
    });
    child.once('exit', (code: number) => {
      const ours = running.delete(id);
      const crashed = !asked && code !== 0;
      if (crashed) failures[entry] = timers.now() - since >= STEADY ? 1 : failures[entry] + 1;
      else failures[entry] = 0;
      if (ours) tell({ kind: 'exited', id, code });
    });
  };

  return {
    spawn(id, entry, args) {
      const cancel = timers.after(backOff(failures[entry]), () => begin(id, entry, args));
      running.set(id, {
        kill() {
          cancel();
          running.delete(id);
          tell({ kind: 'exited', id, code: null });
        },
      });
    },
    kill: (id) => running.get(id)?.kill(),
    clear() {
      const all = [...running.values()];
      running.clear();
      for (const each of all) each.kill();
    },
  };
}
