import type { Feedback } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { PolicySnapshot } from '../model/policy.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { sameTopic } from '../model/topic.ts';

/** Milliseconds an ignored topic rests, and an accepted one: busy then, or served just now. */
export const REST = 30 * 60_000;

const DAY = 86_400_000;

/**
 * Threshold on P(help is needed) for an eagerness of 0 to 1.
 *
 * Offering pays when p * C_miss > (1 - p) * C_fa, that is above C_fa / (C_fa + C_miss), the Bayes decision for two
 * costs (Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001). The dial sets the ratio of the costs:
 * ln(C_fa / C_miss) = 1.735 - 5.147 e + 2.026 e², which falls all the way and gives 0.85 at 0 (a false alarm costs
 * 5.7 missed needs), 0.50 at 0.4 and 0.20 at 1 (a missed need costs 4 false alarms).
 */
export function thresholdOf(eagerness: number): number {
  const e = Math.min(1, Math.max(0, eagerness));
  const falseAlarm = Math.exp(1.735 - 5.147 * e + 2.026 * e * e);
  const missedNeed = 1;
  return falseAlarm / (falseAlarm + missedNeed);
}

/** What may be offered now, and why not. */
export interface Policy {
  /** Rebuilds the memory of answers from the log: call before anything is offered, and after a forget. */
  load(): Promise<void>;
  /** True for a topic that was rejected, rests or is snoozed, and for everything in a muted `app`. */
  suppressed(topic: string, app?: string): boolean;
  /** The same in words for a decision's reason, or null. */
  why(topic: string, app?: string): string | null;
  /** Whether the user said `never-here` in this app. */
  muted(app: string): boolean;
  /** Why it is too soon after the last one shown, or null. */
  cooldown(now: number): string | null;
  /** Why no more are shown today (the local calendar day), or null. */
  dailyCap(now: number): string | null;
  /** Threshold and propensity now in force, logged with each suggestion. */
  snapshot(): PolicySnapshot;
  /** Takes one answer. */
  learn(feedback: Feedback): void;
  /** Takes a suggestion that changed: one that is shown starts the cool-down at once. */
  note(suggestion: Suggestion): void;
}

/** A policy over the settings of the moment and every answer so far. */
export function createPolicy(options: {
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly log: EventLog;
}): Policy {
  const { clock, settings, log } = options;
  const rejected = new Set<string>();
  const resting = new Map<string, { readonly until: number; readonly why: string }>();
  const mutes = new Set<string>();
  /** Suggestion -> times at which it was put on screen; the same showing may be told twice. */
  const shown = new Map<string, Set<number>>();

  const showing = (suggestion: string, at: number) => {
    // Neither the cool-down nor the cap of a day looks further back.
    if (at < clock.now() - 2 * DAY) return;
    const times = shown.get(suggestion) ?? new Set();
    shown.set(suggestion, times.add(at));
  };

  const release = (topic: string) => {
    for (const known of rejected) if (sameTopic(known, topic)) rejected.delete(known);
  };

  const rest = (topic: string, until: number, why: string) => {
    if (until > clock.now()) resting.set(topic, { until, why });
  };

  const learn = (feedback: Feedback) => {
    const { label, at, proposal } = feedback;
    const onScreen = feedback.via !== 'inbox' && feedback.via !== 'digest' && label !== 'expired';
    if (feedback.suggestion && onScreen) showing(feedback.suggestion, at - feedback.latency);
    if (!proposal) return;
    const { topic } = proposal;
    switch (label) {
      case 'rejected': {
        rejected.add(topic);
        const app = feedback.seen.findLast((observation) => observation.app)?.app;
        if (feedback.reason === 'never-here' && app) mutes.add(app.toLowerCase());
        break;
      }
      case 'accepted':
      case 'edited':
        release(topic);
        rest(topic, at + REST, 'it was accepted within the last half hour');
        break;
      case 'ignored':
        rest(topic, at + REST, 'it was ignored within the last half hour');
        break;
      case 'snoozed':
        rest(topic, at + settings().snoozeMinutes * 60_000, 'it is snoozed');
        break;
      case 'expired':
      case 'missed-need':
        break;
    }
  };

  const note = (suggestion: Suggestion) => {
    for (const step of suggestion.history) if (step.state === 'shown') showing(suggestion.id, step.at);
  };

  const why = (topic: string, app?: string): string | null => {
    if (app && mutes.has(app.toLowerCase())) return 'you asked never to be offered help in this app';
    for (const known of rejected) if (sameTopic(known, topic)) return 'you said no to this before';
    const now = clock.now();
    for (const [known, { until, why }] of resting) {
      if (until <= now) resting.delete(known);
      else if (sameTopic(known, topic)) return why;
    }
    return null;
  };

  const times = () => [...shown.values()].flatMap((each) => [...each]);

  return {
    async load() {
      const answers: Feedback[] = [];
      for (let before: number | undefined; ;) {
        const page = await log.feedbacks({ limit: 1000, ...(before === undefined ? {} : { before }) });
        answers.push(...page.rows);
        if (page.next === undefined) break;
        before = page.next;
      }
      const recent = await log.suggestions({ limit: 1000, from: clock.now() - 2 * DAY });
      for (const memory of [rejected, resting, mutes, shown]) memory.clear();
      for (const feedback of answers.toReversed()) learn(feedback);
      for (const suggestion of recent.rows) {
        note(suggestion);
        if (suggestion.state === 'snoozed' && suggestion.until) {
          rest(suggestion.proposal.topic, suggestion.until, 'it is snoozed');
        }
      }
    },
    suppressed: (topic, app) => why(topic, app) !== null,
    why,
    muted: (app) => mutes.has(app.toLowerCase()),
    cooldown(now) {
      const last = times()
        .filter((at) => at <= now)
        .reduce((a, b) => Math.max(a, b), -Infinity);
      const left = Math.ceil((last + settings().cooldownSeconds * 1000 - now) / 1000);
      return left > 0 ? `cooling down for another ${left} s after the last suggestion` : null;
    },
    dailyCap(now) {
      const day = new Date(now).setHours(0, 0, 0, 0);
      const today = times().filter((at) => at >= day && at <= now).length;
      const cap = settings().dailyCap;
      return today >= cap ? `${today} suggestions were shown today and the daily cap is ${cap}` : null;
    },
    snapshot() {
      const { eagerness } = settings();
      return { threshold: thresholdOf(eagerness), propensity: 1, eagerness };
    },
    learn,
    note,
  };
}
