import type { Receipt } from './decision.ts';
import type { Event } from './event.ts';
import type { Judgement, Need } from './judgement.ts';
import type { Observation } from './observation.ts';
import type { Proposal } from './proposal.ts';

/** One thing the gate may weigh: a name, a number, and how to say it to the user. */
export interface Fact {
  readonly name: string;
  readonly value: number;
  /** Plain words when the fact speaks, e.g. "results of a search are on screen". */
  readonly words: string;
}

/** P(help is needed now), before any model call. Under a millisecond, never throws. */
export interface Gate {
  readonly version: string;
  need(facts: readonly Fact[]): Need;
}

/** What a proposer may look at. Newest last. */
export interface ProposerContext {
  readonly now: number;
  readonly observations: readonly Observation[];
  /** Raw events behind the window, empty when only sentences are known (an imported trace). */
  readonly events: readonly Event[];
  readonly need: Need;
  /** Called with the receipt of every model call made. */
  readonly onReceipt: (receipt: Receipt) => void;
  /** Called by a proposer that looked at fewer observations than there are, with exactly those. */
  readonly onSeen?: (observations: readonly Observation[]) => void;
}

/** Makes candidates. An empty list is silence. May reject; the agent turns that into an ended turn. */
export interface Proposer {
  readonly name: string;
  propose(context: ProposerContext, signal: AbortSignal): Promise<readonly Proposal[]>;
}

/** P(the user accepts this proposal, or this silence), given what was seen. */
export interface Judge {
  readonly name: string;
  judge(observations: readonly Observation[], proposal: Proposal | null): Promise<Judgement>;
}

/** What a score is made of: the need of the moment, one candidate, what the judge says of it, and where. */
export interface Offered {
  readonly need: Need;
  readonly proposal: Proposal;
  readonly judgement?: Judgement;
  /** App in front. */
  readonly app?: string;
}

/** P(the person accepts this candidate now), 0 to 1, calibrated: need and judgement together, and what this user adds. */
export type Score = (offered: Offered) => number;

/** What one user adds to every score, in log-odds; 0 for a user about whom nothing is known. */
export interface Taste {
  readonly version: string;
  bias(kind: string, app: string | undefined): number;
}
