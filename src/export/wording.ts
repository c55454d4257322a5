import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';

/** A model's prompt: what its system message and its one user message say. */
export interface Prompt {
  readonly system: string;
  readonly user: string;
}

/**
 * The agent's own words, lent by the stage that really speaks to the model, so that training sees what use will show.
 * `reply` is the model's whole answer for a proposal, or for silence; null where its grammar cannot write it.
 */
export interface AgentWording {
  /** Version of the prompt file. */
  readonly version: string;
  prompt(seen: readonly Observation[]): Prompt;
  reply(proposal: Proposal | null): string | null;
}

/** The judge's own words: a proposal, or silence (null), is judged right or wrong in `reply`. */
export interface JudgeWording {
  readonly version: string;
  prompt(seen: readonly Observation[], proposal: Proposal | null): Prompt;
  reply(valid: boolean): string;
}

/** Both, as the formats need them. */
export interface Wording {
  readonly agent: AgentWording;
  readonly judge: JudgeWording;
}
