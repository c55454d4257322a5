import type { Refusals, ShortcutsPort } from '../model/ports.ts';
import { sessionOf } from '../monitors/linux/session.ts';
import type { Refusal } from '../model/chord.ts';
import { createX11Shortcuts } from './shortcutsX11.ts';

/** A host that can take no keys, and why. */
export function createNoShortcuts(refusal: Refusal): ShortcutsPort {
  return {
    take: async (accelerators): Promise<Refusals> =>
      Object.fromEntries(accelerators.map((each) => [each, refusal])),
    onPressed: () => {},
    onChanged: () => {},
    close: async () => {},
  };
}

/**
 * Keys for a core that runs in plain Node: X11 lends them to any program. Wayland's own protocol lends none; the desktop
 * portal that may (org.freedesktop.portal.GlobalShortcuts) is not asked by this version, and that is what is said.
 */
export function createNodeShortcuts(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): ShortcutsPort {
  if (platform !== 'linux')
    return createNoShortcuts({ code: 'desktopApp', reason: 'keys for every app need the desktop app here' });
  const session = sessionOf(env);
  if (session.kind === 'x11') return createX11Shortcuts({ env });
  if (session.kind !== 'wayland') {
    return createNoShortcuts({
      code: 'noSession',
      reason: 'there is no graphical session to take keys from',
    });
  }
  return createNoShortcuts({
    code: 'wayland',
    reason:
      "this version takes no keys under Wayland: give keys to `beforehand pause` in the desktop's own settings, or use the card and the window",
  });
}
