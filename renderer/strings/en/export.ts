import type { OwnFormat, Kind, LeftOut } from '../../../src/model/exporting.ts';
import { many, number } from './count.ts';

const FORMAT: Readonly<Record<OwnFormat, { readonly title: string; readonly hint: string }>> = {
  proactivebench: {
    title: 'ProactiveBench',
    hint: 'Reward data: what was seen, what was offered, your answer',
  },
  'agent-sharegpt': {
    title: 'Agent, ShareGPT',
    hint: 'Conversations that teach the agent, for LLaMA-Factory',
  },
  'agent-alpaca': { title: 'Agent, Alpaca', hint: 'The same in the other layout of LLaMA-Factory' },
  'reward-sharegpt': {
    title: 'Reward model, ShareGPT',
    hint: 'Conversations that teach the judge, for LLaMA-Factory',
  },
  'reward-alpaca': { title: 'Reward model, Alpaca', hint: 'The same in the other layout of LLaMA-Factory' },
  'trl-preference': { title: 'TRL, preference', hint: 'Two replies and which you preferred' },
  'trl-unpaired': { title: 'TRL, unpaired', hint: 'One reply and whether it was right' },
  csv: { title: 'Table', hint: 'Every answer as CSV, for a spreadsheet' },
  activitywatch: { title: 'ActivityWatch', hint: 'The whole log as buckets, not only the answers' },
};

const KIND: Readonly<Record<Kind, string>> = {
  word: 'words you named',
  user: 'user names',
  machine: 'machines',
  person: 'people',
  host: 'hosts',
  file: 'files',
  folder: 'folders and projects',
  page: 'parts of addresses',
  secret: 'secrets and personal data',
};

const WHY: Readonly<Record<LeftOut, string>> = {
  ignored: 'ignored, so nobody said anything',
  snoozed: 'put off, so nobody said anything yet',
  expired: 'never seen',
  'nothing-seen': 'nothing was seen before it',
  'no-task': 'it names no task',
  'need-unknown': 'dismissed without a word on whether help was wanted',
  'answer-unknown': 'help was wanted, but nobody said which',
  'not-sayable': 'the model could not write this offer',
};

/** What the export dialog says. */
export const exporting = {
  open: 'Export…',
  title: 'Export training data',
  what: 'What to write',
  formats: FORMAT,
  names: 'Names',
  replace: 'Replaced',
  keep: 'Kept',
  namesHint: 'Paths, hosts, addresses, people and machines become placeholders, the same in every file.',
  keepHint: 'Paths, hosts and people can be read in the files.',
  hide: 'Replace these words too',
  hideHint: 'One a line: a product, a client, a name.',
  look: 'Preview',
  looking: 'Reading the log…',
  reading: (done: number, total: number) => `${number(done)} of ${number(total)} rows`,
  stop: 'Stop',
  back: 'Back',
  counts: 'What would be written',
  rows: (count: number, file: string) => `${many(count, 'row')} into ${file}`,
  leftOut: (count: number, reason: LeftOut) => `${many(count, 'answer')} left out: ${WHY[reason]}`,
  replaced: 'What is replaced',
  kept: 'Names are kept as they are.',
  nothingReplaced: 'Nothing that tells who or where was found.',
  values: (kind: Kind, values: number, places: number) =>
    `${KIND[kind]}: ${number(values)} in ${many(places, 'place')}`,
  leaves: 'What leaves, line by line',
  leavesHint:
    'The newest rows of each file. Struck out is what is kept here; below it, what would be written.',
  none: 'No row would be written: nothing has been answered yet, or all of it is left out.',
  row: (file: string, time: string) => `${file}, ${time}`,
  before: 'kept here',
  after: 'leaves',
  more: (count: number) => `${many(count, 'more line')}`,
  folder: 'Folder',
  folderHint: 'A new or empty folder.',
  agree: 'I agree to this',
  write: 'Write',
  writing: 'Writing…',
  done: 'Written',
  file: (name: string, rows: number, size: string) => `${name}: ${many(rows, 'row')}, ${size}`,
  verify: (folder: string) => `Check it at any time with: beforehand export verify "${folder}"`,
};
