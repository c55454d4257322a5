import { number } from './count.ts';

/** Every English text about studies. */
export const study = {
  label: 'Study',
  about: 'About',
  end: 'End',
  endLabel: (title: string) => `End the study “${title}” now`,
  broken: (why: string) => `It collects nothing just now: ${why}`,
  receiver: 'Who receives the data',
  participant: 'You take part as',
  consent: 'What you agreed to',
  byHand: 'Nothing is sent by itself. You look at the archive and hand it over yourself.',
  ended: 'The study is ended',
  endedBody: (title: string) =>
    `“${title}” ended just now, and your settings are as they were before it. What it collected is still in your log.`,
  keep: 'Keep it',
  remove: 'Delete what it collected',
  handOver: 'To hand it over later, run',
  command: (id: string) => `beforehand study export --study ${id} --out FOLDER`,
  ask: 'A question of the study',
  asks: (count: number) =>
    count === 1 ? 'A question of the study' : `${number(count)} questions of the study`,
  send: 'Answer',
  skip: 'Skip',
  thanks: 'Thank you, noted.',
  textLabel: 'Your words',
} as const;
