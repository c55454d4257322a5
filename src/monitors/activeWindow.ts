import { AppError, asAppError } from '../errors.ts';
import type { Focus, WindowAdapter } from './focus.ts';

/** Milliseconds between two looks: get-windows has no events, and a look costs a native call on both platforms. */
const LOOK_MS = 1000;

/**
 * Window source by asking again and again, for platforms whose library has no events. `query` gives null when no window
 * has the focus and rejects when it may not look.
 */
export function createAskedWindow(query: () => Promise<Focus | null>, none: Focus): WindowAdapter {
  return {
    async open(listener) {
      let told = '';
      let open = true;
      let timer: NodeJS.Timeout | undefined;
      let work: Promise<void> = Promise.resolve();
      const look = async () => {
        const focus = (await query()) ?? none;
        const now = JSON.stringify(focus);
        if (now === told || !open) return;
        told = now;
        listener.changed(focus);
      };
      const again = async () => {
        try {
          await look();
          if (open) next();
        } catch (thrown) {
          if (open) listener.died(asAppError(thrown, 'permission', 'monitor:window'));
        }
      };
      const next = () => {
        timer = setTimeout(() => {
          work = again();
        }, LOOK_MS);
      };
      try {
        await look();
      } catch (thrown) {
        throw asAppError(thrown, 'permission', 'monitor:window');
      }
      next();
      return async () => {
        open = false;
        clearTimeout(timer);
        await work;
      };
    },
  };
}

/** Loads get-windows (under its old name) only where it is used: its native part exists for these platforms alone. */
export async function askActiveWin(): Promise<unknown> {
  try {
    const { activeWindow } = await import('active-win');
    return await activeWindow();
  } catch (thrown) {
    throw new AppError(
      'permission',
      '[monitor:window] the active window cannot be read; on macOS allow Screen Recording and Accessibility in the system settings',
      thrown,
    );
  }
}
