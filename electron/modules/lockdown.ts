import type { Module } from '../context.ts';
import { ORIGIN } from './page.ts';

/**
 * Denies by default, for every web contents there will ever be: permissions, devices, downloads, new windows,
 * navigation and webviews (Electron security checklist, items 5, 12, 13, 14).
 */
export const lockdown: Module = {
  name: 'lockdown',
  early({ api }) {
    api.app.enableSandbox();
    api.app.on('web-contents-created', (_, contents) => {
      contents.setWindowOpenHandler(() => ({ action: 'deny' }));
      contents.on('will-attach-webview', (event) => event.preventDefault());
      contents.on('will-navigate', stay);
      contents.on('will-frame-navigate', stay);
      contents.on('will-redirect', stay);
    });
  },
  enable({ api }) {
    const session = api.session.defaultSession;
    session.setPermissionRequestHandler((_contents, permission, answer, details) => {
      answer(isCopy(permission, details.requestingUrl));
    });
    session.setPermissionCheckHandler((_contents, permission, origin) => isCopy(permission, origin));
    session.setDevicePermissionHandler(() => false);
    session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
    // The page needs nothing but itself: whatever it, or Chromium for it, would fetch elsewhere is not sent.
    session.webRequest.onBeforeRequest((details, answer) => {
      answer({ cancel: !details.url.startsWith(`${ORIGIN}/`) });
    });
    session.on('will-download', (event) => event.preventDefault());
  },
};

/** The one thing our page may do beyond showing itself: put an answer on the clipboard when Copy is pressed. */
function isCopy(permission: string, from: string): boolean {
  return permission === 'clipboard-sanitized-write' && (from === ORIGIN || from.startsWith(`${ORIGIN}/`));
}

/** Only a reload of the page is no navigation away from it. */
function stay(event: { readonly url: string; preventDefault(): void }): void {
  const [page] = event.url.split('#');
  if (page !== `${ORIGIN}/` && page !== `${ORIGIN}/card.html`) event.preventDefault();
}
