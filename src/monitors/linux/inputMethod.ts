import { eventMask, type Fixes } from 'x11';
import type { Connection } from './connection.ts';

/** Variables by which a session says that an input method makes the text of its programs. */
const VARIABLES = ['XMODIFIERS', 'GTK_IM_MODULE', 'QT_IM_MODULE'] as const;
/** Values that stand for none: the plain keyboard, and dead keys and Compose, which are followed here. */
const NONE = /^(?:|none|xim|simple|gtk-im-context-simple|compose|local|xkb|wayland)$/;
/** XFIXES: another owner, its window destroyed, its client gone. */
const OWNER_CHANGES = 7;
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
  const fixes = await link.ask<Fixes>((reply) => X.require('fixes', reply));
  const followed = new Set<number>();
  const read = async () => {
    const list = await link.property(root, SERVERS, LONGEST);
    const bytes = list?.data ?? Buffer.alloc(0);
    let found: string | null = null;
    for (let at = 0; at + 4 <= bytes.length; at += 4) {
      const atom = bytes.readUInt32LE(at);
      // One that ends and starts again leaves the list as it is: only the selection tells.
      if (fixes && !followed.has(atom)) fixes.SelectSelectionInput(root, atom, OWNER_CHANGES);
      followed.add(atom);
      const owner = await link.ask<number>((reply) => X.GetSelectionOwner(atom, reply));
      const name = owner ? await link.ask<string>((reply) => X.GetAtomName(atom, reply)) : null;
      if (name) found ??= name.replace(/^@server=/, '').slice(0, 40);
    }
    if (found === running) return;
    running = found;
    changed();
  };
  // One reading after another, so that the last one is the one that counts.
  let reading = Promise.resolve();
  const again = () => {
    reading = reading.then(read).catch(() => {});
  };
  link.onEvent((event) => {
    const listed = event.name === 'PropertyNotify' && event.wid === root && event.atom === SERVERS;
    const owned = event.name === 'SelectionNotify' && followed.has(event.selection ?? 0);
    if (listed || owned) again();
  });
  await link.ask<unknown>((reply) =>
    X.ChangeWindowAttributes(root, { eventMask: eventMask.PropertyChange }, reply),
  );
  await read();
  return { running: () => running };
}
