import type { Answer } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Operation } from '../model/proposal.ts';
import type { Suggestion } from '../model/suggestion.ts';
import type { Came } from './came.ts';

type Remind = Extract<Operation, { kind: 'remind' }>;

const MINUTE = 60_000;
/** Reminders are looked at this often while any waits: a clock that jumps or a machine that slept is noticed. */
const LOOK_MS = 30_000;
/** How far back an accept can lie whose reminder still waits; the longest wait is four weeks. */
const BACK_MS = 90 * 24 * 60 * MINUTE;
/** Later than this it is said that the assistant was off. */
const LATE_MS = 5 * MINUTE;

/** What is said again: a suggestion of its own, with what the first one saw. */
export interface Due {
  readonly suggestion: Suggestion;
  readonly text: string;
  /** Why now, in words. */
  readonly why: string;
}

/** Reminders that wait. The log keeps them: an accepted suggestion whose answer can still be taken back. */
export interface Reminders {
  /** Begins to wait. Rejects as the log does. */
  start(suggestion: Suggestion, operation: Remind): Promise<Came>;
  /** Null where none waits for this suggestion. */
  cancel(suggestion: string): Promise<Came | null>;
  /** Takes up what an earlier run left; what fell due meanwhile is said at once. */
  resume(): Promise<void>;
  /** Drops those whose suggestion is gone. */
  forgotten(): Promise<void>;
  close(): Promise<void>;
}

/** `say` offers the suggestion and may reject: then it is tried again. `keepMs` is how long a suggestion is kept. */
export function createReminders(options: {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly say: (due: Due) => Promise<void>;
  readonly onAnswer: (answer: Answer) => void;
  readonly keepMs: () => number;
  readonly timer?: (call: () => void, ms: number) => { stop(): void };
}): Reminders {
  const { clock, log } = options;
  const later = options.timer ?? systemTimer;
  const waiting = new Map<string, { readonly operation: Remind; readonly due: number }>();
  let alarm: { stop(): void } | null = null;
  let tail: Promise<unknown> = Promise.resolve();
  let open = true;

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(() => {});
    return result;
  };

  const wait = () => {
    alarm?.stop();
    alarm = null;
    if (!open || waiting.size === 0) return;
    const next = Math.min(...[...waiting.values()].map(({ due }) => due)) - clock.now();
    alarm = later(() => void inOrder(look).finally(wait), Math.min(Math.max(next, 100), LOOK_MS));
  };

  const look = async () => {
    for (const [id, { operation, due }] of waiting) {
      if (!open || due > clock.now()) continue;
      // A full disk loses no reminder: it waits for the next look.
      await fire(id, operation, due).catch(() => {});
    }
  };

  const fire = async (id: string, operation: Remind, due: number) => {
    const suggestion = await log.suggestion(id);
    if (suggestion) {
      const asked = `You asked at ${timeWords(dueFrom(due, operation), clock.now())} to be reminded`;
      const why = clock.now() - due > LATE_MS ? `${asked} at ${timeWords(due, clock.now())}` : asked;
      await options.say({ suggestion, text: operation.text, why });
      await tell(id, `Said again at ${timeWords(clock.now(), clock.now())}.`, false);
    }
    waiting.delete(id);
  };

  const tell = async (suggestion: string, text: string, undoable: boolean) => {
    const answer: Answer = {
      suggestion,
      at: clock.now(),
      text,
      state: 'done',
      ...(undoable && { undoable }),
    };
    await log.answer(answer);
    options.onAnswer(answer);
  };

  return {
    async start(suggestion, operation) {
      const due = acceptedAt(suggestion) + operation.minutes * MINUTE;
      if (operation.minutes * MINUTE >= options.keepMs()) {
        const detail = 'Suggestions are not kept for so long: Settings say for how many days.';
        return { ended: { result: 'failed', detail }, told: detail, undoable: false };
      }
      waiting.set(suggestion.id, { operation, due });
      wait();
      const told = `You will be reminded at ${timeWords(due, clock.now())}.`;
      return { ended: { result: 'done', detail: told }, told, undoable: true };
    },
    cancel: (suggestion) =>
      inOrder(async () => {
        if (!waiting.delete(suggestion)) return null;
        wait();
        const told = 'Taken back: you will not be reminded.';
        return { ended: { result: 'done' as const, detail: told }, told, undoable: false };
      }),
    async resume() {
      for (let before: number | undefined; ;) {
        const page = await log.suggestions({
          states: ['accepted'],
          limit: 500,
          from: clock.now() - BACK_MS,
          ...(before !== undefined && { before }),
        });
        for (const each of page.rows) {
          const { operation } = each.proposal;
          if (operation?.kind !== 'remind' || waiting.has(each.id)) continue;
          const answer = await log.answerOf(each.id);
          // Without an answer the program ended between the accept and its first step.
          if (answer && !answer.undoable) continue;
          waiting.set(each.id, { operation, due: acceptedAt(each) + operation.minutes * MINUTE });
        }
        if (page.next === undefined) break;
        before = page.next;
      }
      await inOrder(look);
      wait();
    },
    forgotten: () =>
      inOrder(async () => {
        for (const id of waiting.keys()) if ((await log.suggestion(id)) === null) waiting.delete(id);
        wait();
      }),
    async close() {
      open = false;
      alarm?.stop();
      await tail;
      alarm?.stop();
    },
  };
}

function acceptedAt({ history, at }: Suggestion): number {
  return history.findLast((step) => step.state === 'accepted')?.at ?? at;
}

const dueFrom = (due: number, { minutes }: Remind) => due - minutes * MINUTE;

const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayTime = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The time of day, with the day where it is not today's. */
function timeWords(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? time.format(at) : dayTime.format(at);
}

/** A reminder is no reason to keep the program alive. */
function systemTimer(call: () => void, ms: number): { stop(): void } {
  const timer = setTimeout(call, ms).unref();
  return { stop: () => clearTimeout(timer) };
}
