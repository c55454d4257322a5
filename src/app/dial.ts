import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { EventLog } from '../model/log.ts';
import type { Mute } from '../model/mute.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Handlers } from '../rpc.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Policy } from '../suggestions/policy.ts';
import { whatIf } from '../suggestions/whatIf/whatIf.ts';

/** Channels of the eagerness dial's what-if and of what is muted. */
export type DialChannels = Pick<
  Handlers<Assistant>,
  'policy.whatIf' | 'policy.mutes' | 'policy.mute' | 'policy.unmute'
>;

/** What other settings of the dial would have done, and what the user muted. */
export function createDial(parts: {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly policy: Policy;
  readonly lifecycle: Pick<Lifecycle, 'answer' | 'withdraw'>;
}): DialChannels {
  const { log, clock, settings, policy, lifecycle } = parts;
  const mutes = (): Mute[] => [...policy.mutes()];

  return {
    'policy.whatIf': ({ eagerness, days }) =>
      whatIf({ log, clock, settings: settings(), eagerness, ...(days !== undefined && { days }) }),
    'policy.mutes': mutes,
    async 'policy.mute'({ suggestion: id, what }) {
      const suggestion = await log.suggestion(id);
      if (!suggestion) throw new AppError('not-found', '[policy] this suggestion was forgotten.');
      await policy.mute(suggestion, what);
      // Muting says no to the one it was said of, too; one that was answered meanwhile keeps its answer.
      const end =
        suggestion.state === 'held'
          ? lifecycle.withdraw(id, 'muted')
          : suggestion.state === 'shown'
            ? lifecycle.answer(id, 'reject', { via: 'card' })
            : Promise.resolve();
      await end.catch((thrown: unknown) => {
        if (!(thrown instanceof AppError && thrown.code === 'refused')) throw thrown;
      });
      return mutes();
    },
    async 'policy.unmute'({ what, name }) {
      await policy.unmute(what, name);
      return mutes();
    },
  };
}
