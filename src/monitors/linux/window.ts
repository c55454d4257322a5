import { eventMask, type XProperty } from 'x11';
import { isOwn, NO_FOCUS, type Focus, type WindowAdapter } from '../focus.ts';
import { saysShared } from '../holds/meeting.ts';
import { connectX, type Connection } from './connection.ts';

/**
 * Active window of an X11 desktop, by property events (EWMH `_NET_ACTIVE_WINDOW`, `_NET_WM_NAME`; ICCCM `WM_NAME`,
 * `WM_CLASS`), whether it fills the screen (`_NET_WM_STATE`), and whether any window says that the screen is shared
 * (`_NET_CLIENT_LIST`). Needs a window manager that keeps EWMH; without one nothing has the focus.
 */
export function createX11Window(env: NodeJS.ProcessEnv): WindowAdapter {
  return {
    async open(listener) {
      const link = await connectX('monitor:window', env, listener.died);
      const { root } = link;
      const [ACTIVE, NET_NAME, NAME, CLASS, PID, MANAGER, STATE, FULL, CLIENTS] = await link.atoms([
        '_NET_ACTIVE_WINDOW',
        '_NET_WM_NAME',
        'WM_NAME',
        'WM_CLASS',
        '_NET_WM_PID',
        '_NET_SUPPORTING_WM_CHECK',
        '_NET_WM_STATE',
        '_NET_WM_STATE_FULLSCREEN',
        '_NET_CLIENT_LIST',
      ]);
      /** Every window that is managed, and whether it says that the screen is shared. */
      let clients = new Map<number, boolean>();
      let active = 0;
      let told = '';
      let reading = false;
      let dirty = false;
      /** The focus was told since it was read. */
      let moved = false;
      /** The list of windows has changed since it was read. */
      let listed = true;
      /** How often something was told to have changed. */
      let changes = 0;

      const describe = async (window: number): Promise<Focus> => {
        const [kind, netName, name, owner, state] = await Promise.all([
          link.property(window, CLASS, 1024),
          link.property(window, NET_NAME, 8192),
          link.property(window, NAME, 8192),
          link.property(window, PID, 4),
          link.property(window, STATE, 128),
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
          ...(numbers(state).includes(FULL) && { fullScreen: true as const }),
        };
      };

      /** A bar that tells of a shared screen is seldom in front, so every new window's title is looked at once. */
      const lookForBars = async () => {
        const ids = numbers(await link.property(root, CLIENTS, 16_384));
        const known = clients;
        const found = ids.map(async (window): Promise<[number, boolean]> => {
          const before = known.get(window);
          if (before !== undefined) return [window, before];
          const [netName, name] = await Promise.all([
            link.property(window, NET_NAME, 8192),
            link.property(window, NAME, 8192),
          ]);
          return [window, saysShared(text(netName) || text(name))];
        });
        clients = new Map(await Promise.all(found));
      };

      const idOf = async (window: number, property: number) => {
        const found = await link.property(window, property, 4);
        return found && found.data.length >= 4 ? found.data.readUInt32LE(0) : 0;
      };

      const complete = async (window: number): Promise<Focus> => {
        const focus = window ? await describe(window) : NO_FOCUS;
        return [...clients.values()].includes(true) ? { ...focus, sharing: true } : focus;
      };

      const read = async () => {
        const window = await idOf(root, ACTIVE);
        // A server gives the number of a window that is gone to the next one: told anew, it may be another window.
        if (window !== active || moved) {
          moved = false;
          if (active && active !== window) await watch(link, active, 0);
          active = window;
          // Selected before the title is read, so that a change between the two is not lost.
          if (window) await watch(link, window, eventMask.PropertyChange);
        }
        if (listed) {
          listed = false;
          await lookForBars();
        }
        const focus = await complete(window);
        const now = JSON.stringify(focus);
        if (now === told) return;
        told = now;
        listener.changed(focus);
      };

      /** Reads until nothing changed meanwhile; one reader at a time keeps the order. */
      const refresh = async () => {
        dirty = true;
        changes++;
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
        if (event.wid === root && event.atom === CLIENTS) listed = true;
        if (event.wid === root && event.atom === ACTIVE) moved = true;
        const matters =
          event.wid === root
            ? event.atom === ACTIVE || event.atom === CLIENTS
            : event.wid === active && [NET_NAME, NAME, CLASS, STATE].includes(event.atom ?? 0);
        // A lost connection rejects the reads; connectX has told the listener by then.
        if (matters) refresh().catch(() => {});
      });
      await watch(link, root, eventMask.PropertyChange);
      await refresh();
      listener.proves?.({
        proof: 'the window in front and its title, asked for anew, are those that were told',
        async run() {
          // A manager that ends leaves its last word standing on the root; its own window goes with it (EWMH).
          const manager = await idOf(root, MANAGER);
          if (!manager || (await idOf(manager, MANAGER)) !== manager) return NO_MANAGER;
          const before = changes;
          const window = await idOf(root, ACTIVE);
          const now = JSON.stringify(await complete(window));
          // An event of before the answer comes before it: what changed meanwhile was told, so it is heard.
          if (now === told || reading || changes !== before) return { ok: true };
          const reason = 'another window or title is in front than was told, so changes do not come any more';
          return { ok: false, restart: true, reason };
        },
      });
      return link.close;
    },
  };
}

/** Known well, but not by us: there is nothing to open anew. */
const NO_MANAGER = {
  ok: false,
  restart: false,
  reason: 'no window manager runs that tells which window is in front, so no window is seen',
  mend: 'start the window manager of your desktop again, or one that keeps EWMH, such as openbox',
} as const;

/** Selects events on a window; one that is gone by now is no error. */
async function watch(link: Connection, window: number, mask: number): Promise<void> {
  await link.ask<unknown>((reply) => link.X.ChangeWindowAttributes(window, { eventMask: mask }, reply));
}

/** A property that is a list of atoms or windows; empty for none. */
function numbers(property: XProperty | null): readonly number[] {
  if (!property || property.format !== 32) return [];
  const { data } = property;
  return Array.from({ length: Math.floor(data.length / 4) }, (_, at) => data.readUInt32LE(at * 4));
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
