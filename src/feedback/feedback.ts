import type { Feedback } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { Observation } from '../model/observation.ts';
import type { StudyMark } from '../model/study.ts';
import type { PolicySnapshot } from '../model/policy.ts';

export { feedbackOf, type Answered } from '../model/answered.ts';

/**
 * The user pressed "I needed help here": a need that nothing was offered for, with the last minutes of observations.
 * `at` is epoch milliseconds.
 */
export function missedNeed(input: {
  readonly seen: readonly Observation[];
  readonly at: number;
  readonly policy?: PolicySnapshot;
  /** The study in force, if any. */
  readonly study?: StudyMark;
}): Feedback {
  const { seen, at, policy, study } = input;
  return {
    id: newId(at),
    at,
    seen: [...seen],
    label: 'missed-need',
    latency: 0,
    via: 'hotkey',
    ...(policy ? { policy } : {}),
    ...(study ? { study } : {}),
  };
}
