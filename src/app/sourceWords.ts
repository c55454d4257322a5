import type { Source } from '../model/guard.ts';

/** What is kept of a source and what never is, whatever the settings: sentences for a person. */
export interface SourceWords {
  readonly stored: string;
  readonly never: string;
}

const WORDS: Readonly<Record<Source, SourceWords>> = {
  window: {
    stored: 'The app, its window’s title after redaction, and how long it was in front.',
    never:
      'Pictures of the screen; titles of private windows, password managers, sign-in, bank and health pages, and what you exclude.',
  },
  clipboard: {
    stored:
      'That something was copied, its kind and size, and of text up to 2,000 characters after redaction.',
    never:
      'Anything marked as a secret or taken back by its owner; pictures and files themselves; text from a password field.',
  },
  keyboard: {
    stored: 'How many keys and words, and that you saved, pasted or undid.',
    never: 'Which keys you press, or what you write.',
  },
  file: {
    stored: 'Name, kind and size of files in the folders you chose, and the name of their folder.',
    never: 'What is in a file, whole paths, hidden and credential files.',
  },
  idle: { stored: 'When you left and came back.', never: 'Anything else.' },
  web: {
    stored: 'Title and address of a page that your browser’s extension reports, after redaction.',
    never: 'Pages of private windows and excluded sites; what is on a page.',
  },
  editor: {
    stored: 'Name of the file, project and language that your editor’s extension reports.',
    never: 'What is in the file, and its path.',
  },
  import: {
    stored: 'What you import from a file, after the same redaction and exclusions.',
    never: 'More than the sources above would keep.',
  },
};

/** The words for a source; Settings, Welcome and `doctor --privacy` say the same. `typedApps` were chosen for typed text. */
export function sourceWords(source: Source, typedApps: readonly string[]): SourceWords {
  return source === 'keyboard' && typedApps.length > 0
    ? {
        stored: `How many keys and words; in ${typedApps.join(', ')}, which you chose, also the sentences after redaction.`,
        never:
          'Single keys; what you write in any other app, in password fields, terminals, private windows and fields nobody knows; sentences that talk of a password.',
      }
    : WORDS[source];
}
