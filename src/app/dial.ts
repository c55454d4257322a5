import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of the eagerness dial's what-if and of what is muted. */
export type DialChannels = Pick<
  Handlers<Assistant>,
  'policy.whatIf' | 'policy.mutes' | 'policy.mute' | 'policy.unmute'
>;

/** What other settings of the dial would have done, and what the user muted. */
export function createDial(): DialChannels {
  return { 'policy.whatIf': later, 'policy.mutes': later, 'policy.mute': later, 'policy.unmute': later };
}

function later(): never {
  throw new AppError('not-running', '[policy] being built');
}
