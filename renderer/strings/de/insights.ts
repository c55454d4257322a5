import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

const about = (count: number) => number(count, count >= 10 ? 0 : 1, 0);

/** Insights: how the assistant does, as pictures and as tables. */
export const insights: Pick<Catalogue, 'insights'> = {
  insights: {
    lead: 'Aus dem Protokoll auf diesem Rechner gezählt, jedes Mal neu. Was Sie vergessen lassen, steckt in keiner Zahl.',
    range: 'Tage, auf die zurückgeblickt wird',
    ranges: { '7': '7 Tage', '30': '30 Tage', '90': '90 Tage' },
    madeUp: 'Die Tage vor heute sind erfunden, damit dieser aufgezeichnete Tag eine Vergangenheit hat.',
    loading: 'Wird gezählt…',
    failed: 'Die Zahlen konnten nicht gelesen werden.',
    retry: 'Erneut versuchen',
    views: { picture: 'Bild', table: 'Tabelle' },
    viewOf: (title) => `${title}: Bild oder Tabelle`,
    copy: 'Tabelle kopieren',
    copied: 'Kopiert',
    walk: 'Pfeiltasten gehen von Wert zu Wert, Eingabe öffnet, woraus er besteht.',
    none: 'keine',
    rows: {
      loading: 'Wird gelesen…',
      empty: 'Davon ist nichts mehr da: Es wurde vergessen.',
      more: (shown, total) => `Die neuesten ${number(shown)} von ${number(total)}.`,
      need: 'Sie haben „Hier brauchte ich Hilfe“ gedrückt',
      moment: 'Ein stiller Moment, nach dem der Rückblick gefragt hat',
      welcome: 'Hilfe war willkommen',
      unwelcome: 'keine Hilfe gewünscht',
      failed: 'Die Liste konnte nicht gelesen werden.',
    },
    became: {
      accepted: 'Angenommen',
      rejected: 'Abgelehnt',
      ignored: 'Unbeachtet',
      snoozed: 'Später',
      waiting: 'Wartet',
      unseen: 'Nie auf dem Bildschirm',
      missed: 'Hilfe versäumt',
      asked: 'Im Rückblick gefragt',
    },
    reasons: {
      'not-needed': 'nicht nötig',
      wrong: 'falsch',
      'too-late': 'zu spät',
      'never-here': 'nie in dieser App',
    },
    answers: {
      title: 'Antworten im Lauf der Zeit',
      says: (accepted, rejected, ignored, missed) =>
        `${number(accepted)} angenommen, ${number(rejected)} abgelehnt, ${number(ignored)} unbeachtet; ${number(missed)} Mal Hilfe versäumt.`,
      hint: 'Jeder Vorschlag zählt einmal, an dem Tag, an dem er kam, als das, was am Ende aus ihm wurde.',
      weekly: 'Ein Balken ist eine Woche.',
      empty: 'Noch kein Vorschlag',
      emptyHint:
        'Jeder Tag bekommt hier einen Balken, sobald etwas angeboten wurde: angenommen, abgelehnt oder unbeachtet.',
      day: 'Tag',
      week: 'Woche ab',
      total: 'Alle',
    },
    square: {
      title: 'Bedarf und Angebot',
      says: (labelled, unlabelled) =>
        `${many(labelled, 'Moment', 'Momente')}, zu denen Sie etwas gesagt haben; ${many(unlabelled, 'Vorschlag', 'Vorschläge')} ohne ein Wort ${unlabelled === 1 ? 'steht' : 'stehen'} in keinem der vier Felder.`,
      wanted: 'Hilfe war gewünscht',
      unwanted: 'Hilfe war nicht gewünscht',
      offered: 'Bot etwas an',
      silent: 'Blieb still',
      cells: {
        CD: 'Richtig erkannt',
        FA: 'Fehlalarm',
        MN: 'Hilfe versäumt',
        NR: 'Zu Recht still',
      },
      what: {
        CD: 'angenommen',
        FA: 'abgelehnt, aus welchem Grund auch immer',
        MN: '„Hier brauchte ich Hilfe“ oder im Rückblick willkommen',
        NR: 'eine Stille, nach der der Rückblick gefragt hat',
      },
      reasons: (list) => `Genannte Gründe: ${list}.`,
      falseAlarm: (share, alarms, offers) =>
        `Fehlalarme ${share}: ${number(alarms)} von ${many(offers, 'Angebot', 'Angeboten')}.`,
      hint: 'Unbeachtet heißt beschäftigt und ist keine Antwort. Stille zählt nur, wo Sie gefragt wurden oder es gesagt haben; das meiste zu Recht Stille fehlt hier also.',
      empty: 'Noch keine Antwort',
      emptyHint:
        'Die vier Felder füllen sich, wenn Sie annehmen oder ablehnen, „Hier brauchte ich Hilfe“ drücken und den Rückblick beantworten.',
      columns: { cell: 'Feld', need: 'Bedarf', offer: 'Angebot', count: 'Momente', what: 'Besteht aus' },
    },
    reliability: {
      title: 'Treffen seine Schätzungen ein?',
      says: (answers) =>
        `${many(answers, 'Antwort', 'Antworten')}. Auf der gestrichelten Linie werden 70 % gesagt und 70 % angenommen.`,
      few: (answers) => `${many(answers, 'Antwort', 'Antworten')}: zu wenige zum Zeichnen.`,
      fewCounts: (accepted, rejected) =>
        `Bisher ${number(accepted)} angenommen, ${number(rejected)} abgelehnt. Ab zehn werden Ihre gezeichnet.`,
      shipped: (version, windows) =>
        `Das mitgelieferte Gate (${version}), gemessen an ${many(windows, 'beurteilten Fenster', 'beurteilten Fenstern')} anderer Leute, aus denen es nicht gelernt hat. Es sagt, wie wahrscheinlich Hilfe nötig ist.`,
      own: 'Ihre',
      theirs: 'Mitgeliefertes Gate',
      series: 'Wessen Antworten',
      said: 'Gesagt',
      became: 'Eingetroffen',
      interval: '95-%-Bereich',
      count: 'Antworten',
      windows: 'Fenster',
      answersOf: (count) => many(count, 'Antwort', 'Antworten'),
      windowsOf: (count) => many(count, 'Fenster', 'Fenster'),
      bin: 'Schätzung',
      hint: 'Striche: 95-%-Bereiche nach Wilson. Die Zahl am Punkt sagt, auf wie vielen er beruht.',
      point: (said, share, low, high, count) =>
        `gesagt ${said}, eingetroffen ${share} (${low} bis ${high}), ${count}`,
    },
    dial: {
      title: 'Wie eifrig',
      hint: 'Ihre eigenen letzten Wochen, mit anderen Stellungen des Reglers nachgespielt.',
      says: (shown, accepted, missed) =>
        `${about(shown)} gezeigt, etwa ${about(accepted)} angenommen, etwa ${about(missed)} Mal Hilfe versäumt`,
      at: (percent) => `Regler auf ${number(percent)}`,
      now: 'jetzt',
      tried: 'probiert',
      shown: 'Gezeigt',
      accepted: 'Angenommen',
      missed: 'Versäumt',
      dialAt: 'Regler',
      between: (low, high) => `${about(low)} bis ${about(high)}`,
      curve: 'Was andere Stellungen getan hätten',
      empty: 'Noch nichts nachzuspielen',
      emptyHint: 'Die Kurve erscheint nach einigen Tagen mit Angeboten.',
    },
    receipts: {
      title: 'Was es gekostet hat',
      says: (calls, tokens, seconds) =>
        `${many(calls, 'Modellaufruf', 'Modellaufrufe')}, ${many(tokens, 'Token', 'Token')} ausgewertet oder geschrieben, ${seconds}.`,
      metric: 'Was gezeichnet wird',
      metrics: { turns: 'Durchgänge', tokens: 'Token', seconds: 'Zeit' },
      asked: 'Modell gefragt',
      skipped: 'Ohne es entschieden',
      evaluated: 'Ausgewertet',
      reused: 'Wiederverwendet',
      written: 'Geschrieben',
      seconds: 'Sekunden',
      empty: 'Noch kein Tag aufgezeichnet',
      emptyHint:
        'Jeder Modellaufruf hinterlässt einen Beleg: Token, Sekunden und Energie, wo dieser Rechner sie nennt.',
    },
    capture: {
      title: 'Zustand der Aufzeichnung',
      says: (watched, stalled) => `Beobachtet ${watched}. Gestockt: ${stalled}.`,
      never: 'nie',
      since: (when) =>
        `Der Zustand der Quellen wird seit ${when} aufgezeichnet; davor ist nur bekannt, was sie gemeldet haben.`,
      notYet: 'Der Zustand der Quellen wird ab jetzt aufgezeichnet.',
      unknown: 'nicht aufgezeichnet',
      empty: 'In diesen Tagen wurde nichts aufgezeichnet',
      emptyHint: 'Jede Quelle bekommt hier eine Zeile, sobald sie etwas gemeldet hat.',
      sources: {
        window: 'Fenster',
        clipboard: 'Ablage',
        keyboard: 'Tastatur',
        files: 'Dateien',
        idle: 'Ruhe',
        editor: 'Editor',
        described: 'Eingelesen',
        demo: 'Beispieltag',
        log: 'Protokoll',
      },
      columns: {
        source: 'Quelle',
        events: 'Ereignisse',
        healthy: 'In Ordnung',
        stalled: 'Gestockt',
        restarts: 'Neustarts',
        dropped: 'Nicht behalten',
      },
      states: {
        well: 'in Ordnung',
        stalled: 'gestockt',
        quiet: 'Ereignisse, Zustand nicht aufgezeichnet',
        off: 'nichts',
      },
      events: (count) => many(count, 'Ereignis', 'Ereignisse'),
      stalledFor: (span) => `stockte ${span}`,
      dropped: (list) => `nicht behalten: ${list}`,
      program: (watched, paused, crashes) =>
        `beobachtet ${watched}, pausiert ${paused}${crashes > 0 ? `, ${many(crashes, 'Absturz', 'Abstürze')}` : ''}`,
    },
  },
};
