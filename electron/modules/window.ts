import type Electron from 'electron';
import { servePage } from '../ipc.ts';
import type { Context, Module } from '../context.ts';
import type { Place } from '../../src/model/place.ts';
import { watchWindow } from './crashes.ts';
import { ORIGIN } from './page.ts';

/** Stated although they are the defaults: a test asserts them, and a changed default changes nothing here. */
export function webPreferences(preload: string): Electron.WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  };
}

/** Makes the window. Closing it hides it, since capture goes on in the tray; quitting closes it. */
export function createWindow(context: Context): Electron.BrowserWindow {
  const { api, preload } = context;
  const window = new api.BrowserWindow({
    width: 1120,
    height: 760,
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: 'Beforehand',
    autoHideMenuBar: true,
    webPreferences: webPreferences(preload),
  });
  const core = context.core();
  servePage(window.webContents, core.handlers, (publish) => core.subscribe(publish), {
    onReady(publish) {
      for (const part of context.takeMishaps()) publish('mishap', { part });
    },
    onFlood: () => core.note('[window] it sends more than it may; what is too much is dropped'),
  });
  watchWindow(context, window);
  // Started with the session it waits in the tray.
  const hidden = context.args.includes('--hidden');
  window.once('ready-to-show', () => hidden || window.show());
  window.on('close', (event) => {
    if (context.quitting()) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL(`${ORIGIN}/`);
  return window;
}

/** Brings the window to the front, as a second start or a notification asks; at a place where one is named. */
export function showWindow(context: Context, place?: Place): void {
  const window = context.window();
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
  // The same document: the page follows its address and is not loaded again.
  if (place) void window.loadURL(`${ORIGIN}/#/${place}`);
}

/** Opens the window at start and when the dock icon is clicked; the program stays when it is closed. */
export const window: Module = {
  name: 'window',
  enable(context) {
    context.window();
    context.api.app.on('activate', () => context.window().show());
    context.api.app.on('window-all-closed', () => {});
  },
};
