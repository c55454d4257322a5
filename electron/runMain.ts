import type Electron from 'electron';
import type { Mishap } from '../src/model/program.ts';
import type { Api } from './api.ts';
import type { Context, Module } from './context.ts';
import { startCore, type Core } from './core.ts';
import { cardWindow } from './modules/cardWindow.ts';
import { crashes } from './modules/crashes.ts';
import { links } from './modules/links.ts';
import { lockdown } from './modules/lockdown.ts';
import { page } from './modules/page.ts';
import { quit } from './modules/quit.ts';
import { single } from './modules/single.ts';
import { tray } from './modules/tray.ts';
import { createWindow, showWindow, window } from './modules/window.ts';
import { createUpdates, type Updater } from './ports/updates.ts';

/** In order: what ends a second instance first, what shows something last. */
const MODULES: readonly Module[] = [single, lockdown, page, quit, tray, crashes, window, cardWindow, links];

/** The main process: modules before the app is ready, the core, modules after. */
export async function runMain(options: {
  readonly api: Api;
  readonly page: string;
  readonly preload: string;
  readonly entries: Readonly<Record<'core' | 'llm' | 'keys', string>>;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Folder of what the package holds beside its archive. */
  readonly resources: string;
  /** The program's own path. */
  readonly program: string;
  /** electron-updater, loaded with the first question for a newer version. */
  readonly updater: () => Promise<Updater>;
}): Promise<void> {
  const { api, args } = options;
  const mishaps: Mishap['part'][] = [];
  let core: Core | null = null;
  let shown: Electron.BrowserWindow | null = null;
  let quitting = false;
  const context: Context = {
    api,
    page: options.page,
    preload: options.preload,
    args,
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
    mishap(part, now = false) {
      if (now) context.core().publish('mishap', { part });
      else mishaps.push(part);
    },
    takeMishaps: () => mishaps.splice(0),
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
  const packaged = api.app.isPackaged;
  const updates = createUpdates({
    packaged,
    resources: options.resources,
    now: () => Date.now(),
    load: options.updater,
    note: (line) => context.core().note(line),
    async leave() {
      quitting = true;
      await context.core().quit();
    },
  });
  await updates.begin();
  // An AppImage runs from where it is unpacked for the moment; the file itself is what can be started again.
  const program = options.env['APPIMAGE'] ?? options.program;
  core = startCore({
    updates,
    api,
    entries: options.entries,
    start: {
      demo: args.includes('--demo'),
      version: api.app.getVersion(),
      ...(packaged && { program }),
    },
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
