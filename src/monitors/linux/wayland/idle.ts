import type { IdleAdapter } from '../../idle.ts';
import { lacking } from './lacking.ts';
import { answers, connectWayland } from './wire.ts';

/**
 * The two protocols by which a compositor tells idle time, newest first. Both make, of a seat and a time-out, an object
 * whose event 0 says idle and 1 says back; they differ in the order of the request's arguments.
 */
const PROTOCOLS = [
  { name: 'ext_idle_notifier_v1', opcode: 1, args: (seat: number, ms: number) => [ms, seat] },
  { name: 'org_kde_kwin_idle', opcode: 0, args: (seat: number, ms: number) => [seat, ms] },
] as const;
const IDLE = 0;

/**
 * AFK under Wayland by the compositor's idle notification, the one `swayidle` asks: nothing is polled and no child
 * process is needed. A program that inhibits idling (a film) counts as presence.
 */
export function createWaylandIdle(env: NodeJS.ProcessEnv): IdleAdapter {
  return {
    async open(threshold, listener) {
      const display = await connectWayland('monitor:idle', env, listener.died);
      try {
        const protocol = PROTOCOLS.find(({ name }) => display.offers(name) > 0);
        if (!protocol || display.offers('wl_seat') === 0) {
          throw lacking('idle', env, 'tells no program how long there was no input');
        }
        const seat = display.bind('wl_seat', 1);
        const notifier = display.bind(protocol.name, 1);
        const notification = display.create();
        display.send(notifier, protocol.opcode, notification, ...protocol.args(seat, threshold));
        // The time-out starts with this object, so somebody is there until it has passed.
        listener.back();
        display.on(notification, (opcode) => {
          if (opcode === IDLE) listener.away(threshold);
          else listener.back();
        });
        await display.sync();
        listener.proves?.(answers(display));
        return () => display.close();
      } catch (thrown) {
        await display.close();
        throw thrown;
      }
    },
  };
}
