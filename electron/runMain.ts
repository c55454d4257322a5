import type Electron from 'electron';
import type { Api } from './api.ts';
import type { Context, Module } from './context.ts';
import { startCore, type Core } from './core.ts';
import { lockdown } from './modules/lockdown.ts';
import { page } from './modules/page.ts';
import { quit } from './modules/quit.ts';
import { single } from './modules/single.ts';
import { tray } from './modules/tray.ts';
import { createWindow, showWindow, window } from './modules/window.ts';

/** In order: what ends a second instance first, what shows something last. */
const MODULES: readonly Module[] = [single, lockdown, page, quit, tray, window];

/** The main process: modules before the app is ready, the core, modules after. */
export async function runMain(options: {
  readonly api: Api;
  readonly page: string;
  readonly preload: string;
  readonly entries: Readonly<Record<'core' | 'llm' | 'keys', string>>;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}): Promise<void> {
  const { api } = options;
  let core: Core | null = null;
  let shown: Electron.BrowserWindow | null = null;
  let quitting = false;
  const context: Context = {
    api,
    page: options.page,
    preload: options.preload,
    core() {
      if (!core) throw new TypeError('[main] the core is asked for before the app is ready');
      return core;
    },
    window() {
      if (!shown || shown.isDestroyed()) shown = createWindow(context);
      return shown;
    },
    show: (place) => showWindow(context, place),
    quitting: () => quitting,
  };
  api.app.on('before-quit', () => {
    quitting = true;
  });

  for (const module of MODULES) {
    if (module.early?.(context) === false) {
      api.app.quit();
      return;
    }
  }
  await api.app.whenReady();
  core = startCore({
    api,
    entries: options.entries,
    start: { demo: options.args.includes('--demo'), version: api.app.getVersion() },
    // The bundle lies elsewhere than the sources, so the program's own files are named.
    env: { ...options.env, BEFOREHAND_ROOT: api.app.getAppPath() },
    onShow: (place) => context.show(place),
    onFailed(message) {
      api.dialog.showErrorBox('Beforehand cannot start', message);
      api.app.quit();
    },
  });
  for (const module of MODULES) module.enable?.(context);
}
