import type { Catalogue } from '../catalogue.ts';

/** Choice of a model and of sources. */
export const models: Pick<Catalogue, 'models' | 'sources'> = {
  models: {
    use: 'Verwenden',
    inUse: 'in Gebrauch',
    download: 'Herunterladen',
    downloading: 'Wird heruntergeladen',
    fits: 'passt auf diesen Rechner',
    tight: 'braucht mehr Speicher, als dieser Rechner hat',
    size: (size, memory) => `Download ${size}, Arbeitsspeicher ${memory}`,
    shows: 'formuliert Vorschläge',
    answers: 'schreibt nur Antworten',
    pinned: {
      shipped: 'Prüfsumme bekannt',
      'first-download': 'Prüfsumme beim ersten Download festgehalten',
      none: 'Prüfsumme noch unbekannt',
    },
    failed: (reason) => `Download fehlgeschlagen: ${reason}`,
    progress: (title) => `Download von ${title}`,
  },
  sources: {
    window: { title: 'Fenster', body: 'Welche App im Vordergrund ist, und der Titel ihres Fensters.' },
    idle: { title: 'Anwesenheit', body: 'Ob Sie am Rechner sind, um sonst still zu bleiben.' },
    clipboard: { title: 'Zwischenablage', body: 'Dass etwas kopiert wurde, und geschwärzter Text.' },
    keyboard: {
      title: 'Tastatur',
      body: 'Wie viel Sie tippen: die Zahl der Anschläge und Wörter. Was Sie schreiben, wird nur in Apps behalten, die Sie unter „Getippter Text“ dafür wählen; anfangs in keiner.',
    },
    files: {
      title: 'Dateien',
      body: 'Namen von Dateien, die in gewählten Ordnern entstehen, geändert, umbenannt oder gelöscht werden.',
    },
  },
};
