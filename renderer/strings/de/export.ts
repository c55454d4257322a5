import type { OwnFormat, Kind, LeftOut } from '../../../src/model/exporting.ts';
import type { Catalogue } from '../catalogue.ts';
import { many, number } from './count.ts';

const FORMAT: Readonly<Record<OwnFormat, { readonly title: string; readonly hint: string }>> = {
  proactivebench: {
    title: 'ProactiveBench',
    hint: 'Bewertungsdaten: was zu sehen war, was angeboten wurde, Ihre Antwort',
  },
  'agent-sharegpt': {
    title: 'Agent, ShareGPT',
    hint: 'Gespräche, die den Agenten anlernen, für LLaMA-Factory',
  },
  'agent-alpaca': { title: 'Agent, Alpaca', hint: 'Dasselbe im anderen Aufbau von LLaMA-Factory' },
  'reward-sharegpt': {
    title: 'Bewertungsmodell, ShareGPT',
    hint: 'Gespräche, die den Bewerter anlernen, für LLaMA-Factory',
  },
  'reward-alpaca': {
    title: 'Bewertungsmodell, Alpaca',
    hint: 'Dasselbe im anderen Aufbau von LLaMA-Factory',
  },
  'trl-preference': { title: 'TRL, Präferenz', hint: 'Zwei Antworten und welche Sie vorgezogen haben' },
  'trl-unpaired': { title: 'TRL, ungepaart', hint: 'Eine Antwort und ob sie richtig war' },
  csv: { title: 'Tabelle', hint: 'Jede Antwort als CSV, für eine Tabellenkalkulation' },
  activitywatch: { title: 'ActivityWatch', hint: 'Das ganze Protokoll als Buckets, nicht nur die Antworten' },
};

const KIND: Readonly<Record<Kind, string>> = {
  word: 'von Ihnen genannte Wörter',
  user: 'Benutzernamen',
  machine: 'Rechner',
  person: 'Personen',
  host: 'Hosts',
  file: 'Dateien',
  folder: 'Ordner und Projekte',
  page: 'Teile von Adressen',
  secret: 'Geheimnisse und persönliche Daten',
};

const WHY: Readonly<Record<LeftOut, string>> = {
  ignored: 'unbeachtet geblieben, also hat niemand etwas gesagt',
  snoozed: 'vertagt, also hat noch niemand etwas gesagt',
  expired: 'nie zu sehen gewesen',
  'nothing-seen': 'davor war nichts zu sehen',
  'no-task': 'nennt keine Aufgabe',
  'need-unknown': 'abgelehnt, ohne zu sagen, ob Hilfe erwünscht war',
  'answer-unknown': 'Hilfe war erwünscht, aber niemand sagte, welche',
  'not-sayable': 'das Modell könnte dieses Angebot nicht schreiben',
};

/** What the export dialog says. */
export const exporting: Catalogue['exporting'] = {
  open: 'Exportieren…',
  title: 'Trainingsdaten exportieren',
  what: 'Was geschrieben wird',
  formats: FORMAT,
  names: 'Namen',
  replace: 'Ersetzt',
  keep: 'Behalten',
  namesHint:
    'Aus Pfaden, Hosts, Adressen, Personen und Rechnern werden Platzhalter, in jeder Datei dieselben.',
  keepHint: 'Pfade, Hosts und Personen sind in den Dateien lesbar.',
  hide: 'Diese Wörter ebenfalls ersetzen',
  hideHint: 'Eines je Zeile: ein Produkt, ein Kunde, ein Name.',
  look: 'Vorschau',
  looking: 'Das Protokoll wird gelesen…',
  reading: (done, total) => `${number(done)} von ${many(total, 'Zeile', 'Zeilen')}`,
  stop: 'Anhalten',
  back: 'Zurück',
  counts: 'Was geschrieben würde',
  rows: (count, file) => `${many(count, 'Zeile', 'Zeilen')} in ${file}`,
  leftOut: (count, reason) => `${many(count, 'Antwort', 'Antworten')} ausgelassen: ${WHY[reason]}`,
  replaced: 'Was ersetzt wird',
  kept: 'Namen bleiben, wie sie sind.',
  nothingReplaced: 'Nichts gefunden, das verrät, wer oder wo.',
  values: (kind, values, places) =>
    `${KIND[kind]}: ${number(values)} an ${many(places, 'Stelle', 'Stellen')}`,
  leaves: 'Was hinausgeht, Zeile für Zeile',
  leavesHint:
    'Die neuesten Zeilen jeder Datei. Durchgestrichen ist, was hier bleibt; darunter, was geschrieben würde.',
  none: 'Es würde keine Zeile geschrieben: Noch ist nichts beantwortet, oder alles wird ausgelassen.',
  row: (file, time) => `${file}, ${time}`,
  before: 'bleibt hier',
  after: 'geht hinaus',
  more: (count) => many(count, 'weitere Zeile', 'weitere Zeilen'),
  folder: 'Ordner',
  folderHint: 'Ein neuer oder leerer Ordner.',
  agree: 'Ich bin damit einverstanden',
  write: 'Schreiben',
  writing: 'Wird geschrieben…',
  done: 'Geschrieben',
  file: (name, rows, size) => `${name}: ${many(rows, 'Zeile', 'Zeilen')}, ${size}`,
  verify: (folder) => `Jederzeit zu prüfen mit: beforehand export verify "${folder}"`,
};
