import { assertNever } from '../errors.ts';
import type { Feedback, FeedbackLabel } from './feedback.ts';

/** ProactiveBench's four outcomes of a judged moment, as its reward data spells them. */
export const CATEGORIES = [
  'Missed-Need (MN)',
  'Correct-Rejection (CR)',
  'Correct-Detection (CD)',
  'False-Alarm (FA)',
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The ground truth that one answer gives, in ProactiveBench's terms. */
export interface Labelled {
  readonly pred_task: string | null;
  /** Whether the proposal, or the silence, was right. */
  readonly valid: boolean;
  /** Whether help was wanted. A reject is taken for no, as the person said nothing else. */
  readonly help_needed: boolean;
  readonly category: Category;
}

/** Why a row carries no label: nobody judged anything there, or the row cannot be used. */
export type Unlabelled =
  | Extract<FeedbackLabel, 'ignored' | 'snoozed' | 'expired'>
  | 'nothing-seen'
  | 'no-task';

/**
 * Labels one answer. Ignored, snoozed and expired mean busy or unseen, not no, so they give none; the reason is
 * returned instead, to be counted.
 */
export function labelOf(feedback: Feedback): Labelled | Unlabelled {
  const { label, proposal, seen } = feedback;
  if (label === 'ignored' || label === 'snoozed' || label === 'expired') return label;
  if (seen.length === 0) return 'nothing-seen';
  if (label === 'missed-need') {
    return { pred_task: null, valid: false, help_needed: true, category: 'Missed-Need (MN)' };
  }
  if (!proposal) return 'no-task';
  const pred_task = proposal.task;
  switch (label) {
    case 'accepted':
    case 'edited':
      return { pred_task, valid: true, help_needed: true, category: 'Correct-Detection (CD)' };
    case 'rejected':
      return { pred_task, valid: false, help_needed: false, category: 'False-Alarm (FA)' };
    default:
      return assertNever(label, 'feedback');
  }
}
