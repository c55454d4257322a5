import { list, many, number } from './count.ts';

/** Every English text of the Teach screen. */
export const teaching = {
  title: 'Teach',
  traces: 'Traces to annotate',
  lead: 'Go through a recorded day event by event, and say which of the proposed tasks you would have taken.',
  name: 'Your name',
  nameHint: 'Each person has a file of their own and sees nobody else’s answers before they are done.',
  folder: 'Folder of traces',
  folderHint: 'Empty means the folder “traces” in your data folder.',
  open: 'Open',
  opening: 'Reading the traces…',
  noTracesHint:
    'A trace is a JSON file in ProactiveBench’s layout: observations, and the tasks proposed at each. Name a folder that holds some.',
  change: 'Change',
  as: (name: string) => `as ${name}`,
  answered: (answered: number, asked: number) => `${number(answered)} of ${number(asked)}`,
  answeredWords: (answered: number, asked: number) =>
    `${number(answered)} of ${many(asked, 'event')} answered`,
  nothingAsked: 'nothing proposed',
  begin: 'Begin',
  goOn: 'Go on',
  start: (name: string) => `Annotate ${name}`,
  odd: (count: number) => `${many(count, 'file')} left out`,

  event: (at: number, of: number) => `event ${number(at)} of ${number(of)}`,
  progress: 'Events answered',
  earlier: 'Before that',
  question: 'Which of these would you take?',
  none: 'None of these',
  missing: 'Tick what you would take, or choose “None of these”.',
  keys: { next: 'Next', back: 'Back', undo: 'Undo', quit: 'Leave' },
  finished: (name: string, asked: number) =>
    `${name} is finished: ${many(asked, 'event')} answered and kept.`,
  nextTrace: 'Next trace',
  lastTrace: 'That was the last unfinished trace of this folder.',

  agreement: 'Agreement',
  agreementOf: (names: readonly string[], traces: number) =>
    `${list(names)}, over ${many(traces, 'trace')} that you have finished`,
  alone:
    'Once somebody else has annotated a trace that you have finished, it is shown here how far you agree.',
  unfinished: 'Shown for each trace once you have finished it, so that nobody is led by others.',
  columns: {
    name: 'Votes on',
    verdict: 'Verdict',
    majority: 'Majority',
    pairwise: 'Pairs',
    cohen: 'Cohen',
    fleiss: 'Fleiss',
    alpha: 'Alpha',
  },
  rows: { all: 'Everything', candidates: 'Each task', help: 'Any help at all' },
  explained: [
    ['Verdict', 'votes that agree with what becomes the label.'],
    ['Majority', 'votes that agree with most people, a tie counting half.'],
    ['Pairs', 'pairs of people who voted alike.'],
    [
      'Cohen, Fleiss, Alpha',
      'Cohen’s and Fleiss’ kappa and Krippendorff’s alpha, agreement beyond chance: 1 is perfect, 0 is chance.',
    ],
  ],
  references: {
    'released test split': {
      name: 'Paper, test split',
      why: 'no target: the released test split of ProactiveBench was filled with rows on which everybody agreed first.',
    },
    'all released votes': {
      name: 'Paper, all votes',
      why: 'the fair comparison: every vote that ProactiveBench released, about the ceiling for any judge.',
    },
  },
  pair: (a: string, b: string) => `${a} and ${b}`,

  rewardData: 'Reward data',
  own: 'Your own days',
  ownHint:
    'What you accepted and dismissed teaches too; it can be looked through and written as training data.',

  convert: 'Make reward data',
  convertHint:
    'Writes what you have finished as training data: a task is right by majority, help is needed where everybody took the same task.',
  converted: (rows: number, windows: number) =>
    `${many(rows, 'row')} from ${many(windows, 'event')} written to`,
  leftOut: (reasons: string) => `Left out: ${reasons}.`,
} as const;
