import type { WindowAdapter } from '../../focus.ts';
import { watchSway } from './sway.ts';
import { watchToplevels } from './toplevels.ts';

/** Active window under Wayland: by sway's IPC where sway runs, else by the compositor's list of windows. */
export function createWaylandWindow(env: NodeJS.ProcessEnv): WindowAdapter {
  return {
    open: async (listener) => (await watchSway(env, listener)) ?? watchToplevels(env, listener),
  };
}
