import type { Judge } from '../model/agent.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';

/** A proposal with what the judge says of it, where there is one. */
export interface Candidate {
  readonly proposal: Proposal;
  readonly judgement?: Judgement;
}

/**
 * Best first. Need is the same for all candidates of one turn, so ranking by logit(need) + logit(judgement)
 * (JUDGEMENT.md) is ranking by the judgement alone. Without a judge, or one that fails, the given order stays:
 * patterns in front of the model.
 */
export async function rank(
  proposals: readonly Proposal[],
  observations: readonly Observation[],
  judge: Judge | undefined,
): Promise<readonly Candidate[]> {
  const given = [...proposals.filter(isGrounded), ...proposals.filter((each) => !isGrounded(each))];
  const plain = given.map((proposal): Candidate => ({ proposal }));
  if (!judge || given.length === 0) return plain;
  try {
    const judged = await Promise.all(
      given.map(async (proposal) => ({ proposal, judgement: await judge.judge(observations, proposal) })),
    );
    return judged.sort((a, b) => b.judgement.probability - a.judgement.probability);
  } catch {
    return plain;
  }
}

function isGrounded(proposal: Proposal): boolean {
  return proposal.proposer.startsWith('pattern:');
}
