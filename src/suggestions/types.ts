import type { FeedbackVia, RejectReason } from '../model/feedback.ts';
import type { Judgement, Need } from '../model/judgement.ts';
import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';
import type { StudyMark } from '../model/study.ts';
import type { PolicySnapshot } from '../model/policy.ts';
import type { Suggestion } from '../model/suggestion.ts';
import type { Boundary } from './boundary.ts';

/** What a new suggestion is made of. */
export interface Offer {
  readonly proposal: Proposal;
  /** Exactly the observations the prompt was made of. */
  readonly seen: readonly Observation[];
  readonly gate: Need;
  readonly reward?: Judgement;
  /** P(it is accepted now), where it was scored. */
  readonly score?: number;
  readonly reasons: readonly string[];
  readonly policy: PolicySnapshot;
  readonly promptVersion: string;
  /** The study in force, if any. */
  readonly study?: StudyMark;
}

/** How an answer was given. */
export interface AnswerHow {
  readonly via: FeedbackVia;
  /** Of a reject. */
  readonly reason?: RejectReason;
  /** Of an accept: the task in the person's own words. What says the same as the proposal is no edit. */
  readonly task?: string;
  /** Whether help was wanted then, where the person said so. */
  readonly needed?: boolean;
}

/** What a person can say to a suggestion. */
export type AnswerWord = 'accept' | 'reject' | 'snooze';

/**
 * Suggestions from held to answered. Calls are served one at a time, in order; every step is in the log before
 * `onChange` and `onFeedback` hear of it. A suggestion that was forgotten in the log is dropped at its next step and
 * never written again.
 */
export interface Lifecycle {
  /** Holds a new suggestion until a boundary; null when one about the same topic already waits or is shown. */
  offer(offer: Offer): Promise<Suggestion | null>;
  /**
   * Keeps a suppressed candidate for the digest alone: ended before it began, with a note. It is never shown, rings
   * nowhere and holds back no other.
   */
  audit(offer: Offer, note: string): Promise<Suggestion>;
  /** Ends the one that is shown as ignored, since nobody should be interrupted just now. `note` says why. */
  putAside(note: string): Promise<void>;
  /** Shows the one that has waited longest, unless one is shown. Nothing is ever shown in shadow mode. */
  boundary(kind: Boundary): Promise<void>;
  /** Takes an answer; `not-found` for an unknown id, `refused` for one that can no longer be answered that way. */
  answer(id: string, answer: AnswerWord, how: AnswerHow): Promise<Suggestion>;
  /**
   * Someone reads the one that is shown: it goes `left` milliseconds from now instead, never earlier than it would have
   * and never later than ten minutes after it came. True where that changed something.
   */
  stay(id: string, left: number): Promise<boolean>;
  current(): Suggestion | null;
  /** How many are held. */
  waiting(): number;
  /** Takes back one that is held; `refused` for any other. `note` says why. */
  withdraw(id: string, note: string): Promise<void>;
  /** Drops what the log no longer has: call after a `forget`. Nothing is written. */
  forgotten(): Promise<void>;
  /** Takes up what an earlier run left: held ones are held or expire, one on screen was ignored, snoozes go on. */
  resume(): Promise<void>;
  /** Resolves when no step is being taken. */
  settled(): Promise<void>;
  /** Ends every timer; what is held or snoozed stays so in the log. */
  close(): Promise<void>;
}
