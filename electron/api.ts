import type Electron from 'electron';

/** The parts of Electron's main process that are used here; tests hand in a fake. */
export interface Api {
  readonly app: Electron.App;
  readonly BrowserWindow: typeof Electron.BrowserWindow;
  readonly clipboard: Electron.Clipboard;
  readonly ClipboardItem: typeof Electron.ClipboardItem;
  readonly dialog: Electron.Dialog;
  readonly globalShortcut: Electron.GlobalShortcut;
  readonly Menu: typeof Electron.Menu;
  readonly MessageChannelMain: typeof Electron.MessageChannelMain;
  readonly nativeImage: typeof Electron.nativeImage;
  readonly Notification: typeof Electron.Notification;
  readonly powerMonitor: Electron.PowerMonitor;
  readonly protocol: Electron.Protocol;
  readonly screen: Electron.Screen;
  readonly session: typeof Electron.session;
  readonly Tray: typeof Electron.Tray;
  readonly utilityProcess: typeof Electron.utilityProcess;
}
