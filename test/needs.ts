import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import { trainingPython } from '../scripts/training.mjs';

/** Debian package that carries a program, where the names differ. */
const PACKAGE: Readonly<Record<string, string>> = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  import: 'imagemagick',
  'xfce4-notifyd': 'xfce4-notifyd',
  xprop: 'x11-utils',
  pip: 'python3-pip',
  'at-spi-bus-launcher': 'at-spi2-core',
  'wl-copy': 'wl-clipboard',
  'wl-paste': 'wl-clipboard',
  setpriv: 'util-linux',
  Xwayland: 'xwayland',
  ip: 'iproute2',
  script: 'bsdutils',
};

/** Programs that live outside PATH. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  'at-spi-bus-launcher': ['/usr/libexec/at-spi-bus-launcher'],
  'xfce4-notifyd': [
    '/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd',
    '/usr/lib/aarch64-linux-gnu/xfce4/notifyd/xfce4-notifyd',
  ],
};

/** Where a program is, or null; `training` is the Python of the environment of training/. */
export function program(name: string): string | null {
  if (name === 'training') return trainingPython();
  const places = [
    ...(process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)),
    ...(PLACES[name] ?? []),
  ];
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {}
  }
  return null;
}

/**
 * A `describe` that needs programs. Where one is missing the suite is skipped, and its name says the command that
 * would install it; with CI=true a missing program fails, so that a skip cannot hide there.
 */
export function needs(programs: readonly string[], name: string, body: () => void): void {
  const missing = programs.filter((each) => !program(each));
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const packages = missing.filter((each) => each !== 'training').map((each) => PACKAGE[each] ?? each);
  const mends = packages.length > 0 ? [`apt-get install ${packages.join(' ')}`] : [];
  if (missing.includes('training')) mends.push('npm run training:setup');
  const mend = mends.join(' && ');
  if (process.env['CI'] === 'true') {
    describe(name, () => {
      throw new Error(`${name} needs ${missing.join(', ')}: ${mend}`);
    });
    return;
  }
  describe.skip(`${name} (needs: ${mend})`, body);
}
