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
  notification: { accept: 'Accept', dismiss: 'Dismiss' },
  study: {
    line: (title: string, day: string) => `Study: ${title}, until ${day}`,
    broken: (why: string) => `collects nothing now: ${why}`,
  },
} as const;
