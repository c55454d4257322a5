import type { Spawn } from '../model/ports.ts';
import type { ClipboardAdapter } from './clipboard.ts';
import type { WindowAdapter } from './focus.ts';
import type { MonitorPorts } from '../model/ports.ts';
import type { IdleAdapter } from './idle.ts';
import type { KeysAdapter } from './keyboard.ts';
import { createChildKeys } from './keysChild.ts';
import { createLentClipboard, createLentIdle, nothingFor } from './lent.ts';
import { createX11Clipboard } from './linux/clipboard.ts';
import { createX11Idle } from './linux/idle.ts';
import { createX11Keys } from './linux/keys.ts';
import { sessionOf } from './linux/session.ts';
import { createWaylandClipboard } from './linux/wayland/clipboard.ts';
import { createWaylandIdle } from './linux/wayland/idle.ts';
import { lacking } from './linux/wayland/lacking.ts';
import { createWaylandWindow } from './linux/wayland/window.ts';
import { createX11Window } from './linux/window.ts';
import { createMacWindow } from './mac/window.ts';
import { createWinWindow } from './win/window.ts';

/** One adapter a source. Where a platform lacks one, its `open` rejects with the reason. */
export interface Adapters {
  readonly window: WindowAdapter;
  readonly idle: IdleAdapter;
  readonly clipboard: ClipboardAdapter;
  readonly keys: KeysAdapter;
}

/** The adapters of a platform. */
export function adaptersOf(
  platform: NodeJS.Platform,
  options: { readonly env: NodeJS.ProcessEnv; readonly spawn: Spawn; readonly ports: MonitorPorts },
): Adapters {
  const { env, spawn, ports } = options;
  if (platform === 'darwin' || platform === 'win32') {
    return {
      window: platform === 'darwin' ? createMacWindow() : createWinWindow(),
      idle: ports.idle
        ? createLentIdle(ports.idle)
        : absent('idle', 'only the desktop app can see idle time on this platform; start that'),
      clipboard: ports.clipboard
        ? createLentClipboard(ports.clipboard)
        : absent('clipboard', 'only the desktop app can read the clipboard on this platform; start that'),
      keys: createChildKeys(spawn),
    };
  }
  // Under Wayland nothing of X11 is asked: DISPLAY is XWayland's then, which knows X11 programs alone.
  if (sessionOf(env).kind === 'wayland') {
    return {
      window: createWaylandWindow(env),
      idle: createWaylandIdle(env),
      clipboard: createWaylandClipboard(env),
      keys: {
        reads: false,
        open: async () => Promise.reject(lacking('keyboard', env, 'tells no program the keys of another')),
      },
    };
  }
  // The BSDs run X11 too.
  return {
    window: createX11Window(env),
    idle: createX11Idle(env),
    clipboard: createX11Clipboard(env),
    keys: createX11Keys(env),
  };
}

function absent(source: string, why: string): { open(): Promise<never> } {
  return { open: () => Promise.reject(nothingFor(source, why)) };
}
