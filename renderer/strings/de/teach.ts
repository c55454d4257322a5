import type { Catalogue } from '../catalogue.ts';
import { list, many, number } from './count.ts';

/** The Teach screen. */
export const teaching: Catalogue['teaching'] = {
  title: 'Anlernen',
  traces: 'Aufzeichnungen beurteilen',
  lead: 'Gehen Sie einen aufgezeichneten Tag Ereignis für Ereignis durch, und sagen Sie, welche der angebotenen Aufgaben Sie angenommen hätten.',
  name: 'Ihr Name',
  nameHint: 'Jede Person hat ihre eigene Datei und sieht fremde Antworten erst, wenn sie fertig ist.',
  folder: 'Ordner mit Aufzeichnungen',
  folderHint: 'Leer bedeutet: der Ordner „traces“ in Ihrem Datenordner.',
  open: 'Öffnen',
  opening: 'Die Aufzeichnungen werden gelesen…',
  noTracesHint:
    'Eine Aufzeichnung ist eine JSON-Datei im Aufbau von ProactiveBench: Beobachtungen und die jeweils angebotenen Aufgaben. Nennen Sie einen Ordner, der welche enthält.',
  change: 'Ändern',
  as: (name) => `als ${name}`,
  answered: (answered, asked) => `${number(answered)} von ${number(asked)}`,
  answeredWords: (answered, asked) =>
    `${number(answered)} von ${many(asked, 'Ereignis', 'Ereignissen')} beantwortet`,
  nothingAsked: 'nichts angeboten',
  begin: 'Beginnen',
  goOn: 'Weitermachen',
  start: (name) => `${name} beurteilen`,
  odd: (count) => `${many(count, 'Datei', 'Dateien')} ausgelassen`,

  event: (at, of) => `Ereignis ${number(at)} von ${number(of)}`,
  progress: 'Beantwortete Ereignisse',
  earlier: 'Davor',
  question: 'Was davon würden Sie annehmen?',
  none: 'Nichts davon',
  missing: 'Kreuzen Sie an, was Sie annehmen würden, oder wählen Sie „Nichts davon“.',
  keys: { next: 'Weiter', back: 'Zurück', undo: 'Rückgängig', quit: 'Verlassen' },
  finished: (name, asked) =>
    `${name} ist fertig: ${many(asked, 'Ereignis', 'Ereignisse')} beantwortet und gespeichert.`,
  nextTrace: 'Nächste Aufzeichnung',
  lastTrace: 'Das war die letzte offene Aufzeichnung in diesem Ordner.',

  agreement: 'Übereinstimmung',
  agreementOf: (names, traces) =>
    `${list(names)}, über ${many(traces, 'Aufzeichnung', 'Aufzeichnungen')}, die Sie abgeschlossen haben`,
  alone:
    'Sobald jemand anderes eine Aufzeichnung beurteilt hat, die Sie abgeschlossen haben, steht hier, wie weit Sie übereinstimmen.',
  unfinished:
    'Erscheint für jede Aufzeichnung, wenn Sie sie abgeschlossen haben, damit sich niemand von anderen leiten lässt.',
  columns: {
    name: 'Stimmen zu',
    verdict: 'Urteil',
    majority: 'Mehrheit',
    pairwise: 'Paare',
    cohen: 'Cohen',
    fleiss: 'Fleiss',
    alpha: 'Alpha',
  },
  rows: { all: 'Alles', candidates: 'Jede Aufgabe', help: 'Überhaupt Hilfe' },
  explained: [
    ['Urteil', 'Stimmen, die mit dem übereinstimmen, was zum Urteil wird.'],
    ['Mehrheit', 'Stimmen, die mit den meisten übereinstimmen; ein Gleichstand zählt halb.'],
    ['Paare', 'Paare von Personen, die gleich gestimmt haben.'],
    [
      'Cohen, Fleiss, Alpha',
      'Kappa nach Cohen und nach Fleiss und Krippendorffs Alpha, Übereinstimmung über den Zufall hinaus: 1 ist vollkommen, 0 ist Zufall.',
    ],
  ],
  references: {
    'released test split': {
      name: 'Artikel, Testteil',
      why: 'kein Ziel: Der veröffentlichte Testteil von ProactiveBench wurde zuerst mit Zeilen gefüllt, bei denen sich alle einig waren.',
    },
    'all released votes': {
      name: 'Artikel, alle Stimmen',
      why: 'der faire Vergleich: jede Stimme, die ProactiveBench veröffentlicht hat, ungefähr die Obergrenze für jeden Bewerter.',
    },
  },
  pair: (a, b) => `${a} und ${b}`,

  rewardData: 'Bewertungsdaten',
  own: 'Ihre eigenen Tage',
  ownHint:
    'Auch was Sie angenommen und abgelehnt haben, lehrt; es lässt sich durchsehen und als Trainingsdaten schreiben.',

  convert: 'Bewertungsdaten erstellen',
  convertHint:
    'Schreibt, was Sie abgeschlossen haben, als Trainingsdaten: Eine Aufgabe ist richtig, wenn die Mehrheit es sagt; Hilfe ist nötig, wo alle dieselbe Aufgabe genommen haben.',
  converted: (rows, windows) =>
    `${many(rows, 'Zeile', 'Zeilen')} aus ${many(windows, 'Ereignis', 'Ereignissen')} geschrieben nach`,
  leftOut: (reasons) => `Ausgelassen: ${reasons}.`,
};
