import type { Judge, Score } from '../model/agent.ts';
import type { Judgement, Need } from '../model/judgement.ts';
import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';

/** A proposal with what the judge says of it, and P(it is accepted now), where there are these. */
export interface Candidate {
  readonly proposal: Proposal;
  readonly judgement?: Judgement;
  readonly score?: number;
}

/**
 * Best first: by the score, which holds need, judgement, kind of proposer and taste together, or without one by the judgement
 * alone, since need is the same for all candidates of one turn. Without a judge, or one that fails, the score has need and
 * kind; without a score too the given order stays: patterns in front of the model.
 */
export async function rank(
  proposals: readonly Proposal[],
  observations: readonly Observation[],
  by: { readonly need: Need; readonly judge: Judge | undefined; readonly score: Score | undefined },
): Promise<readonly Candidate[]> {
  const given = [...proposals.filter(isGrounded), ...proposals.filter((each) => !isGrounded(each))];
  const judgements = await judged(given, observations, by.judge);
  // The app that an answer will be counted under.
  const app = observations.findLast((each) => each.app)?.app;
  const candidates = given.map((proposal, at): Candidate => {
    const judgement = judgements?.[at];
    const offered = { need: by.need, proposal, ...(judgement && { judgement }), ...(app && { app }) };
    return {
      proposal,
      ...(judgement && { judgement }),
      ...(by.score && { score: by.score(offered) }),
    };
  });
  return candidates.sort((a, b) => worth(b) - worth(a));
}

async function judged(
  proposals: readonly Proposal[],
  observations: readonly Observation[],
  judge: Judge | undefined,
): Promise<readonly Judgement[] | null> {
  if (!judge) return null;
  try {
    return await Promise.all(proposals.map((proposal) => judge.judge(observations, proposal)));
  } catch {
    return null;
  }
}

function worth({ score, judgement }: Candidate): number {
  return score ?? judgement?.probability ?? 0;
}

function isGrounded(proposal: Proposal): boolean {
  return proposal.proposer.startsWith('pattern:');
}
