import type { Catalogue } from '../catalogue.ts';

const UNTIL_NOW = 'was Sie kopiert und nachgeschlagen haben';
const AROUND = 'Fehler, Suchen und gespeicherte Dateien drumherum';
const READ = 'Titel, Ihre Suche und was Sie daraus kopiert haben';

/** What accepting gathers where no model writes, by proposer, in words that follow "Stellt ohne Modell zusammen:". */
export const gathered: Catalogue['gathered'] = {
  'pattern:error-returns': 'den Fehler, woher er kam, und einen Link zum Nachschlagen',
  'pattern:install-failed': 'den Fehlschlag, woher er kam, und einen Link zum Nachschlagen',
  'pattern:version-changes': 'den Fehler, die seither geöffneten Seiten und einen Link zum Nachschlagen',
  'pattern:example-for-work': 'Ihre Suche, die seither geöffneten Seiten und einen Link für eine neue Suche',
  'pattern:subject-searches': 'Ihre Suchen und die seither geöffneten Seiten',
  'pattern:concept-again': 'Ihre Suchen und die seither geöffneten Seiten',
  'pattern:back-to-results': 'Ihre Suche und die Seiten, die Sie von dort geöffnet haben',
  'pattern:sheet-formula': 'Ihre Suche und die seither geöffneten Seiten',
  'pattern:pages-on-subject': 'die Seiten nach Titel und was Sie daraus kopiert haben',
  'pattern:article-from-search': READ,
  'pattern:tutorial-steps': READ,
  'pattern:manual-example': READ,
  'pattern:manual-revisited': 'Titel, Ihre Suchen und was Sie daraus kopiert haben',
  'pattern:compare-options': 'was Sie zu jedem geöffnet, gesucht und kopiert haben',
  'pattern:two-sources': 'was Sie von jeder geöffnet und kopiert haben',
  'pattern:sources-to-cite': 'zu jeder Quelle eine Zeile zum Zitieren und was Sie daraus kopiert haben',
  'pattern:table-as-text': 'die Zeilen als Markdown-Tabelle',
  'pattern:back-from-break':
    'Ihre letzten Schritte vor der Pause und was Sie zuletzt gespeichert und nachgeschlagen haben',
  'pattern:mail-draft': `${UNTIL_NOW}, während Sie schrieben`,
  'pattern:open-question': `${UNTIL_NOW}, rund um die Frage`,
  'pattern:same-text-again': 'die Zeilen selbst, wie Sie sie kopiert haben',
  'pattern:stuck-in-file': AROUND,
  'pattern:todo-left': AROUND,
  'pattern:new-file': `${UNTIL_NOW}, bevor sie entstand`,
  'pattern:long-text': `${UNTIL_NOW}, während Sie schrieben`,
  'pattern:meeting-notes': `${UNTIL_NOW}, während Sie sie schrieben`,
  'pattern:failing-tests': AROUND,
  'pattern:data-into-code': AROUND,
  'pattern:merge-conflict': AROUND,
};
