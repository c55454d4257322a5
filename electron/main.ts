import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  Menu,
  MessageChannelMain,
  nativeImage,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  Tray,
  utilityProcess,
} from 'electron';
import type { Api } from './api.ts';
import { runMain } from './runMain.ts';

const api: Api = {
  app,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  Menu,
  MessageChannelMain,
  nativeImage,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  Tray,
  utilityProcess,
};
const beside = (file: string) => fileURLToPath(new URL(file, import.meta.url));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.quit());

await runMain({
  api,
  page: beside('../renderer'),
  preload: beside('../preload/preload.cjs'),
  entries: {
    core: beside('./coreProcess.js'),
    llm: beside('./llmProcess.js'),
    keys: beside('./keysProcess.js'),
  },
  args: process.argv,
  env: process.env,
  resources: process.resourcesPath,
  program: process.execPath,
  updater: async () => (await import('electron-updater')).default.autoUpdater,
});
