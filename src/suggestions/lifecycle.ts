import { AppError, asAppError } from '../errors.ts';
import { feedbackOf, shownAt } from '../model/answered.ts';
import type { Feedback, FeedbackLabel } from '../model/feedback.ts';
import { newId } from '../model/id.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import { REMINDER } from '../model/reminder.ts';
import type { Settings } from '../model/settings.ts';
import type { StudyMark } from '../model/study.ts';
import type { Suggestion, SuggestionState } from '../model/suggestion.ts';
import { sameTopic } from '../model/topic.ts';
import { recover } from './recover.ts';
import type { Lifecycle, Offer } from './types.ts';
import { systemTimers, type Timers } from './timers.ts';
import { checkAnswer, FOR_DIGEST, step } from './transitions.ts';

export type { AnswerHow, AnswerWord, Lifecycle, Offer } from './types.ts';

const STATE = { accept: 'accepted', reject: 'rejected', snooze: 'snoozed' } as const;

/** Milliseconds until a step that could not be written (a full disk) is tried again. */
const AGAIN = 5000;

/** Milliseconds after it came until which a card that is read or reworded may stay. */
const LONGEST_READ = 600_000;

/** Milliseconds until a step whose time has not come by the clock, though its timer fired, is looked at again. */
const LEAST = 100;

/** A step that nobody asked for: a forgotten suggestion ends it quietly. */
async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'not-found')) throw thrown;
  }
}

/** Makes the lifecycle. `mayShow` is asked at each boundary, so that cool-down and cap also bind what is held. */
export function createLifecycle(options: {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly log: EventLog;
  readonly timers?: Timers;
  readonly onChange: (suggestion: Suggestion) => void;
  readonly onFeedback: (feedback: Feedback) => void;
  /** Whether an answer still belongs to the study that its suggestion was made in; it does unless told. */
  readonly collects?: (mark: StudyMark) => boolean;
  readonly mayShow?: (suggestion: Suggestion) => boolean;
  /** A step by timer that could not be written; it is tried again. */
  readonly onError?: (error: AppError) => void;
}): Lifecycle {
  const { clock, settings, log } = options;
  const timers = options.timers ?? systemTimers;
  /** Held, shown and snoozed ones, oldest first. */
  const live = new Map<string, Suggestion>();
  const alarms = new Map<string, unknown>();
  let tail: Promise<unknown> = Promise.resolve();
  let open = true;

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    if (!open) return Promise.reject(new AppError('not-running', '[suggestions] the assistant is closing'));
    const result = tail.then(work);
    tail = result.catch(() => {});
    return result;
  };

  const unset = (id: string) => {
    timers.clear(alarms.get(id));
    alarms.delete(id);
  };

  const setAlarm = (id: string, ms: number) => {
    unset(id);
    const alarm = timers.set(() => {
      inOrder(() => lapse(id)).catch((thrown: unknown) => {
        if (!open) return;
        options.onError?.(asAppError(thrown, 'internal', 'suggestions'));
        setAlarm(id, AGAIN);
      });
    }, ms);
    alarms.set(id, alarm);
  };

  const keep = (suggestion: Suggestion) => {
    unset(suggestion.id);
    if (!['held', 'shown', 'snoozed'].includes(suggestion.state)) live.delete(suggestion.id);
    else {
      live.set(suggestion.id, suggestion);
      if (suggestion.until !== undefined) setAlarm(suggestion.id, suggestion.until - clock.now());
    }
  };

  const drop = (id: string) => {
    unset(id);
    live.delete(id);
  };

  /**
   * Writes a step, then tells. Step and feedback are handed over in one turn, so that the log commits them together;
   * should a crash still come in between, `resume` finds the feedback and finishes the step.
   */
  const commit = async (next: Suggestion, given?: Feedback) => {
    if ((await log.suggestion(next.id)) === null) {
      drop(next.id);
      throw new AppError('not-found', '[suggestions] this suggestion was forgotten');
    }
    const feedback = given && next.proposal.proposer !== REMINDER ? collected(given) : undefined;
    await Promise.all([feedback && log.feedback(feedback), log.suggest(next)]);
    keep(next);
    options.onChange(next);
    if (feedback) options.onFeedback(feedback);
    return next;
  };

  const collected = ({ study, ...feedback }: Feedback): Feedback =>
    study && options.collects?.(study) !== false ? { ...feedback, study } : feedback;

  const timedOut = (
    suggestion: Suggestion,
    label: FeedbackLabel & SuggestionState,
    at: number,
    note: string,
  ) => commit(step(suggestion, label, { at, note }), feedbackOf(suggestion, label, { at, via: 'timeout' }));

  /** What becomes of a suggestion whose `until` has passed. */
  const lapse = async (id: string): Promise<void> => {
    const suggestion = live.get(id);
    if (!suggestion) return;
    const { until = 0, state } = suggestion;
    const now = clock.now();
    // A demo holds its clock while a card is shown: without a least wait a timer would spin on it.
    if (until > now) return setAlarm(id, Math.max(until - now, LEAST));
    if (state === 'held') await quietly(timedOut(suggestion, 'expired', now, unseen()));
    if (state === 'shown') await quietly(timedOut(suggestion, 'ignored', now, 'nobody answered'));
    if (state === 'snoozed') await quietly(comeBack(suggestion, until));
  };

  /** A snoozed one gets its lifetime anew, counted from when it was to come back. */
  const comeBack = (suggestion: Suggestion, at: number) =>
    commit(step(suggestion, 'held', { at, until: at + suggestion.proposal.lifetime }));

  const unseen = () => (settings().mode === 'shadow' ? FOR_DIGEST : 'no good moment came in time');

  const find = (state: SuggestionState) => [...live.values()].filter((each) => each.state === state);
  const current = () => find('shown')[0] ?? null;

  return {
    current,
    waiting: () => find('held').length,

    offer: (offer) =>
      inOrder(async () => {
        const at = clock.now();
        for (const held of find('held')) if (held.until! <= at) await lapse(held.id);
        for (const known of live.values()) {
          if (sameTopic(known.proposal.topic, offer.proposal.topic)) return null;
        }
        const suggestion: Suggestion = { ...begin(offer, at), until: at + offer.proposal.lifetime };
        await log.suggest(suggestion);
        keep(suggestion);
        options.onChange(suggestion);
        return suggestion;
      }),

    audit: (offer, note) =>
      inOrder(async () => {
        const at = clock.now();
        const suggestion = { ...step(begin(offer, at), 'expired', { at, note }), audit: true };
        await log.suggest(suggestion);
        return suggestion;
      }),

    putAside: (note) =>
      inOrder(async () => {
        const shown = current();
        if (shown) await quietly(timedOut(shown, 'ignored', clock.now(), note));
      }),

    boundary: (kind) =>
      inOrder(async () => {
        for (const each of live.values()) if (each.until! <= clock.now()) await lapse(each.id);
        if (settings().mode === 'shadow' || current()) return;
        for (const next of find('held')) {
          if (options.mayShow?.(next) === false) continue;
          const at = clock.now();
          const until = at + settings().cardSeconds * 1000;
          await quietly(commit(step(next, 'shown', { at, until, note: kind })));
          if (current()) return;
        }
      }),

    answer: (id, answer, { via, reason, task, needed }) =>
      inOrder(async () => {
        const suggestion = live.get(id) ?? (await log.suggestion(id));
        if (!suggestion) throw new AppError('not-found', '[suggestions] there is no such suggestion');
        const at = clock.now();
        const state = STATE[answer];
        const until = state === 'snoozed' ? { until: at + settings().snoozeMinutes * 60_000 } : {};
        const next = step(suggestion, state, { at, ...until, note: via });
        checkAnswer(suggestion, via, at);
        const why = reason && state === 'rejected' ? { reason } : {};
        const edited = state === 'accepted' && task?.trim() !== suggestion.proposal.task ? task?.trim() : '';
        const told = { at, via, ...why, ...(needed === undefined ? {} : { needed }) };
        if (!edited) return commit(next, feedbackOf(suggestion, state, told));
        return commit({ ...next, edited }, feedbackOf(suggestion, 'edited', { ...told, edited }));
      }),

    stay: (id, left) =>
      inOrder(async () => {
        const shown = live.get(id);
        if (shown?.state !== 'shown') return false;
        const now = clock.now();
        const most = (shownAt(shown) ?? now) + LONGEST_READ;
        const until = Math.min(now + Math.min(left, settings().cardSeconds * 1000), most);
        if (until <= (shown.until ?? 0)) return false;
        // Only here: after a crash nobody reads it any more, and it counts as ignored anyway.
        live.set(id, { ...shown, until });
        setAlarm(id, until - now);
        return true;
      }),

    withdraw: (id, note) =>
      inOrder(async () => {
        const suggestion = live.get(id) ?? (await log.suggestion(id));
        if (!suggestion) throw new AppError('not-found', '[suggestions] there is no such suggestion');
        await commit(step(suggestion, 'withdrawn', { at: clock.now(), note }));
      }),

    forgotten: () =>
      inOrder(async () => {
        for (const id of live.keys()) if ((await log.suggestion(id)) === null) drop(id);
      }),

    resume: () =>
      inOrder(async () => {
        for (const { suggestion, answered } of await recover(log)) {
          const now = clock.now();
          if (answered) {
            // The row of the answer was written, the step was not: finish it without a second answer.
            const until =
              answered.label === 'snoozed' ? { until: answered.at + settings().snoozeMinutes * 60_000 } : {};
            const edited = answered.edited === undefined ? {} : { edited: answered.edited };
            const next = step(suggestion, answered.label, { at: answered.at, ...until });
            await quietly(commit({ ...next, ...edited }));
          } else if (suggestion.state === 'shown') {
            const at = Math.max(Math.min(now, suggestion.until ?? now), shownAt(suggestion) ?? 0);
            await quietly(timedOut(suggestion, 'ignored', at, 'the assistant ended while it was shown'));
          } else keep(suggestion);
          if (live.has(suggestion.id)) await lapse(suggestion.id);
          // A snooze that ended long ago is held again and expires at once.
          if (live.get(suggestion.id)?.state === 'held') await lapse(suggestion.id);
        }
      }),

    async settled() {
      let seen: unknown;
      while (seen !== tail) await (seen = tail);
    },

    async close() {
      open = false;
      for (const id of alarms.keys()) unset(id);
      await tail;
      for (const id of alarms.keys()) unset(id);
    },
  };
}

/** A suggestion as it begins. */
function begin({ seen, reasons, ...offer }: Offer, at: number): Suggestion {
  return {
    id: newId(at),
    at,
    ...offer,
    seen: [...seen],
    reasons: [...reasons],
    state: 'held',
    history: [{ state: 'held', at }],
  };
}
