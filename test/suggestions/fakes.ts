import type { EventLog } from '../../src/model/log.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { Settings } from '../../src/model/settings.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import type { Timers } from '../../src/suggestions/timers.ts';

/** A clock with timers: time passes only when told. */
export function fakeTime(start = Date.UTC(2026, 0, 15, 10)) {
  let now = start;
  let next = 1;
  const due = new Map<number, { at: number; callback: () => void }>();
  const timers: Timers = {
    set(callback, ms) {
      due.set(next, { at: now + Math.max(0, ms), callback });
      return next++;
    },
    clear: (timer) => void due.delete(timer as number),
  };
  return {
    clock: { now: () => now },
    timers,
    waiting: () => due.size,
    /** Lets `ms` pass, firing what is due in order, and lets promises settle after each. */
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const first = [...due].filter(([, each]) => each.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
        if (!first) break;
        due.delete(first[0]);
        now = Math.max(now, first[1].at);
        first[1].callback();
        await settle();
      }
      now = end;
      await settle();
    },
    /** The clock jumps without any timer firing, as over a suspend. */
    jump: (ms: number) => void (now += ms),
  };
}

/** Lets every promise that waits for nothing settle. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 5; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** One observation, with the app in which it was made. */
export function seen(event = 'The user switches to the editor.', app = 'Editor', time = 1): Observation {
  const id = newId(time);
  return { id, time, duration: 0, kind: 'window', app, event, sources: [id] };
}

/** A proposal that lives ten minutes. */
export function proposal(topic: string, more: Partial<Proposal> = {}): Proposal {
  return {
    task: `Look up ${topic}`,
    message: `Shall I look up ${topic}?`,
    why: 'third search for the same words in two minutes',
    topic,
    proposer: 'pattern:repeated-search',
    operation: { kind: 'search', query: topic },
    lifetime: 600_000,
    ...more,
  };
}

/** An offer as the agent makes it. */
export function offer(topic: string, more: Partial<Proposal> = {}) {
  return {
    proposal: proposal(topic, more),
    seen: [seen()],
    gate: { probability: 0.7, reasons: ['results of a search are on screen'] },
    reasons: ['third search for the same words in two minutes'],
    policy: { threshold: 0.5, propensity: 1, eagerness: 0.4 },
    promptVersion: 'v1',
  };
}

/** A whole suggestion, held since `at`. */
export function suggestion(topic: string, at: number, more: Partial<Suggestion> = {}): Suggestion {
  return {
    ...offer(topic),
    id: newId(at),
    at,
    state: 'held',
    history: [{ state: 'held', at }],
    until: at + 600_000,
    ...more,
  };
}

/** Settings with some changed. */
export function settingsWith(more: Partial<Settings> = {}): Settings {
  return { ...Settings.parse({}), ...more };
}

/** Every answer in a log, oldest first. */
export async function answersIn(log: EventLog) {
  return (await log.feedbacks({ limit: 1000 })).rows.toReversed();
}
