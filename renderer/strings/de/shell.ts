import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

type Areas =
  | 'keyList'
  | 'name'
  | 'nav'
  | 'demo'
  | 'skip'
  | 'leaves'
  | 'link'
  | 'status'
  | 'palette'
  | 'common';

/** What surrounds every screen: navigation, status, connection, commands. */
export const shell: Pick<Catalogue, Areas> = {
  name: 'Beforehand',
  nav: {
    label: 'Bereiche',
    today: 'Heute',
    timeline: 'Verlauf',
    insights: 'Einblicke',
    teach: 'Anlernen',
    models: 'Modelle',
    settings: 'Einstellungen',
    commands: 'Befehle',
  },
  demo: 'Vorführtag: Nichts wird aufgezeichnet',
  skip: 'Zum Inhalt springen',
  leaves: {
    no: 'Nichts hat diesen Rechner verlassen.',
    programs:
      'Von selbst hat nichts diesen Rechner verlassen; was Sie anderen Programmen überlassen, können diese weitergeben.',
    searched: (count) =>
      `Heute ${count === 1 ? 'hat' : 'haben'} nur ${many(count, 'Suche', 'Suchen')}, die Sie geöffnet haben, diesen Rechner verlassen.`,
    yes: 'Was das Modell sieht, geht an den Endpunkt, den Sie gewählt haben.',
    counts: (kept, redacted, dropped) =>
      `${number(kept)} behalten, ${number(redacted)} geschwärzt, ${number(dropped)} verworfen seit dem Start.`,
  },
  link: {
    connecting: 'Verbindung zum Assistenten…',
    title: 'Der Assistent läuft nicht',
    body: 'Dieses Fenster ist offen, aber nichts antwortet dahinter. Er zeichnet jetzt nichts auf, und nichts Behaltenes ist verloren.',
    mend: 'Starten Sie ihn wieder mit',
    command: 'npm start',
    refused: 'Dieser Link wurde schon benutzt',
    refusedBody:
      'Ein Link öffnet das Fenster einmal. Der Assistent gibt bei jedem Start einen neuen aus; öffnen Sie diesen, oder starten Sie den Assistenten neu.',
    retry: 'Jetzt versuchen',
    retrying: 'Versucht es von selbst wieder.',
  },
  status: {
    label: 'Zustand',
    watching: 'Beobachtet',
    paused: 'Pausiert',
    wrong: 'Etwas stimmt nicht',
    gone: 'Nicht verbunden',
    away: 'Sie sind abwesend',
    shadow: 'Schattenmodus',
    pause: 'Pausieren',
    resume: 'Fortsetzen',
    pauseFor: 'Für eine Weile pausieren',
    pauseChoices: {
      quarter: '15 Minuten',
      hour: '1 Stunde',
      tomorrow: 'Bis morgen',
      open: 'Bis ich fortsetze',
    },
    need: 'Hier brauchte ich Hilfe',
    needDone: (count) =>
      count === 1
        ? 'Notiert, mit der letzten Beobachtung.'
        : `Notiert, mit den letzten ${number(count)} Beobachtungen.`,
    model: {
      loading: 'Modell lädt',
      ready: 'Modell bereit',
      missing: 'noch kein Modell',
      damaged: 'Modell beschädigt',
      failed: 'Modell fehlgeschlagen',
      off: 'kein Modell',
    },
  },
  palette: {
    label: 'Befehlspalette',
    placeholder: 'Befehl eingeben',
    empty: 'Diesen Befehl gibt es nicht.',
    go: 'Gehe zu',
    do: 'Tun',
    suggestion: 'Vorschlag',
    search: 'Den Verlauf durchsuchen',
    export: 'Trainingsdaten exportieren',
    theme: (name) => `Darstellung: ${name}`,
    language: (name) => `Sprache: ${name}`,
    mode: (name) => `Wechseln zu: ${name}`,
    keys: 'Alle Tasten zeigen',
    part: (name) => `Einstellungen: ${name}`,
  },
  keyList: {
    title: 'Tasten',
    hint: 'Einzelne Tasten ruhen, solange in ein Feld getippt wird. Alles andere steht in der Befehlspalette.',
    everywhere: 'Überall',
    card: 'Bei einem Vorschlag',
    timeline: 'Im Verlauf',
    labels: 'Tagesrückblick und Beispiele',
    commands: 'Befehle',
    screens: 'Die sechs Bereiche in ihrer Reihenfolge',
    this: 'Diese Tasten',
    next: 'Nächstes und voriges Bedienelement',
    dismiss: 'Ablehnen oder schließen, was offen ist',
    reason: 'Sagen, warum nicht',
    undo: 'Zurücknehmen, was getan wurde',
    move: 'Nächste und vorige Zeile',
    mark: 'Eine Zeile auswählen',
    range: 'Bis hierher auswählen',
    yes: 'Ja, nein, überspringen',
    tasks: 'Nächste und vorige Aufgabe oder ihre Nummer',
    none: 'Keine davon',
    go: 'Antworten und weiter',
    back: 'Die letzte Antwort zurücknehmen',
    leave: 'Verlassen; jede Antwort bleibt erhalten',
    shiftClick: '⇧ Klick',
  },
  common: { cancel: 'Abbrechen', close: 'Schließen', dismiss: 'Diese Meldung schließen' },
};
