import type { Judge, Offered } from '../model/agent.ts';
import type { Feedback } from '../model/feedback.ts';
import type { Need } from '../model/judgement.ts';
import { labelOf } from '../model/label.ts';
import type { Observation } from '../model/observation.ts';
import type { PolicySnapshot } from '../model/policy.ts';
import { logit } from '../reward/score.ts';
import type { Rate } from './lessons.ts';

/** The kind under which a moment without a proposal is learnt: what is true of needs alone is no bias of any offer. */
const MOMENT = 'moment';
/**
 * A moment drawn with probability p stands for 1 / p of its kind (Horvitz and Thompson, J. Am. Stat. Assoc. 47, 1952), but one
 * answer must not outvote a week: beyond this the weight is cut, which trades some bias for far less variance.
 */
const MOST_WEIGHT = 3;
/** Nobody presses a key where nothing is missed, so a pressed one counts half. */
const OWN_ACCORD = 0.5;

/** Rates answers by the shipped score, judge and gate: what was learnt before has no part in what is learnt now. */
export function createRate(shipped: {
  /** The shipped score in log-odds, without anybody's taste. */
  readonly logit: (offered: Offered) => number;
  readonly judge?: Judge;
  /** Need of a moment of which sentences alone are known. */
  readonly need: (seen: readonly Observation[]) => Need;
}): Rate {
  return async (feedback, suggestion) => {
    const label = labelOf(feedback);
    if (typeof label === 'string') return null;
    const { seen, proposal, via, at } = feedback;
    const app = seen.findLast((each) => each.app)?.app;
    const need = suggestion?.gate ?? shipped.need(seen);
    const ownAccord = via === 'hotkey';
    const base = {
      at,
      ...(app !== undefined && { app }),
      weight: ownAccord ? OWN_ACCORD : weightOf(feedback.policy),
      ...(ownAccord && { ownAccord }),
    };
    if (label.pred_task === null || !proposal) {
      const accepted = label.help_needed === true;
      return { ...base, logit: logit(need.probability), accepted, kind: MOMENT };
    }
    const judgement = await judged(feedback, suggestion?.reward);
    const said = shipped.logit({ need, proposal, ...(judgement && { judgement }) });
    return { ...base, logit: said, accepted: label.valid, kind: proposal.proposer };
  };

  /** As it was judged then, unless another judge is shipped by now. */
  async function judged({ seen, proposal }: Feedback, then: { readonly by: string } | undefined) {
    const { judge } = shipped;
    if (!judge || then?.by === judge.name) return then as Awaited<ReturnType<Judge['judge']>> | undefined;
    return judge.judge(seen, proposal ?? null);
  }
}

function weightOf(policy: PolicySnapshot | undefined): number {
  return Math.min(MOST_WEIGHT, 1 / Math.max(policy?.propensity ?? 1, 1 / MOST_WEIGHT));
}
