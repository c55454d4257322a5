import type { Feedback } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Mute } from '../model/mute.ts';
import type { PolicySnapshot } from '../model/policy.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { sameOfOtherFiles, sameTopic } from '../model/topic.ts';
import { createMutes, type Offerable } from './mutes.ts';

/** Milliseconds an ignored topic rests, and an accepted one: busy then, or served just now. */
export const REST = 30 * 60_000;

/** Rejections for different files after which the same is offered for no file of that kind. */
const SEVERAL = 2;

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
  /**
   * True for what is muted, for a topic that was rejected, rests or is snoozed, and for what was rejected for several
   * other files of the same kind.
   */
  suppressed(topic: string, app?: string, proposer?: string): boolean;
  /** The same in words for a decision's reason, or null. */
  why(topic: string, app?: string, proposer?: string): string | null;
  /** Whether the user said `never-here` in this app. */
  muted(app: string): boolean;
  /** Why something is muted for good, in words, or null. */
  mutedBecause(offered: Offerable): string | null;
  /** What is muted, newest first. */
  mutes(): readonly Mute[];
  /** Mutes for good what a suggestion stands for; rejects as `Mutes` does and as the log does. */
  mute(suggestion: Suggestion, what: Mute['what']): Promise<void>;
  /** Takes a mute back; a topic that was rejected may then come again too. */
  unmute(what: Mute['what'], name: string): Promise<void>;
  /** Why it is too soon after the last one shown, or null. */
  cooldown(now: number): string | null;
  /** Why no more are shown today (the local calendar day), or null. */
  dailyCap(now: number): string | null;
  /** Threshold and propensity now in force, logged with each decision that had a score. */
  snapshot(propensity?: number): PolicySnapshot;
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
  /** Version of what was learnt, in force now; undefined for the shipped model. */
  readonly learnt?: () => string | undefined;
}): Policy {
  const { clock, settings, log } = options;
  /** Topic -> when it was rejected last (epoch milliseconds), and which proposers it came from. */
  const rejected = new Map<string, { readonly at: number; readonly by: ReadonlySet<string> }>();
  /** Topic -> when it was accepted last. */
  const accepted = new Map<string, number>();
  const resting = new Map<string, { readonly until: number; readonly why: string }>();
  const mutes = createMutes({ clock, log });
  /** Suggestion -> times at which it was put on screen; the same showing may be told twice. */
  const shown = new Map<string, Set<number>>();

  const showing = (suggestion: string, at: number) => {
    // Neither the cool-down nor the cap of a day looks further back.
    if (at < clock.now() - 2 * DAY) return;
    const times = shown.get(suggestion) ?? new Set();
    shown.set(suggestion, times.add(at));
  };

  const release = (topic: string) => {
    for (const known of rejected.keys()) if (sameTopic(known, topic)) rejected.delete(known);
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
        if (!mutes.lifted(topic, at)) {
          const by = new Set(rejected.get(topic)?.by).add(proposal.proposer);
          rejected.set(topic, { at, by });
        }
        mutes.learn(feedback);
        break;
      }
      case 'accepted':
      case 'edited':
        release(topic);
        accepted.set(topic, at);
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

  /** A person who said no to this for several files, and yes to none since, means the kind and not the files. */
  const rejectedForOthers = (topic: string, proposer: string) => {
    const alike = [...rejected].filter(
      ([known, { by }]) => by.has(proposer) && sameOfOtherFiles(known, topic),
    );
    const yes = [...accepted].filter(([known]) => sameOfOtherFiles(known, topic)).map(([, at]) => at);
    return alike.filter(([, { at }]) => at > Math.max(...yes)).length >= SEVERAL;
  };

  const why = (topic: string, app?: string, proposer?: string): string | null => {
    const muted = mutes.why({ topic, ...(app && { app }), ...(proposer && { proposer }) });
    if (muted) return muted;
    for (const known of rejected.keys()) if (sameTopic(known, topic)) return 'you said no to this before';
    if (proposer && rejectedForOthers(topic, proposer)) return 'you said no to this for other files';
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
      await mutes.load();
      for (const memory of [rejected, accepted, resting, shown]) memory.clear();
      for (const feedback of answers.toReversed()) learn(feedback);
      for (const suggestion of recent.rows) {
        note(suggestion);
        if (suggestion.state === 'snoozed' && suggestion.until) {
          rest(suggestion.proposal.topic, suggestion.until, 'it is snoozed');
        }
      }
    },
    suppressed: (topic, app, proposer) => why(topic, app, proposer) !== null,
    why,
    muted: mutes.app,
    mutedBecause: mutes.why,
    mutes: mutes.list,
    mute: mutes.mute,
    async unmute(what, name) {
      await mutes.unmute(what, name);
      if (what === 'topic') release(name);
    },
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
    snapshot(propensity = 1) {
      const { eagerness } = settings();
      const learnt = options.learnt?.();
      return {
        threshold: thresholdOf(eagerness),
        propensity,
        eagerness,
        ...(learnt !== undefined && { learnt }),
      };
    },
    learn,
    note,
  };
}
