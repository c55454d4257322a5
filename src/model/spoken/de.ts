import type { Spoken } from './spoken.ts';

/** German. */
export const de: Spoken = {
  capture: {
    watching: 'beobachtet',
    paused: 'pausiert',
    wrong: 'etwas stimmt nicht',
    untilStarted: 'bis Sie es starten',
    untilResumed: 'bis Sie fortsetzen',
    until: (time) => `bis ${time}`,
    outsideHours: 'außerhalb Ihrer Zeiten',
    outsideHoursUntil: (time) => `außerhalb Ihrer Zeiten bis ${time}`,
    noSource: 'keine Quelle ist an',
    sources: (well, on) => `${well} von ${on} ${on === 1 ? 'Quelle' : 'Quellen'}`,
    quiet: (time) => `still bis ${time}`,
    held: (why) => `zurückgehalten: ${why}`,
  },
  holds: {
    fullScreen: () => 'ein Fenster füllt den Bildschirm',
    meetings: (app) => (app ? `eine Besprechung (${app})` : 'eine Besprechung'),
    sharing: () => 'Ihr Bildschirm wird geteilt',
    battery: () => 'im Akkubetrieb ruht das Modell; nur Muster machen Vorschläge',
  },
  tray: {
    starting: 'startet neu',
    open: 'Öffnen',
    pause: 'Pausieren',
    resume: 'Fortsetzen',
    quit: 'Beenden',
    endStudy: 'Die Studie beenden',
    pauses: {
      quarter: '15 Minuten lang',
      hour: 'Eine Stunde lang',
      tomorrow: 'Bis morgen',
      open: 'Bis ich fortsetze',
    },
  },
  notification: { accept: 'Annehmen', dismiss: 'Ablehnen' },
  study: {
    line: (title, day) => `Studie: ${title}, bis ${day}`,
    broken: (why) => `sammelt gerade nichts: ${why}`,
  },
};
