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

/** The category of a judged moment: it follows from whether something was proposed and whether that was right. */
export function categoryOf(pred_task: string | null, valid: boolean): Category {
  if (pred_task === null) return valid ? 'Correct-Rejection (CR)' : 'Missed-Need (MN)';
  return valid ? 'Correct-Detection (CD)' : 'False-Alarm (FA)';
}

/** What one answer says, in ProactiveBench's terms. */
export interface Labelled {
  readonly pred_task: string | null;
  /** Whether the proposal, or the silence, was right. */
  readonly valid: boolean;
  /** Whether help was wanted; null where the answer does not tell. */
  readonly help_needed: boolean | null;
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
  switch (label) {
    case 'ignored':
    case 'snoozed':
    case 'expired':
      return label;
    case 'missed-need': {
      if (seen.length === 0) return 'nothing-seen';
      // A silence is right exactly where no help is wanted, as in all the released data.
      const help_needed = feedback.needed ?? true;
      return labelled(null, !help_needed, help_needed);
    }
    case 'accepted':
    case 'edited':
    case 'rejected': {
      if (seen.length === 0) return 'nothing-seen';
      return proposal ? labelled(proposal.task, label !== 'rejected', needOf(feedback)) : 'no-task';
    }
    default:
      return assertNever(label, 'feedback');
  }
}

function labelled(pred_task: string | null, valid: boolean, help_needed: boolean | null): Labelled {
  return { pred_task, valid, help_needed, category: categoryOf(pred_task, valid) };
}

/** The need that an answer to a proposal tells of (docs/decisions/export.md); null for one that does not. */
function needOf({ label, reason, needed }: Feedback): boolean | null {
  if (needed !== undefined) return needed;
  if (label !== 'rejected') return true;
  if (reason === 'not-needed') return false;
  // Too late tells of a need before, not whether it was over at the end of what was seen; never-here tells of a place.
  return reason === 'wrong' ? true : null;
}
