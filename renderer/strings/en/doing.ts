import { number } from './count.ts';

/** English texts of what an accepted suggestion does: preview, result, taking it back, and rewording it before. */
export const doing = {
  undo: 'Undo',
  undoing: 'Taking back…',
  opened: 'Opened.',
  working: 'Working…',
  done: 'Done',
  result: 'What became of it',
  again: 'Again later',
  reminder: 'Reminder',
  preview: 'What accepting does',
  renames: (count: number) =>
    count === 1
      ? 'Renames one file; nothing is overwritten:'
      : `Renames ${number(count)} files; nothing is overwritten:`,
  outline: (name: string) => ['Reads, and outlines without a model: ', name] as const,
  edit: 'Say it in your own words',
  editing: {
    chat: 'What shall be written?',
    search: 'What shall be searched for?',
  },
  accept: 'Accept in these words',
  inYourWords: 'In your words:',
  cancel: 'Cancel',
} as const;
