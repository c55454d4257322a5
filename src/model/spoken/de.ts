import type { Spoken } from './spoken.ts';

/** German. */
export const de: Spoken = {
  capture: {
    watching: 'beobachtet',
    paused: 'pausiert',
    wrong: 'etwas stimmt nicht',
    untilStarted: 'bis Sie es starten',
    untilResumed: 'bis Sie fortsetzen',
    until: (time) => `bis ${time}`,
    outsideHours: 'außerhalb Ihrer Zeiten',
    outsideHoursUntil: (time) => `außerhalb Ihrer Zeiten bis ${time}`,
    noSource: 'keine Quelle ist an',
    sources: (well, on) => `${well} von ${on} ${on === 1 ? 'Quelle' : 'Quellen'}`,
    quiet: (time) => `still bis ${time}`,
    held: (why) => `zurückgehalten: ${why}`,
  },
  holds: {
    fullScreen: () => 'ein Fenster füllt den Bildschirm',
    meetings: (app) => (app ? `eine Besprechung (${app})` : 'eine Besprechung'),
    sharing: () => 'Ihr Bildschirm wird geteilt',
    battery: () => 'im Akkubetrieb ruht das Modell; nur Muster machen Vorschläge',
  },
  tray: {
    starting: 'startet neu',
    open: 'Öffnen',
    pause: 'Pausieren',
    resume: 'Fortsetzen',
    quit: 'Beenden',
    endStudy: 'Die Studie beenden',
    pauses: {
      quarter: '15 Minuten lang',
      hour: 'Eine Stunde lang',
      tomorrow: 'Bis morgen',
      open: 'Bis ich fortsetze',
    },
  },
  notification: {
    accept: 'Annehmen',
    later: 'Später',
    dismiss: 'Ablehnen',
    open: 'Öffnen',
    locked: { title: 'Ein Vorschlag wartet', body: 'Entsperren Sie den Bildschirm, um ihn zu sehen.' },
  },
  privacy: {
    kept: {
      window: {
        stored: 'Die App, der Titel ihres Fensters nach der Schwärzung und wie lange es vorn war.',
        never:
          'Bilder des Bildschirms; Titel privater Fenster, von Passwortmanagern, Anmelde-, Bank- und Gesundheitsseiten und was Sie ausnehmen.',
      },
      clipboard: {
        stored:
          'Dass etwas kopiert wurde, Art und Größe, und von Text bis zu 2.000 Zeichen nach der Schwärzung.',
        never:
          'Was als geheim gekennzeichnet oder vom Eigentümer zurückgenommen ist; Bilder und Dateien selbst; Text aus einem Passwortfeld.',
      },
      keyboard: {
        stored:
          'Wie viele Anschläge und Wörter, und dass Sie gespeichert, eingefügt oder rückgängig gemacht haben.',
        never: 'Welche Tasten Sie drücken oder was Sie schreiben.',
      },
      file: {
        stored: 'Name, Art und Größe von Dateien in den gewählten Ordnern und der Name ihres Ordners.',
        never: 'Was in einer Datei steht, ganze Pfade, versteckte Dateien und solche mit Zugangsdaten.',
      },
      idle: { stored: 'Wann Sie gegangen und wiedergekommen sind.', never: 'Alles andere.' },
      web: {
        stored:
          'Titel und Adresse einer Seite, die die Erweiterung Ihres Browsers meldet, nach der Schwärzung.',
        never: 'Seiten privater Fenster und ausgenommener Websites; was auf einer Seite steht.',
      },
      editor: {
        stored: 'Name der Datei, des Projekts und der Sprache, die die Erweiterung Ihres Editors meldet.',
        never: 'Was in der Datei steht, und ihr Pfad.',
      },
      import: {
        stored: 'Was Sie aus einer Datei importieren, nach derselben Schwärzung und denselben Ausnahmen.',
        never: 'Mehr, als die Quellen oben behalten würden.',
      },
    },
    typed: {
      stored: (apps) =>
        `Wie viele Anschläge und Wörter; in ${apps}, von Ihnen gewählt, auch die Sätze nach der Schwärzung.`,
      never:
        'Einzelne Tasten; was Sie in einer anderen App, in Passwortfeldern, Terminals, privaten Fenstern und unbekannten Feldern schreiben; Sätze, in denen es um ein Passwort geht.',
    },
    ways: {
      endpoint: (origin) => `Was das Modell zu sehen bekommt, geht an ${origin}, von Ihnen gewählt.`,
      server: (name, tools) =>
        `Der MCP-Server „${name}“ (${tools === 1 ? 'ein Werkzeug' : `${tools} Werkzeuge`} erlaubt) erhält die Angaben, die Sie annehmen, und kann sie weitergeben.`,
      clients:
        'MCP-Clients, die Sie starten, dürfen jüngste Beobachtungen und Vorschläge lesen, wie sie im Protokoll stehen.',
    },
    port: '127.0.0.1:5600 und [::1]:5600 nehmen Ereignisse von den Erweiterungen von ActivityWatch an und geben keine heraus.',
    beside: [
      'settings.json: Ihre Einstellungen, die Namen ausgenommener Apps und Websites und MCP-Server mit den Variablen, die Sie ihnen gegeben haben.',
      'learned.json: was Ihre Antworten gelehrt haben, in Zahlen, mit den Namen der Apps, in denen sie gegeben wurden; kein Text.',
      'measured.json, speeds.json: Kennzahlen von Modellen auf diesem Rechner.',
      'endpoint.key: der Schlüssel eines Endpunkts, falls Sie einen angegeben haben und kein Schlüsselbund des Systems nutzbar war.',
      'renames/: Namen und Ordner von Dateien, die Sie umbenennen ließen, bis der Vorschlag dazu gelöscht ist.',
    ],
  },
  study: {
    line: (title, day) => `Studie: ${title}, bis ${day}`,
    broken: (why) => `sammelt gerade nichts: ${why}`,
  },
};
