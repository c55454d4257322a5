import { many, number, signed } from './count.ts';

/** A rough number: one decimal below ten, and none where it would be a nought. */
const about = (count: number) => number(count, count >= 10 ? 0 : 1, 0);
const between = (low: number, high: number) => `${about(low)} to ${about(high)}`;

/** Every English text about learning from the answers: digest, reward model, what-if, mutes, receipts, holds. */
export const learning = {
  digest: {
    title: 'Digest',
    waiting: (count: number) => `${many(count, 'moment')} to label, about a minute`,
    hint: {
      shadow: 'Offered silently while you worked. Your answer teaches it what to offer and when.',
      audit: 'Drawn by chance from moments when it stayed silent, so that it also learns what it misses.',
    },
    begin: 'Label them',
    done: (count: number) => `All done: ${many(count, 'answer')} today.`,
    of: (at: number, count: number) => `${number(at)} of ${number(count)}`,
    saw: 'What had just happened',
    offered: 'It would have offered',
    silent: 'It stayed silent',
    takeIt: 'Would you have taken it?',
    needed: 'Would help have been welcome here?',
    yes: 'Yes',
    no: 'No',
    skip: 'Skip',
    close: 'Later',
    failed: 'The digest could not be read.',
  },
  short: {
    title: 'Learning',
    right: 'right on answers it had not seen',
    was: (before: string, answers: number) => `${before} as shipped; ${many(answers, 'answer')} learnt from`,
    answers: (count: number) => (count === 1 ? 'answer so far' : 'answers so far'),
    few: 'The shipped model judges until it has learnt from them.',
    label: (count: number) => `Label ${many(count, 'moment')}`,
    nothing: 'Nothing to label today.',
    compare: 'Compare',
  },
  card: {
    title: 'What your answers taught',
    lead: 'P(accept) starts from the shipped model and moves with your own answers, on this machine alone.',
    answers: (learnable: number) =>
      learnable === 0 ? 'No answers yet: it is the shipped model.' : `${many(learnable, 'answer')} so far`,
    labels: 'Answers by label',
    none: 'none yet',
    train: 'Learn anew',
    training: 'Learning…',
    take: 'Use',
    takeLabel: (name: string) => `Use ${name}`,
    inUse: 'in use',
    shipped: 'as shipped',
    version: (at: string) => `of ${at}`,
    columns: {
      name: 'Version',
      learnt: 'Learnt from',
      accuracy: 'Accuracy',
      auc: 'AUC',
      logLoss: 'Log loss',
      bias: 'Leaning',
    },
    here: 'here',
    beside: 'shipped',
    majority: 'always the more frequent',
    heldBack: (count: number) => `On ${many(count, 'answer')} of yours that it did not learn from.`,
    noFigures: 'too few answers to measure',
    leaning: (bias: number) => (Math.abs(bias) < 0.05 ? '0' : signed(bias)),
    leaningWords: (bias: number) =>
      Math.abs(bias) < 0.05
        ? 'as others'
        : bias > 0
          ? 'you say yes more often than others'
          : 'you say no more often than others',
    places: 'Where you differ',
    place: (name: string, bias: number) => `${name} ${signed(bias)}`,
    explain:
      'AUC: how well yes and no are told apart, 0.5 is chance and 1 is perfect. Log loss: less is better. Leaning: what you add to every score, in log-odds.',
    model: 'The shipped model',
    failed: 'The reward model’s card could not be read.',
    off: 'Learning is switched off in Settings.',
  },
  whatIf: {
    loading: 'Looking at your last weeks…',
    none: 'What this would have done shows here once a few days are on record.',
    days: (days: number) => `Over your last ${many(days, 'day')}:`,
    says: (shown: number, accepted: number, missed: number) =>
      `${about(shown)} shown, about ${about(accepted)} accepted, about ${about(missed)} needs missed`,
    spread: (accepted: readonly number[], missed: readonly number[]) =>
      `accepted ${between(accepted[0]!, accepted[2]!)}, missed ${between(missed[0]!, missed[2]!)}`,
    table: 'The whole dial',
    columns: { at: 'Dial', shown: 'Shown', accepted: 'Accepted', missed: 'Missed' },
    now: 'now',
    interval: '90 %',
    failed: 'Your last weeks could not be replayed.',
  },
  mutes: {
    title: 'Muted for good',
    hint: 'Never offered again, whatever the dial says.',
    empty: 'Nothing is muted.',
    whats: { topic: 'Topic', kind: 'Kind', app: 'App' },
    remove: 'Unmute',
    removeLabel: (name: string) => `Unmute ${name}`,
    mute: 'Never again',
    choices: {
      topic: 'Nothing on this topic',
      kind: 'Nothing of this kind',
      app: 'Nothing in this app',
    },
    muted: 'Muted for good. Settings, Suggestions has the list.',
    failed: 'The muted list could not be read.',
  },
  holds: {
    title: 'Hold every card',
    hint: 'While one of these lasts, suggestions wait and nothing rings.',
    says: (why: string) => `no cards now: ${why}`,
    fullScreen: 'In full screen',
    meetings: 'In a meeting',
    sharing: 'While the screen is shared',
    battery: 'On battery the model rests',
    batteryHint: 'Suggestions that need no model go on.',
  },
  learn: {
    title: 'Learn from my answers',
    hint: 'On this machine; off means the shipped model alone.',
  },
  audit: {
    title: 'Ask about moments of silence',
    hint: 'One in so many silent moments comes to the digest, drawn by chance: without them nobody knows what it misses.',
    choices: { '0': 'Never', '0.015': '1 in 67', '0.03': '1 in 33' } as Readonly<Record<string, string>>,
  },
  receipts: {
    title: 'What it cost',
    open: 'Day by day',
    empty: 'No day is on record yet.',
    columns: {
      day: 'Day',
      turns: 'Looked',
      skipped: 'Without the model',
      inferences: 'Model calls',
      tokens: 'Tokens read',
      naive: 'Without reuse',
      written: 'Written',
      seconds: 'Seconds',
      joules: 'Joules',
    },
    unknown: 'not told',
    failed: 'The receipts could not be read.',
  },
  score: (percent: number, threshold: number) =>
    `${number(percent)} % that you take it now; it speaks from ${number(threshold)} %`,
  ownScore: 'Chance that you take it',
} as const;
