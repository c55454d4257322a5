import { contextBridge, ipcRenderer } from 'electron';
import { CHANNEL } from './channel.ts';

// A transport and nothing else: neither ipcRenderer nor an event object ever reaches the page.
contextBridge.exposeInMainWorld('beforehand', {
  send(message: unknown): void {
    ipcRenderer.send(CHANNEL, message);
  },
  onMessage(listener: (message: unknown) => void): void {
    ipcRenderer.on(CHANNEL, (_, message: unknown) => listener(message));
  },
  onClose(listener: () => void): void {
    window.addEventListener('pagehide', () => listener(), { once: true });
  },
});
