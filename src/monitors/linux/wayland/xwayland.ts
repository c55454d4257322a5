import { readdirSync, readFileSync } from 'node:fs';
import { connectX, type Connection } from '../connection.ts';
import { createTransfers, type Transfers } from '../transfer.ts';

/** Asks XWayland what the owner of its clipboard offers. */
export interface Xwayland {
  /** The targets; empty where no X11 program owns the clipboard, null where nobody answers. */
  targets(): Promise<readonly string[] | null>;
  close(): Promise<void>;
}

/**
 * The X11 side of the clipboard of a Wayland session. Compositors hand a copy of an X11 program on to Wayland with only
 * those targets that look like media types (measured: sway 1.7, where the mark of KeePassXC is lost), so a mark has to
 * be looked for where it was made. XWayland is started on demand: it is asked only where it runs already.
 */
export function createXwayland(env: NodeJS.ProcessEnv): Xwayland {
  let open: Promise<Side> | null = null;
  const names = new Map<number, string>();
  const connect = async () => {
    const link = await connectX('monitor:clipboard', env, () => (open = null));
    const [CLIPBOARD, TARGETS, MANAGER] = await link.atoms(['CLIPBOARD', 'TARGETS', 'WM_S0']);
    names.clear();
    return { link, transfers: await createTransfers(link, CLIPBOARD), CLIPBOARD, TARGETS, MANAGER };
  };
  return {
    async targets() {
      if (!runs(env['DISPLAY'])) return [];
      try {
        open ??= connect();
        const side = await open;
        if (await ownedByCompositor(side)) return [];
        const { link, transfers, TARGETS } = side;
        const atoms = await transfers.list(TARGETS, 0);
        if (!atoms) return null;
        return await Promise.all(
          atoms.map(async (atom) => {
            const known = names.get(atom);
            if (known !== undefined) return known;
            const name = (await link.ask<string>((reply) => link.X.GetAtomName(atom, reply))) ?? '';
            names.set(atom, name);
            return name;
          }),
        );
      } catch {
        open = null;
        return null;
      }
    },
    async close() {
      const last = open;
      open = null;
      const { link, transfers } = (await last?.catch(() => null)) ?? {};
      transfers?.stop();
      await link?.close();
    },
  };
}

/** A connection to XWayland and its atoms. */
interface Side {
  readonly link: Connection;
  readonly transfers: Transfers;
  readonly CLIPBOARD: number;
  readonly TARGETS: number;
  readonly MANAGER: number;
}

/**
 * Whether nobody on the X11 side, or the compositor itself, owns the clipboard: then a Wayland program does. The
 * compositor is XWayland's window manager, and all windows of one client have the same high bits (X11 protocol, 8).
 */
async function ownedByCompositor({ link, CLIPBOARD, MANAGER }: Side): Promise<boolean> {
  const ask = (selection: number) => link.ask<number>((reply) => link.X.GetSelectionOwner(selection, reply));
  const [owner, manager] = await Promise.all([ask(CLIPBOARD), ask(MANAGER)]);
  if (owner === null || manager === null) return false;
  const client = (window: number) => (window & ~link.resources) >>> 0;
  return owner === 0 || (manager !== 0 && client(owner) === client(manager));
}

/** Whether an XWayland serves this display already. A connection would start one, and keep it. */
function runs(display: string | undefined): boolean {
  if (!display) return false;
  const number = /:\d+/.exec(display)?.[0];
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'latin1').trim() !== 'Xwayland') continue;
      if (
        readFileSync(`/proc/${pid}/cmdline`, 'latin1')
          .split('\0')
          .includes(number ?? '')
      )
        return true;
    } catch {
      // It ended meanwhile.
    }
  }
  return false;
}
