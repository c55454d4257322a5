import type { Refusals, ShortcutsPort } from '../model/ports.ts';
import { sessionOf } from '../monitors/linux/session.ts';
import { createX11Shortcuts } from './shortcutsX11.ts';

/** A host that can take no keys, and why, one sentence. */
export function createNoShortcuts(reason: string): ShortcutsPort {
  return {
    take: async (accelerators): Promise<Refusals> =>
      Object.fromEntries(accelerators.map((each) => [each, reason])),
    onPressed: () => {},
    onChanged: () => {},
    close: async () => {},
  };
}

/**
 * Keys for a core that runs in plain Node: X11 lends them to any program; Wayland lends them to none, and its portal for
 * them asks the person in a dialog of its own that a program without an installed desktop file is refused.
 */
export function createNodeShortcuts(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): ShortcutsPort {
  if (platform !== 'linux') return createNoShortcuts('keys for every app need the desktop app here');
  const session = sessionOf(env);
  if (session.kind === 'x11') return createX11Shortcuts({ env });
  if (session.kind !== 'wayland') return createNoShortcuts('there is no graphical session to take keys from');
  return createNoShortcuts(
    `${session.desktop} under Wayland lends this program no keys: give the keys to \`beforehand pause\` in the desktop's own settings, or use the card and the tray`,
  );
}
