import { many, number } from './count.ts';

/** Today, and the words for what became of a suggestion. */
export const today = {
  today: {
    title: 'Today',
    counts: (shown: number, accepted: number, silent: number) =>
      `${number(shown)} shown, ${number(accepted)} accepted, ${many(silent, 'time')} it stayed silent`,
    nothingYet: 'Your day appears here as soon as something happens on the desktop.',
    loading: 'Reading today…',
    strip: 'Your day by app',
    stripWalk: 'Arrow keys move from stretch to stretch.',
    stripAway: 'away or not seen',
    stripTable: 'Table',
    stripPicture: 'Hide table',
    stripColumns: { time: 'Time', app: 'App', lasted: 'Lasted' },
    other: 'Other',
    waiting: 'Waiting for you',
    waitingHint: 'held while you were typing, or missed',
    waitingEmpty: 'Nothing is waiting. Silence is the normal state.',
    shadowEmpty: 'Shadow mode: proposals gather here quietly, no card interrupts you.',
    first: {
      watching: 'It is watching. Nothing was suggested yet.',
      waiting: 'It is ready. Nothing has happened on the desktop yet.',
      paused: 'It is paused, so nothing will be suggested.',
      next: 'Go on with what you do. A card comes at the bottom right when something repeats or gets stuck, at a natural pause, a few times a day at most.',
      nextShadow: 'Go on with what you do. Proposals gather here without a card, to be looked at once a day.',
      tryIt: 'To see one now',
      steps: [
        'In your browser, search for something you would like to know.',
        'Search twice more for the same thing, in other words, within two minutes.',
        'Take your hands off the keyboard for a moment.',
      ],
      timeline: 'See what it sees',
    },
    answered: 'Answered',
    eager: 'How eager',
    eagerHint: 'takes effect at once',
    eagerLow: 'only when sure',
    eagerHigh: 'whenever it might help',
    eagerAt: (percent: number) => `Speaks up at ${number(percent)} % need or more`,
    eagerNote: (cap: number, minutes: number) =>
      `at most ${number(cap)} a day, ${minutes === 0 ? 'no pause' : `${number(minutes)} min`} between two`,
    costs: (calls: number, tokens: number, leaves: boolean) =>
      `Today ${many(calls, 'model call')}, ${many(tokens, 'token')}, ${leaves ? 'sent to your endpoint' : 'all on this machine'}`,
    mark: (state: string, task: string, time: string) => `${time}, ${state}: ${task}`,
    marks: (count: number, from: string, to: string) => `${from} to ${to}: ${number(count)} suggestions`,
    more: (count: number, left: number) =>
      count === left ? `Show ${number(count)} more` : `Show ${number(count)} of ${number(left)} more`,
    trail: 'Why it spoke or stayed silent',
    trailEmpty: 'No turn has ended yet today.',
    trailHint: 'Every turn ends with a reason, newest first.',
  },
  states: {
    held: 'held',
    shown: 'on screen',
    accepted: 'accepted',
    rejected: 'dismissed',
    ignored: 'ignored',
    snoozed: 'snoozed',
    expired: 'expired',
    withdrawn: 'withdrawn',
  },
  outcomes: {
    rule: 'not now',
    gate: 'not sure enough',
    judge: 'you would say no',
    silence: 'nothing to offer',
    policy: 'you said no',
    proposal: 'proposed',
    error: 'failed',
  },
} as const;
