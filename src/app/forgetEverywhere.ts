import { keptFrom } from '../log/retention.ts';
import type { Event } from '../model/event.ts';
import type { FilePlaces } from '../model/files.ts';
import type { EventLog, ForgetFilter, KeepFrom } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Observer } from '../observations/window.ts';
import type { Operations } from '../operations/operation.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Policy } from '../suggestions/policy.ts';
import type { Announcer } from './announce.ts';
import type { Dwell } from './dwell.ts';
import { forgetting, type Forgetting } from './forgetting.ts';
import type { Keeper } from './keeper.ts';
import type { Offers } from './offers.ts';
import type { Today } from './today.ts';

/** Forgotten single events whose later forms are still known; what is in front is among the newest. */
const MOMENTS = 2000;

/** A monitor tells of one thing with one time, whatever its duration has grown to. */
const momentOf = ({ monitor, kind, at }: Event) => `${monitor} ${kind} ${at}`;

/** Forgets in the log and in everything of the heart that remembers. No turn of the agent may run meanwhile. */
export function createForgetEverywhere(parts: {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly keeper: Keeper;
  readonly observer: Observer;
  readonly announcer: Announcer;
  readonly dwell: Dwell;
  readonly places: FilePlaces;
  readonly operations: Operations;
  /** Suggestions whose operation runs. */
  readonly atWork: Set<string>;
  readonly lifecycle: Lifecycle;
  readonly offers: Offers;
  readonly policy: Policy;
  readonly today: Today;
  /** Told when all is forgotten. */
  readonly onChange: () => void;
}) {
  const { clock, log, keeper, observer, announcer, dwell, operations, atWork, policy, today } = parts;
  /** What began before this was forgotten while it went on: its end must not bring it back. */
  let until = -Infinity;
  /** Single events that were forgotten, by moment: a window still in front tells of itself again when it is left. */
  const moments = new Set<string>();

  function forgetHere(filter: ForgetFilter, what: Forgetting): void {
    const now = clock.now();
    keeper.forget(what);
    announcer.forget(what.observation);
    const seen = observer.window(Infinity).filter(what.observation);
    const events = observer.events(Infinity).filter(what.event);
    if ('events' in filter) {
      const sources = new Set(seen.flatMap((each) => each.sources));
      for (const each of observer.events(Infinity)) {
        if (sources.has(each.id) || what.event(each)) moments.add(momentOf(each));
      }
      for (const oldest of moments) {
        if (moments.size <= MOMENTS) break;
        moments.delete(oldest);
      }
    }
    observer.forget([...seen, ...events].map(({ id }) => id));
    // Where files lie is found again by what is still kept of them.
    if (!('suggestion' in filter) && !('study' in filter)) parts.places.clear();
    // One event that was taken back began and ended alone: what goes on beside it is not forgotten.
    if (seen.length + events.length > 0 && !('events' in filter)) {
      until = now;
      dwell.reset();
    }
  }

  return {
    /** Whether an event began before a forget, or is a later form of a forgotten one: it may be about what was forgotten. */
    began(event: Event): boolean {
      // A clock that was set back must not make all that comes look forgotten.
      until = Math.min(until, clock.now());
      return event.at < until || moments.has(momentOf(event));
    },
    /** Resolves with how many observations went. */
    async forget(filter: ForgetFilter): Promise<number> {
      const what = forgetting(filter, observer.events(Infinity));
      // In memory first: while the log works, what goes on must not grow what is being forgotten and write it again.
      const given = keeper.given();
      forgetHere(filter, what);
      const forgotten = await log.forget(filter);
      await keeper.flush();
      // What was on its way then and could not be written waits again; what came since stays.
      keeper.forget(what, given);
      for (const id of atWork) {
        if ((await log.suggestion(id)) !== null) continue;
        atWork.delete(id);
        operations.stop(id);
      }
      await parts.lifecycle.forgotten();
      await operations.forgotten();
      await parts.offers.check(async (id) => (await log.suggestion(id)) !== null);
      await Promise.all([policy.load(), today.reload()]);
      parts.onChange();
      return forgotten;
    },
    /** Retention removed from the log what is older than `from`: so does memory. */
    async expire(from: KeepFrom): Promise<void> {
      const old = observer
        .window(Infinity)
        .filter((each) => each.time + each.duration < keptFrom(from, each.kind, each.site !== undefined));
      observer.forget(old.map(({ id }) => id));
      await operations.forgotten();
      await Promise.all([policy.load(), today.reload()]);
      announcer.stateChanged();
    },
  };
}
