import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';
import type { DigestChannels } from './digest.ts';
import type { Learner } from './learner.ts';

/** Channels of the digest and of the reward model's card. */
export type Learning = DigestChannels &
  Pick<Handlers<Assistant>, 'reward.card' | 'reward.train' | 'reward.use'>;

/** Learning from the answers, as the window and the command line ask for it. */
export function createLearning(learner: Learner, digest: DigestChannels): Learning {
  return {
    ...digest,
    'reward.card': () => learner.card(),
    'reward.train': () => learner.train(),
    'reward.use': ({ id }) => learner.use(id),
  };
}
