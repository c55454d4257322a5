import { eventMask, type XProperty } from 'x11';
import { isOwn, NO_FOCUS, type Focus, type WindowAdapter } from '../focus.ts';
import { connectX, type Connection } from './connection.ts';

/**
 * Active window of an X11 desktop, by property events (EWMH `_NET_ACTIVE_WINDOW`, `_NET_WM_NAME`; ICCCM `WM_NAME`,
 * `WM_CLASS`). Needs a window manager that keeps EWMH; without one nothing has the focus.
 */
export function createX11Window(env: NodeJS.ProcessEnv): WindowAdapter {
  return {
    async open(listener) {
      const link = await connectX('monitor:window', env, listener.died);
      const { root } = link;
      const [ACTIVE, NET_NAME, NAME, CLASS, PID] = await link.atoms([
        '_NET_ACTIVE_WINDOW',
        '_NET_WM_NAME',
        'WM_NAME',
        'WM_CLASS',
        '_NET_WM_PID',
      ]);
      let active = 0;
      let told = '';
      let reading = false;
      let dirty = false;

      const describe = async (window: number): Promise<Focus> => {
        const [kind, netName, name, owner] = await Promise.all([
          link.property(window, CLASS, 1024),
          link.property(window, NET_NAME, 8192),
          link.property(window, NAME, 8192),
          link.property(window, PID, 4),
        ]);
        const pid = owner && owner.data.length >= 4 ? owner.data.readUInt32LE(0) : 0;
        const [instance, app] = kind ? kind.data.toString('latin1').split('\0') : [];
        const title = text(netName) || text(name);
        return {
          window,
          own: isOwn(app, instance),
          ...((app || instance) && { app: (app || instance)!.trim() }),
          ...(title && { title }),
          ...(pid && { pid }),
        };
      };

      const read = async () => {
        const found = await link.property(root, ACTIVE, 4);
        const window = found && found.data.length >= 4 ? found.data.readUInt32LE(0) : 0;
        if (window !== active) {
          if (active) await watch(link, active, 0);
          active = window;
          // Selected before the title is read, so that a change between the two is not lost.
          if (window) await watch(link, window, eventMask.PropertyChange);
        }
        const focus = window ? await describe(window) : NO_FOCUS;
        const now = JSON.stringify(focus);
        if (now === told) return;
        told = now;
        listener.changed(focus);
      };

      /** Reads until nothing changed meanwhile; one reader at a time keeps the order. */
      const refresh = async () => {
        dirty = true;
        if (reading) return;
        reading = true;
        try {
          while (dirty) {
            dirty = false;
            await read();
          }
        } finally {
          reading = false;
        }
      };

      link.onEvent((event) => {
        if (event.name !== 'PropertyNotify') return;
        const matters =
          event.wid === root
            ? event.atom === ACTIVE
            : event.wid === active && [NET_NAME, NAME, CLASS].includes(event.atom ?? 0);
        // A lost connection rejects the reads; connectX has told the listener by then.
        if (matters) refresh().catch(() => {});
      });
      await watch(link, root, eventMask.PropertyChange);
      await refresh();
      return link.close;
    },
  };
}

/** Selects events on a window; one that is gone by now is no error. */
async function watch(link: Connection, window: number, mask: number): Promise<void> {
  await link.ask<unknown>((reply) => link.X.ChangeWindowAttributes(window, { eventMask: mask }, reply));
}

/** ICCCM 2.7.1 makes STRING Latin-1, yet many programs put UTF-8 there: whatever is valid UTF-8 is read as such. */
function text(property: XProperty | null): string {
  if (!property || property.format !== 8) return '';
  const end = property.data.indexOf(0);
  const bytes = end < 0 ? property.data : property.data.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A title cut in the middle of a character is Latin-1 for the decoder: longer than any window shows, so harmless.
    return bytes.toString('latin1');
  }
}
