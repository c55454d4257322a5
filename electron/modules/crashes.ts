import type Electron from 'electron';
import type { Mishap } from '../../src/model/program.ts';
import type { Context, Module } from '../context.ts';
import { backOff, STEADY, systemTimers, type Timers } from '../supervise.ts';

/** Milliseconds a window may be silent before it is asked about, beyond Chromium's own half a minute. */
const HUNG_MS = 10_000;

/**
 * Makes a crashed window's page again, after a back-off, and has it say so. Crashpad is never started: a minidump is a
 * piece of memory, and memory holds titles and prompts (docs/decisions/shell.md).
 */
export function watchWindow(
  context: Context,
  window: Electron.BrowserWindow,
  timers: Timers = systemTimers,
): void {
  const { webContents: contents } = window;
  let failures = 0;
  let since = timers.now();
  let hung: (() => void) | null = null;
  let asked = false;

  const again = (part: Mishap['part'], wait: number) =>
    timers.after(wait, () => {
      if (window.isDestroyed() || context.quitting()) return;
      since = timers.now();
      context.mishap(part);
      contents.reload();
    });
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    hung?.();
    hung = null;
    if (reason === 'clean-exit' || context.quitting()) return;
    failures = timers.now() - since >= STEADY ? 1 : failures + 1;
    context.core().note(`[window] its process ended (${reason}, code ${exitCode}), ${failures} in a row`);
    again(asked ? 'hung' : 'window', backOff(failures));
    asked = false;
  });
  window.on('unresponsive', () => {
    hung ??= timers.after(HUNG_MS, () => {
      hung = null;
      if (window.isDestroyed()) return;
      context.core().note('[window] it does not answer and is made again');
      asked = true;
      // Its end is told as any other, and its page is loaded again there.
      contents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => {
    hung?.();
    hung = null;
  });
}

/** Processes of Chromium's own: it starts them again by itself; that they ended is noted, and said of the graphics. */
export const crashes: Module = {
  name: 'crashes',
  enable(context) {
    context.api.app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
      if (reason === 'clean-exit' || reason === 'killed' || context.quitting()) return;
      context.core().note(`[main] a process of Chromium ended (${type}, ${reason}, code ${exitCode})`);
      if (type === 'GPU') context.mishap('graphics', true);
    });
  },
};
