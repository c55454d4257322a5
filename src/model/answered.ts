import type { Feedback, FeedbackLabel, FeedbackVia, RejectReason } from './feedback.ts';
import { newId } from './id.ts';
import type { Suggestion } from './suggestion.ts';

/** How a suggestion was answered. `at` is epoch milliseconds. */
export interface Answered {
  readonly at: number;
  readonly via: FeedbackVia;
  readonly reason?: RejectReason;
  /** The task in the person's own words; with label `edited`. */
  readonly edited?: string;
  /** Whether help was wanted then, where the person said so. */
  readonly needed?: boolean;
}

/** When a suggestion was last on screen, epoch milliseconds; undefined when it never was. */
export function shownAt(suggestion: Suggestion): number | undefined {
  return suggestion.history.findLast((step) => step.state === 'shown')?.at;
}

/**
 * The feedback row of one answer: exactly what the model saw, who worded it and the policy then in force.
 * `latency` is milliseconds since it was last shown, 0 when it never was.
 */
export function feedbackOf(suggestion: Suggestion, label: FeedbackLabel, answered: Answered): Feedback {
  const { proposal, seen, policy, promptVersion } = suggestion;
  return {
    id: newId(answered.at),
    at: answered.at,
    suggestion: suggestion.id,
    proposal,
    seen,
    label,
    latency: Math.max(0, answered.at - (shownAt(suggestion) ?? answered.at)),
    via: answered.via,
    ...(answered.reason ? { reason: answered.reason } : {}),
    ...(answered.edited === undefined ? {} : { edited: answered.edited }),
    ...(answered.needed === undefined ? {} : { needed: answered.needed }),
    policy,
    ...(proposal.model ? { model: proposal.model } : {}),
    promptVersion,
    ...(suggestion.study ? { study: suggestion.study } : {}),
  };
}
