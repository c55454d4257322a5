import type { Catalogue } from '../catalogue.ts';

/** The program itself. */
export const program: Pick<Catalogue, 'program'> = {
  program: {
    login: 'Mit dem Computer starten',
    loginHint: 'Beim Anmelden, in der Leiste. Auch Ihr System kann es abschalten; dann ist es hier aus.',
    noLogin: {
      headless: 'Ohne Fenster wird es von Hand gestartet.',
      demo: 'Ein aufgezeichneter Tag startet nie von selbst.',
      system: 'Die installierte App kann das; von hier aus starten Sie es selbst.',
    },
    updates: 'Nach neueren Versionen sehen',
    updatesHint: 'Einmal am Tag, unter der Adresse dieser Ausgabe. Über Sie wird nichts gesendet.',
    noUpdates: {
      browser: 'Im Browserfenster ist das Programm so neu wie der Ordner, aus dem es läuft.',
      checkout: 'Es läuft aus seinen Quellen: aktualisieren Sie den Ordner.',
      'no-feed': 'Diese Ausgabe nennt keine Adresse.',
      demo: 'Nicht an einem aufgezeichneten Tag.',
    },
    steps: {
      checking: 'Wird gesucht…',
      newest: 'Das ist die neueste bekannte Version',
      failed: 'Das ging nicht',
      found: (version) => `Version ${version} ist da`,
      downloading: (version, percent) => `${version} wird geladen: ${percent} %`,
      ready: (version) => `Version ${version} ist bereit`,
    },
    notYet: 'Noch nicht nachgesehen.',
    readyHint: 'Was behalten wird, bleibt. Es dauert einige Sekunden.',
    failedHints: {
      offline: 'Die Adresse antwortet nicht. Morgen wird es wieder versucht.',
      damaged: 'Was kam, ist nicht das Versprochene; es wurde weggeworfen.',
      unsigned: 'Was kam, ist nicht vom selben Hersteller signiert; es wurde weggeworfen.',
      other: 'Siehe die Protokolldateien.',
    },
    check: 'Jetzt nachsehen',
    download: 'Herunterladen',
    install: 'Für die neue Version neu starten',
    logs: 'Protokolldateien',
    logsHint: 'Was schiefging, ohne Titel, Namen und Inhalte. Ab 1 MB beginnt eine neue.',
    mishap: {
      window: 'Dieses Fenster endete unerwartet und wurde wieder geöffnet. Nichts ging verloren.',
      hung: 'Dieses Fenster antwortete nicht und wurde wieder geöffnet. Nichts ging verloren.',
      graphics: 'Der Grafikteil endete unerwartet und wurde wieder gestartet.',
    },
  },
};
