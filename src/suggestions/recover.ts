import type { Feedback } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Suggestion, SuggestionState } from '../model/suggestion.ts';
import { TRANSITIONS } from './transitions.ts';

/** One that an earlier run left unfinished, and the answer whose step was never written, if there is one. */
export interface Unfinished {
  readonly suggestion: Suggestion;
  readonly answered?: { readonly label: SuggestionState; readonly at: number; readonly edited?: string };
}

/** Reads what an earlier run left held, shown or snoozed, oldest first. Rejects as the log does. */
export async function recover(log: EventLog): Promise<readonly Unfinished[]> {
  const left: Suggestion[] = [];
  for (let before: number | undefined; ;) {
    const page = await log.suggestions({
      states: ['held', 'shown', 'snoozed'],
      limit: 1000,
      ...(before === undefined ? {} : { before }),
    });
    left.push(...page.rows);
    if (page.next === undefined) break;
    before = page.next;
  }
  if (left.length === 0) return [];
  // A step follows its answer within the same call, so only the newest answers can lack theirs.
  const newest = (await log.feedbacks({ limit: 100 })).rows;
  return left.toReversed().map((suggestion) => {
    const answer = newest.find((each) => each.suggestion === suggestion.id && isNewer(each, suggestion));
    if (!answer) return { suggestion };
    const { at, edited } = answer;
    return {
      suggestion,
      answered: {
        label: stateOf(answer) as SuggestionState,
        at,
        ...(edited === undefined ? {} : { edited }),
      },
    };
  });
}

function isNewer(feedback: Feedback, suggestion: Suggestion): boolean {
  const next: readonly string[] = TRANSITIONS[suggestion.state];
  return feedback.at >= (suggestion.history.at(-1)?.at ?? 0) && next.includes(stateOf(feedback));
}

/** The state that an answer leads to; a label that is no answer leads nowhere. */
function stateOf({ label }: Feedback): string {
  return label === 'edited' ? 'accepted' : label;
}
