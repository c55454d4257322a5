import { AppError } from '../errors.ts';
import type { FeedbackVia } from '../model/feedback.ts';
import type { Suggestion, SuggestionState } from '../model/suggestion.ts';

/**
 * Every legal step of a suggestion.
 *
 *     held --> shown --> accepted | rejected
 *      ^ |       |-----> ignored ---> accepted | rejected     (from the inbox, within a day)
 *      | |       `-----> snoozed --.
 *      `-+-------------------------'
 *        `-----> expired --> accepted | rejected              (from the inbox or digest, within a day)
 *        `-----> withdrawn
 */
export const TRANSITIONS: Readonly<Record<SuggestionState, readonly SuggestionState[]>> = {
  held: ['shown', 'accepted', 'rejected', 'expired', 'withdrawn'],
  shown: ['accepted', 'rejected', 'ignored', 'snoozed'],
  snoozed: ['held', 'accepted', 'rejected'],
  ignored: ['accepted', 'rejected'],
  expired: ['accepted', 'rejected'],
  accepted: [],
  rejected: [],
  withdrawn: [],
};

/** The note of a step that ended a suggestion of shadow mode unseen: the digest asks about it. */
export const FOR_DIGEST = 'kept for the daily digest';

/** Milliseconds for which one that went by itself can still be answered. */
const ANSWERABLE = 86_400_000;
/** The digest may ask for longer, in milliseconds: nothing is run then. */
export const DIGEST_ANSWERABLE = 7 * ANSWERABLE;

/** The suggestion one step further; `refused` when the table does not have the step. `at` is epoch milliseconds. */
export function step(
  suggestion: Suggestion,
  state: SuggestionState,
  change: { readonly at: number; readonly until?: number; readonly note?: string },
): Suggestion {
  if (!TRANSITIONS[suggestion.state].includes(state)) {
    throw new AppError(
      'refused',
      `[suggestions] a suggestion that is ${suggestion.state} cannot become ${state}`,
    );
  }
  const { until: _, ...rest } = suggestion;
  const { at, note, until } = change;
  return {
    ...rest,
    state,
    history: [...suggestion.history, { state, at, ...(note ? { note } : {}) }],
    ...(until === undefined ? {} : { until }),
  };
}

/** Refuses an answer from a place that does not show the suggestion, or one that comes more than a day late (the digest: a week). */
export function checkAnswer(suggestion: Suggestion, via: FeedbackVia, now: number): void {
  const listed = via === 'inbox' || via === 'digest';
  const { state } = suggestion;
  // A card or notification may lose the race against its own time-out: the click still meant what it said.
  if (!listed && state !== 'shown' && state !== 'ignored') {
    throw new AppError(
      'refused',
      `[suggestions] a suggestion that is ${state} is answered from the inbox, not from ${via}`,
    );
  }
  const since = suggestion.history.at(-1)?.at ?? suggestion.at;
  const [most, words] = via === 'digest' ? [DIGEST_ANSWERABLE, 'a week'] : [ANSWERABLE, 'a day'];
  if ((state === 'ignored' || state === 'expired') && now - since > most) {
    throw new AppError('refused', `[suggestions] it was ${state} more than ${words} ago; its moment is gone`);
  }
}
