import type { ExportFormat } from '../model/exporting.ts';

/** What each format holds, as a person reads it before agreeing. */
const HOLDS: Readonly<Record<ExportFormat, string>> = {
  proactivebench: 'what was seen before each judged moment, what was offered, and your answer',
  'agent-sharegpt': 'what was seen before each judged moment and the offer you accepted, or silence',
  'agent-alpaca': 'what was seen before each judged moment and the offer you accepted, or silence',
  'reward-sharegpt': 'what was seen before each judged moment, what was offered, and your answer',
  'reward-alpaca': 'what was seen before each judged moment, what was offered, and your answer',
  'trl-preference': 'what was seen before each judged moment and which of two replies you preferred',
  'trl-unpaired': 'what was seen before each judged moment, what was offered, and your answer',
  csv: 'every answer with its time, its reason and what was seen before it',
  'study-answers': 'when and how you answered, and what you said to the study’s questions',
  'study-turns': 'when the assistant thought, and whether it spoke',
  activitywatch:
    'everything in your log: windows, pages, files, keys by their number, and when you were there',
};

/** The text that a person agrees to where no other is given: what is in the files, and that they then hold it alone. */
export function defaultConsent(formats: readonly ExportFormat[], pseudonymous: boolean): string {
  const holds = [...new Set(formats.map((format) => HOLDS[format]))];
  const names = pseudonymous
    ? 'Paths, hosts, addresses and names that the program can tell are replaced by placeholders. It cannot tell every name: a sentence may still say who you are or what you work on, so read the preview.'
    : 'Names are kept as they are: paths, hosts and people can be read in it.';
  return [
    `This export holds ${holds.join('; ')}.`,
    names,
    'It is written to a folder on this machine and sent to nobody. Whoever you give the folder to can read it, keep it and train models on it, and what you forget here later stays in their copy.',
  ].join(' ');
}
