import type { Sync } from 'x11';
import { AppError } from '../../errors.ts';
import type { IdleAdapter } from '../idle.ts';
import { connectX } from './connection.ts';

/** How late an alarm may be, in milliseconds. */
const ALARM_MS = 600;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
      let away = false;
      const tell = (now: boolean, idleMs: number) => {
        away = now;
        if (now) listener.away(idleMs);
        else listener.back();
      };
      link.onEvent((event) => {
        if (event.name !== 'AlarmNotify') return;
        if (event.alarm === rising) tell(true, event.counterValue ?? threshold);
        else if (event.alarm === falling) tell(false, 0);
      });
      const read = () => link.ask<number>((reply) => sync.QueryCounter(idle.counter, reply));
      const now = (await read()) ?? 0;
      tell(now >= threshold, now);

      /** The server looks at its alarms between two requests: what has just crossed is told a moment later. */
      const agrees = async () => {
        const value = await read();
        return value !== null && value >= threshold === away;
      };
      listener.proves?.({
        proof: 'the idle counter of the display agrees with what was told',
        async run() {
          if ((await agrees()) || (await after(ALARM_MS).then(agrees))) return { ok: true };
          const reason = 'the display counts idle time, but its alarms do not come any more';
          return { ok: false, restart: true, reason };
        },
      });
      return link.close;
    },
  };
}
