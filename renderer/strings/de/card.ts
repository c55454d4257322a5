import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';
import { gathered } from './gathered.ts';

/** The suggestion card. */
export const card: Pick<Catalogue, 'card'> = {
  card: {
    label: 'Vorschlag',
    announce: (task, why, how) => `Vorschlag: ${task}. ${why}. ${how}`,
    pressHere: 'Eingabetaste nimmt an, Escape lehnt ab.',
    pressAnywhere: (keys) => `${keys} nimmt an.`,
    accept: 'Annehmen',
    later: 'Später',
    dismiss: 'Ablehnen',
    pause: 'Pausieren und vertagen',
    details: 'Einzelheiten',
    why: 'Warum nicht?',
    skip: 'Kein Grund',
    reasons: {
      'not-needed': 'Nicht nötig',
      wrong: 'Falsch',
      'too-late': 'Zu spät',
      'never-here': 'Nie in dieser App',
    },
    search: (query) => ['Öffnet den Browser und sucht nach ', query],
    chat: (instruction) => ['Das Modell schreibt: ', instruction],
    read: (name) => ['Liest und fasst zusammen: ', name],
    open: (name) => ['Öffnet ', name],
    remind: (what) => ['Erinnert Sie ', what],
    mcp: (call) => ['Ruft ein Werkzeug auf: ', call],
    gather: (proposer) => [
      'Stellt ohne Modell zusammen: ',
      (
        {
          'pattern:error': 'den Fehler, woher er kam, und einen Link zum Nachschlagen',
          'pattern:repeated-search': 'Ihre Suchbegriffe und die Seiten, die Sie seither geöffnet haben',
          'pattern:renamed': 'das Schema in Worten und die nächsten Namen',
          'pattern:long-document': 'Titel, Lesezeit und was Sie daraus kopiert haben',
          'pattern:writing-from-source': 'die kopierten Stellen und eine Zeile zum Zitieren',
          ...gathered,
        } as Readonly<Record<string, string>>
      )[proposer] ?? 'was Ihre letzten Schritte dazu sagen',
    ],
    searched: 'Im Browser geöffnet.',
    copy: 'Kopieren',
    copied: 'Kopiert',
    stop: 'Anhalten',
    close: 'Schließen',
    writing: 'Schreibt…',
    stopped: 'Angehalten.',
    failed: 'Die Antwort ist fehlgeschlagen.',
    answer: 'Antwort',
    next: 'Ein weiterer Vorschlag ist da:',
    waiting: (count) => many(count, 'weiterer wartet', 'weitere warten'),
    held: 'bleibt, solange Sie lesen',
    left: (seconds) => `verschwindet von selbst in ${number(seconds)} s`,
  },
};
