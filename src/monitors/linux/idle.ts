import type { Sync } from 'x11';
import { AppError } from '../../errors.ts';
import type { IdleAdapter } from '../idle.ts';
import { connectX } from './connection.ts';

/**
 * AFK on X11 by two alarms on the server's IDLETIME counter (X Synchronization Extension, section on alarms): one
 * when it rises to the time-out, one when it falls back. The server wakes us, so nothing is polled, and the return is
 * noticed with the first key or movement; asking the screen-saver extension would mean a timer for either.
 */
export function createX11Idle(env: NodeJS.ProcessEnv): IdleAdapter {
  return {
    async open(threshold, listener) {
      const link = await connectX('monitor:idle', env, listener.died);
      const { X } = link;
      const sync = await link.ask<Sync>((reply) => X.require('sync', reply));
      const counters =
        sync && (await link.ask<readonly { counter: number; name: string }[]>(sync.ListSystemCounters));
      const idle = counters?.find((each) => each.name === 'IDLETIME');
      if (!sync || !idle) {
        await link.close();
        throw new AppError(
          'missing-program',
          '[monitor:idle] this X server has no idle counter (SYNC IDLETIME), so time away cannot be told; use an X.Org server',
        );
      }
      const alarm = (value: number, testType: number) => {
        const id = X.AllocID();
        sync.CreateAlarm(id, {
          counter: idle.counter,
          valueType: sync.ValueType.Absolute,
          value,
          testType,
          // A transition with delta 0 stays armed and fires at every crossing.
          delta: 0,
          events: 1,
        });
        return id;
      };
      const rising = alarm(threshold, sync.TestType.PositiveTransition);
      const falling = alarm(threshold - 1, sync.TestType.NegativeTransition);
      link.onEvent((event) => {
        if (event.name !== 'AlarmNotify') return;
        if (event.alarm === rising) listener.away(event.counterValue ?? threshold);
        else if (event.alarm === falling) listener.back();
      });
      const now = (await link.ask<number>((reply) => sync.QueryCounter(idle.counter, reply))) ?? 0;
      if (now >= threshold) listener.away(now);
      else listener.back();
      return link.close;
    },
  };
}
