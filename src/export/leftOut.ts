import type { Unlabelled } from '../model/label.ts';

/** Why an answer is not among the rows of a format. */
export const LEFT_OUT = {
  ignored: 'ignored: nobody said anything, so it gives no label',
  snoozed: 'put off: nobody said anything yet, so it gives no label',
  expired: 'expired unseen, so it gives no label',
  'nothing-seen': 'nothing was seen before it, so there is no prompt',
  'no-task': 'it names no task',
  'need-unknown': 'dismissed without a word on whether help was wanted',
  'answer-unknown': 'help was wanted, but nobody said which',
  'not-sayable': 'the model could not write this offer',
} as const satisfies Readonly<Record<Unlabelled | 'need-unknown' | 'answer-unknown' | 'not-sayable', string>>;

/** One of the reasons; the words beside it are for a person. */
export type LeftOut = keyof typeof LEFT_OUT;

/** How many rows were left out, by reason. */
export type LeftOutCounts = Readonly<Record<string, number>>;
