import type { Catalogue } from '../catalogue.ts';

/** Why keys that should work in every app do not, by the kind that the core tells. */
export const refusals: Catalogue['refusals'] = {
  held: (keys) => `Ein anderes Programm belegt ${keys}.`,
  notLent: (keys) => `Das System gibt ${keys} nicht her: Vielleicht belegt es ein anderes Programm.`,
  noKey: (keys) => `Diese Tastatur hat keine Taste für ${keys}.`,
  same: (keys) => `Ein anderes dieser Kürzel hat auch ${keys}.`,
  noSession: () => 'Es gibt keine grafische Sitzung, aus der Tasten zu nehmen wären.',
  wayland: () =>
    'Diese Version nimmt unter Wayland keine Tasten: Legen Sie in den Einstellungen des Desktops Tasten auf den Befehl „beforehand pause“, oder nutzen Sie Karte und Fenster.',
  noDisplay: () => 'Die Anzeige antwortet nicht; es wird wieder versucht.',
  desktopApp: () => 'Tasten für alle Apps brauchen hier die Desktop-App.',
  noWindow: () => 'Ohne Fenster nimmt es keine Tasten: Nutzen Sie die Befehlszeile.',
};
