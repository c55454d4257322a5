import { join } from 'node:path';
import { factsFromSentences } from '../agent/facts.ts';
import type { Judge, Offered } from '../model/agent.ts';
import type { Paths } from '../paths.ts';
import { createLinearJudge } from '../reward/linearJudge.ts';
import { createScoreLogit } from '../reward/score.ts';
import { readShippedReward, type ShippedReward } from '../reward/shipped.ts';

/** The reward model that the program came with. */
export interface RewardHere {
  readonly weights: ShippedReward;
  readonly judge: Judge;
  /** The score in log-odds, without anybody's taste. */
  readonly logit: (offered: Offered) => number;
}

/** Reads the shipped reward model. Throws `unreadable`. */
export function openReward(paths: Pick<Paths, 'assets'>): RewardHere {
  const weights = readShippedReward(join(paths.assets, 'judge.json'));
  const judge = createLinearJudge(weights.judge, (seen) => factsFromSentences(seen, seen.at(-1)?.time ?? 0));
  return { weights, judge, logit: createScoreLogit(weights.score) };
}
