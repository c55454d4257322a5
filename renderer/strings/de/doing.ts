import type { Catalogue } from '../catalogue.ts';
import { number } from './count.ts';

/** What an accepted suggestion does: preview, result, taking it back, and rewording it before. */
export const doing: Catalogue['doing'] = {
  undo: 'Rückgängig',
  undoing: 'Wird rückgängig gemacht…',
  opened: 'Geöffnet.',
  working: 'In Arbeit…',
  done: 'Fertig',
  result: 'Was daraus wurde',
  again: 'Später noch einmal',
  reminder: 'Erinnerung',
  preview: 'Was beim Annehmen geschieht',
  renames: (count) =>
    count === 1
      ? 'Benennt eine Datei um; nichts wird überschrieben:'
      : `Benennt ${number(count)} Dateien um; nichts wird überschrieben:`,
  outline: (name) => ['Liest und gliedert ohne Modell: ', name],
  edit: 'In eigenen Worten sagen',
  editing: {
    chat: 'Was soll geschrieben werden?',
    search: 'Wonach soll gesucht werden?',
  },
  accept: 'Mit diesen Worten annehmen',
  inYourWords: 'In Ihren Worten:',
  cancel: 'Abbrechen',
};
