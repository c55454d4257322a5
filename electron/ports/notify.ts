import type Electron from 'electron';
import type { FromCore, ToCore } from '../messages.ts';

/** Notifications of Windows and macOS, shown by the main process for the core. Linux has them over D-Bus. */
export interface ElectronNotify {
  show(note: Extract<FromCore, { kind: 'notify' }>): void;
  close(id: number): void;
  /** Takes all away, as when the core is gone. */
  clear(): void;
}

/** Shows what the core asks for and tells it the answer. A desktop without notifications closes each at once. */
export function createElectronNotify(
  Notification: typeof Electron.Notification,
  tell: (message: ToCore) => void,
): ElectronNotify {
  const shown = new Map<number, Electron.Notification>();
  return {
    show({ id, title, body, actions }) {
      if (!Notification.isSupported()) {
        tell({ kind: 'closed', id, byUser: false });
        return;
      }
      // What a click on the text does is no button.
      const buttons = actions.filter(({ key }) => key !== 'default');
      const note = new Notification({
        title,
        body,
        silent: true,
        actions: buttons.map(({ label }) => ({ type: 'button', text: label })),
      });
      shown.set(id, note);
      note.on('action', (details) => {
        const action = buttons[details.actionIndex];
        if (action && shown.delete(id)) tell({ kind: 'acted', id, key: action.key });
      });
      note.on('click', () => {
        if (buttons.length < actions.length && shown.delete(id)) tell({ kind: 'acted', id, key: 'default' });
      });
      note.on('close', () => {
        if (shown.delete(id)) tell({ kind: 'closed', id, byUser: true });
      });
      note.on('failed', () => {
        if (shown.delete(id)) tell({ kind: 'closed', id, byUser: false });
      });
      note.show();
    },
    close(id) {
      const note = shown.get(id);
      shown.delete(id);
      note?.close();
    },
    clear() {
      const all = [...shown.values()];
      shown.clear();
      for (const note of all) note.close();
    },
  };
}
