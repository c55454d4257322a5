import type { Catalogue } from '../catalogue.ts';
import { many } from './count.ts';

/** Einstellungen: Suche, Tastenkürzel, Promptdatei, was getan wurde. */
export const keys: Catalogue['keys'] = {
  find: 'Einstellungen durchsuchen',
  found: (count: number) => many(count, 'Teil', 'Teile'),
  notFound: (text: string) => `Kein Teil der Einstellungen handelt von „${text}“.`,
  hint: 'gelten in jeder App',
  names: {
    pause: 'Pausieren oder fortsetzen',
    need: '„Hier hätte ich Hilfe gebraucht“',
    accept: 'Vorschlag auf dem Bildschirm annehmen',
    show: 'Fenster zeigen',
  },
  none: 'keine',
  press: 'Tasten drücken…',
  change: (name: string) => `Tasten ändern: ${name}`,
  clear: (name: string) => `Keine Tasten: ${name}`,
  cancel: 'Escape lässt sie, wie sie sind.',
  bad: 'Nötig sind Strg, Alt oder Super mit Buchstabe, Ziffer oder benannter Taste; oder eine von F1 bis F12.',
  same: (keys: string, other: string) => `${keys} gehört schon zu: ${other}.`,
  openFolder: 'Ordner öffnen',
  prompt: 'Worte für das Modell',
  promptHint: 'Eine Promptdatei für ein Modell, das mit anderen Worten trainiert wurde. Leer heißt unsere.',
  promptPath: 'Ganzer Pfad der Promptdatei',
  use: 'Nehmen',
  ours: 'Unsere nehmen',
  journal: 'Was für Sie getan wurde',
  journalHint: 'Alles, was ein angenommener Vorschlag tat, das Neueste zuerst.',
  journalOpen: 'Zeigen',
  journalEmpty:
    'Noch wurde nichts getan. Was Sie annehmen, steht dann hier und lässt sich, wo möglich, zurücknehmen.',
  journalMore: 'Ältere zeigen',
  results: { done: 'getan', failed: 'fehlgeschlagen', stopped: 'angehalten' },
  operations: {
    search: 'Gesucht',
    chat: 'Geschrieben',
    read: 'Gelesen',
    rename: 'Umbenannt',
    open: 'Geöffnet',
    remind: 'Erinnerung',
    mcp: 'Werkzeug',
    undo: 'Zurückgenommen',
  },
  undoOf: (what: string) => `Zurücknehmen: ${what}`,
  removeServer: (name: string) => `Server ${name} entfernen`,
  removeServerAsk: (name: string) => `${name} entfernen?`,
  removeServerBody:
    'Er wird nicht mehr gestartet, und was Sie ihm erlaubten, ist vergessen. Über die Kommandozeile kommt er wieder hinzu.',
  remove: 'Entfernen',
};
