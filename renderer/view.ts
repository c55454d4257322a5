import type { z } from 'zod';
import type { AppState, events, ModelChoice } from '../src/contract.ts';
import type { Answer } from '../src/model/feedback.ts';
import type { LogCopy, Stay } from '../src/model/log.ts';
import { REMINDER } from '../src/model/reminder.ts';
import type { Settings } from '../src/model/settings.ts';
import type { Suggestion, SuggestionState } from '../src/model/suggestion.ts';
import type { Link } from './bridge.ts';
import { now } from './clock.ts';
import { startOfDay } from './ui/format.ts';

/** States a list shows; an expired or withdrawn suggestion was never seen by anyone. */
export const LISTED: SuggestionState[] = ['held', 'shown', 'accepted', 'rejected', 'ignored', 'snoozed'];

/** How far a long task, a download, has come. */
export type Progress = z.infer<typeof events.progress>;

/** The screens, in the order of the navigation and of the keys Ctrl/Cmd+1 to 6. */
export const SCREENS = ['today', 'timeline', 'insights', 'teach', 'models', 'settings'] as const;

/** Where the window is. */
export type Screen =
  | { readonly name: (typeof SCREENS)[number] }
  | { readonly name: 'suggestion'; readonly id: string };

/** One line for the user about something that just happened; errors stay until dismissed. */
export interface Notice {
  readonly tone: 'info' | 'bad';
  readonly text: string;
}

/** All the window knows. What the core owns is only mirrored here. */
export interface View {
  readonly link: Link;
  readonly screen: Screen;
  readonly state: AppState | null;
  readonly settings: Settings | null;
  readonly models: readonly ModelChoice[];
  /** Newest first; everything but expired and withdrawn. Null until read. */
  readonly suggestions: readonly Suggestion[] | null;
  /** Windows in front today, newest first, told at most once a second. Null until read. */
  readonly day: readonly Stay[] | null;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Download progress by task. */
  readonly progress: Readonly<Record<string, Progress>>;
  /** A suggestion accepted on the card, whose result the card shows. */
  readonly answering: Suggestion | null;
  /** A suggestion whose dismissal waits for its optional reason. */
  readonly refusing: Suggestion | null;
  /** A suggestion whose task is being reworded before it is accepted; it stays while that lasts. */
  readonly editing: Suggestion | null;
  /** A suggestion that is being taken back. */
  readonly undoing: string | null;
  readonly notice: Notice | null;
  /** A study that was ended in this window, until it is said what becomes of its answers. */
  readonly endedStudy: { readonly id: string; readonly title: string } | null;
  readonly palette: boolean;
  /** The list of keys is open. */
  readonly keys: boolean;
  /** The dialog that exports is open. */
  readonly exporting: boolean;
  /** Rises when something was forgotten, so that lists read again. */
  readonly revision: number;
  /** Copies of the log that forgetting does not reach, as last read. */
  readonly copies: readonly LogCopy[];
}

/** The list with this suggestion as it is now; one that expired or was withdrawn leaves it. */
export function replace(list: readonly Suggestion[], next: Suggestion): readonly Suggestion[] {
  const rest = list.filter((each) => each.id !== next.id);
  return LISTED.includes(next.state) ? [next, ...rest].sort((a, b) => b.at - a.at) : rest;
}

/** The suggestion the card offers now, if any; one answered a moment ago is not offered again. */
export function offered(view: View): Suggestion | null {
  const current = view.state?.current;
  if (!current || current.state !== 'shown') return null;
  const known = view.suggestions?.find((each) => each.id === current.id);
  return known && known.state !== 'shown' && known.history.length >= current.history.length ? null : current;
}

/** Whether it only says again what the person asked to be reminded of. */
export function isReminder({ proposal }: Suggestion): boolean {
  return proposal.proposer === REMINDER;
}

/** Whether the model writes the answer to an accepted suggestion. */
export function writes({ state, settings }: View): boolean {
  if (!state || (state.model.state !== 'ready' && state.model.state !== 'loading')) return false;
  return settings?.model.proposals === 'on' || (state.model.answers ?? state.model.shows);
}

/** Searches that the user opened in the browser today: all that leaves a machine without an endpoint. */
export function searchesToday({ suggestions, state }: View): number {
  const since = startOfDay(state?.now ?? now());
  const opened = (suggestions ?? []).filter(
    (each) => each.state === 'accepted' && each.proposal.operation?.kind === 'search',
  );
  return opened.filter((each) => (each.history.at(-1)?.at ?? each.at) >= since).length;
}

/** The screen an address names; Today for any other. */
export function readAddress(): Screen {
  const [name, id] = location.hash.replace(/^#(?:token=[\w.~-]+)?\/?/, '').split('/');
  const known = SCREENS.find((each) => each === name);
  if (known) return { name: known };
  if (name === 'suggestion' && id) return { name, id };
  return { name: 'today' };
}

/** The view before anything was read. */
export function emptyView(): View {
  return {
    link: 'connecting',
    screen: readAddress(),
    state: null,
    settings: null,
    models: [],
    suggestions: null,
    day: null,
    answers: {},
    editing: null,
    undoing: null,
    progress: {},
    answering: null,
    refusing: null,
    notice: null,
    endedStudy: null,
    palette: false,
    keys: false,
    exporting: false,
    revision: 0,
    copies: [],
  };
}
