import type { Api } from '../api.ts';

/** Start with the session on Windows and macOS, as the system has it: hidden, so in the tray. Linux has a file instead. */
export function createElectronLogin(api: Pick<Api, 'app'>): {
  read(): boolean | null;
  write(on: boolean): boolean | null;
} {
  const args = ['--hidden'];
  const read = () => {
    if (!api.app.isPackaged) return null;
    const settings = api.app.getLoginItemSettings({ args });
    // macOS 13 tells of an item that the user has yet to allow; Windows of one that the task manager switched off.
    const allowed = settings.executableWillLaunchAtLogin ?? settings.openAtLogin;
    return settings.openAtLogin && allowed && settings.status !== 'requires-approval';
  };
  return {
    read,
    write(on) {
      if (api.app.isPackaged) api.app.setLoginItemSettings({ openAtLogin: on, args });
      return read();
    },
  };
}
