import type { HoldKind } from '../hold.ts';

/** English: what the program says of itself wherever it shows: tray, notification, window, `doctor`, command line. */
export const en = {
  capture: {
    watching: 'watching',
    paused: 'paused',
    wrong: 'something is wrong',
    untilStarted: 'until you start it',
    untilResumed: 'until you resume',
    until: (time: string) => `until ${time}`,
    outsideHours: 'outside your hours',
    outsideHoursUntil: (time: string) => `outside your hours until ${time}`,
    noSource: 'no source is on',
    sources: (well: number, on: number) => `${well} of ${on} ${on === 1 ? 'source' : 'sources'}`,
    quiet: (time: string) => `quiet until ${time}`,
    held: (why: string) => `held back: ${why}`,
  },
  /** Each hold by its kind; `app` is the program of a meeting, where it is known. */
  holds: {
    fullScreen: () => 'a window fills the screen',
    meetings: (app?: string) => (app ? `a meeting (${app})` : 'a meeting'),
    sharing: () => 'your screen is shared',
    battery: () => 'on battery the model rests; patterns alone propose',
  } as Readonly<Record<HoldKind, (app?: string) => string>>,
  tray: {
    starting: 'starting again',
    open: 'Open',
    pause: 'Pause',
    resume: 'Resume',
    quit: 'Quit',
    endStudy: 'End the study',
    pauses: {
      quarter: 'For 15 minutes',
      hour: 'For an hour',
      tomorrow: 'Until tomorrow',
      open: 'Until I resume',
    },
  },
  notification: {
    accept: 'Accept',
    later: 'Not now',
    dismiss: 'Dismiss',
    open: 'Open',
    locked: { title: 'A suggestion waits', body: 'Unlock the screen to see it.' },
  },
  privacy: {
    kept: {
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
    },
    /** The keyboard, where apps were chosen for typed text. */
    typed: {
      stored: (apps: string) =>
        `How many keys and words; in ${apps}, which you chose, also the sentences after redaction.`,
      never:
        'Single keys; what you write in any other app, in password fields, terminals, private windows and fields nobody knows; sentences that talk of a password.',
    },
    ways: {
      endpoint: (origin: string) => `What the model is shown goes to ${origin}, which you chose.`,
      server: (name: string, tools: number) =>
        `The MCP server “${name}” (${tools === 1 ? 'one tool' : `${tools} tools`} allowed) is given the arguments you accept, and may pass them on.`,
      clients:
        'MCP clients that you start may read recent observations and suggestions, as the log has them.',
    },
    port: '127.0.0.1:5600 and [::1]:5600 take events from ActivityWatch’s extensions, and give none.',
    /** Files of the data folder that hold something of a person's own and are no part of the encrypted log. */
    beside: [
      'settings.json: your settings, the names of excluded apps and sites, and MCP servers with the variables you gave them.',
      'learned.json: what your answers taught, in numbers, with the names of apps they were given in; no text.',
      'measured.json, speeds.json: figures of models on this computer.',
      'endpoint.key: the key of an endpoint, if you gave one and no system keyring could be used.',
      'renames/: names and folders of files that you let be renamed, until the suggestion they came from is gone.',
    ],
  },
  study: {
    line: (title: string, day: string) => `Study: ${title}, until ${day}`,
    broken: (why: string) => `collects nothing now: ${why}`,
  },
} as const;
