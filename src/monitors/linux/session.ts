/** Which windowing system the monitors have to ask, and under Wayland the desktop's name for sentences. */
export type Session =
  | { readonly kind: 'x11' | 'none' }
  | { readonly kind: 'wayland'; readonly desktop: string };

/** XDG_CURRENT_DESKTOP (freedesktop, a list with colons) as people call it. */
const DESKTOPS: Readonly<Record<string, string>> = {
  gnome: 'GNOME',
  kde: 'KDE Plasma',
  sway: 'sway',
  hyprland: 'Hyprland',
  river: 'river',
  wayfire: 'Wayfire',
  labwc: 'labwc',
  niri: 'niri',
  cosmic: 'COSMIC',
  unity: 'Unity',
  cinnamon: 'Cinnamon',
  xfce: 'Xfce',
  lxqt: 'LXQt',
};

/**
 * Tells the session by the environment. DISPLAY is set under Wayland too: it is XWayland's, which shows the windows,
 * keys and copies of X11 programs alone, so it decides only where nothing speaks for Wayland.
 */
export function sessionOf(env: NodeJS.ProcessEnv): Session {
  const wayland = Boolean(env['WAYLAND_DISPLAY']) || env['XDG_SESSION_TYPE']?.toLowerCase() === 'wayland';
  if (wayland) return { kind: 'wayland', desktop: desktopOf(env) };
  return { kind: env['DISPLAY'] ? 'x11' : 'none' };
}

function desktopOf(env: NodeJS.ProcessEnv): string {
  const names = `${env['XDG_CURRENT_DESKTOP'] ?? ''}:${env['XDG_SESSION_DESKTOP'] ?? ''}`.toLowerCase();
  for (const name of names.split(':').flatMap((each) => each.split('-'))) {
    const known = DESKTOPS[name];
    if (known) return known;
  }
  if (env['SWAYSOCK']) return 'sway';
  if (env['HYPRLAND_INSTANCE_SIGNATURE']) return 'Hyprland';
  return 'this compositor';
}
