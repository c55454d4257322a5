import type { Place } from '../../src/model/place.ts';
import type { Module } from '../context.ts';

/** The program's own scheme: `beforehand://SCREEN` and `beforehand://suggestion/UUID`, and nothing else. */
export const SCHEME = 'beforehand';

const LINK =
  /^beforehand:\/\/(?:(today|timeline|insights|teach|models|settings)|suggestion\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))\/?$/;

/**
 * The place in the window that a link names, as its address has it after `#/`; null for anything else. A link comes
 * from whoever wrote the page or mail that held it: it can show a place, and do nothing.
 */
export function placeOf(link: unknown): Place | null {
  if (typeof link !== 'string' || link.length > 80) return null;
  const [, screen, suggestion] = LINK.exec(link) ?? [];
  if (suggestion) return `suggestion/${suggestion}`;
  return screen ?? null;
}

/** The place that a start's arguments name: those that are links, the last of them; null without one. */
export function placeOfArgs(args: readonly unknown[]): Place | null {
  const links = args.filter((arg) => typeof arg === 'string' && arg.startsWith(`${SCHEME}:`));
  return placeOf(links.at(-1));
}

/** Takes links from the system: registered for the user, and received as macOS sends them. */
export const links: Module = {
  name: 'links',
  early(context) {
    const { app } = context.api;
    // Run from its sources, the program that the system would start is Electron itself. On Linux the package's own
    // start file names the scheme.
    if (app.isPackaged && process.platform !== 'linux') app.setAsDefaultProtocolClient(SCHEME);
    app.on('open-url', (event, url) => {
      event.preventDefault();
      const place = placeOf(url);
      if (place && app.isReady()) context.show(place);
    });
  },
  enable(context) {
    const place = placeOfArgs(context.args);
    if (place) context.show(place);
  },
};
