import type { Connection } from './connection.ts';

/** Variables by which a session says that an input method makes the text of its programs. */
const VARIABLES = ['XMODIFIERS', 'GTK_IM_MODULE', 'QT_IM_MODULE'] as const;
/** Values that stand for none: the plain keyboard, and dead keys and Compose, which are followed here. */
const NONE = /^(?:|none|xim|simple|gtk-im-context-simple|compose|local|xkb|wayland)$/;
/** Longest list of servers that is read, in bytes. */
const LONGEST = 1024;

/** The input method that the session's environment names, e.g. `ibus`; null for none. */
export function namedInputMethod(env: NodeJS.ProcessEnv): string | null {
  for (const variable of VARIABLES) {
    const value = (env[variable] ?? '').replace(/^.*@im=/, '').toLowerCase();
    if (!NONE.test(value)) return value.slice(0, 40);
  }
  return null;
}

/** An input method that runs, whatever the environment says. */
export interface InputMethods {
  /** Its name; null when none runs. */
  running(): string | null;
}

/**
 * Follows the servers of X input methods: each puts its name into `XIM_SERVERS` of the root window and owns the
 * selection of that name while it runs (X Input Method Protocol, section 3). What it makes of the keys goes to the
 * programs alone, so keys must not be taken for text while one runs.
 */
export async function followInputMethods(link: Connection, changed: () => void): Promise<InputMethods> {
  const { X, root } = link;
  let running: string | null = null;
  const [SERVERS] = await link.atoms(['XIM_SERVERS']);
  const read = async () => {
    const list = await link.property(root, SERVERS, LONGEST);
    let found: string | null = null;
    const atoms = list
      ? [...new Uint32Array(Uint8Array.from(list.data).buffer, 0, list.data.length >> 2)]
      : [];
    for (const atom of atoms) {
      if (found) break;
      const owner = await link.ask<number>((reply) => X.GetSelectionOwner(atom, reply));
      const name = owner ? await link.ask<string>((reply) => X.GetAtomName(atom, reply)) : null;
      if (name) found = name.replace(/^@server=/, '').slice(0, 40);
    }
    if (found === running) return;
    running = found;
    changed();
  };
  link.onEvent((event) => {
    if (event.name === 'PropertyNotify' && event.wid === root && event.atom === SERVERS)
      read().catch(() => {});
  });
  await read();
  return { running: () => running };
}
