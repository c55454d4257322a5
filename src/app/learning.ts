import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of the digest and of the reward model's card. */
export type Learning = Pick<
  Handlers<Assistant>,
  'digest.list' | 'digest.answer' | 'reward.card' | 'reward.train' | 'reward.use'
>;

/** Learning from the answers. */
export function createLearning(): Learning {
  return {
    'digest.list': later,
    'digest.answer': later,
    'reward.card': later,
    'reward.train': later,
    'reward.use': later,
  };
}

function later(): never {
  throw new AppError('not-running', '[learning] being built');
}
