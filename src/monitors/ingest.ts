import { newId } from '../model/id.ts';
import type { Guard, Source } from '../model/guard.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import type { BeatFeed, Pulse } from './beat.ts';
import { AFK, EDITOR, INPUT, readBeat, type Reading, WEB, WINDOW } from './beatReading.ts';
import { createDrops } from './drops.ts';
import type { FocusTracker } from './focus.ts';
import { createFrontPage } from './frontPage.ts';
import { createSupervised, type Life } from './supervised.ts';

/** A client's clock is this machine's; what claims to be later than this, in milliseconds, is not believed. */
const FUTURE_MS = 60_000;

/** The longest that a browser extension is silent about a page that stays, in milliseconds. */
const BEAT_MS = 80_000;

/** Whether a watcher of another program is used where our own source is missing. */
export interface Foreign {
  /** True when the window source is on but the platform lacks it (e.g. a Wayland desktop without a way to ask). */
  window(): boolean;
  idle(): boolean;
}

/** The source whose counts a refused heartbeat belongs to. */
const SOURCE: Readonly<Record<string, Source>> = {
  [WEB]: 'web',
  [EDITOR]: 'editor',
  [WINDOW]: 'window',
  [AFK]: 'idle',
  [INPUT]: 'keyboard',
};

/** What a bucket said last and how long it lasts. */
interface Stay {
  readonly reading: Exclude<Reading, { dropped: string }>;
  readonly at: number;
  readonly duration: number;
  /** Duration already told. */
  readonly told: number;
}

/**
 * Events of ActivityWatch clients: pages of the browser in front, files in editors. Each is emitted at once, and again
 * with the same `at` and data and its real duration when the client moves on. What lies before the start of watching (a
 * client's queue of a pause, say) is dropped; so are keys of foreign watchers, always, and windows and presence of
 * foreign watchers while our own sources work.
 */
export function createIngestMonitor(options: {
  readonly feed: BeatFeed;
  readonly focus: FocusTracker | null;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly foreign: Foreign;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { feed, guard, clock, foreign } = options;

  const watch = (life: Life) => {
    const since = clock.now();
    const stays = new Map<string, Stay>();
    const drops = createDrops({ clock, emit: life.emit, monitor: 'activityWatch' });

    const emit = (stay: Pick<Stay, 'reading' | 'at' | 'duration'>) => {
      const { monitor, ...rest } = stay.reading;
      life.emit({ id: newId(), at: stay.at, duration: stay.duration, monitor, ...rest });
    };

    const leave = (bucket: string, seen = -Infinity) => {
      const stay = stays.get(bucket);
      stays.delete(bucket);
      if (!stay) return;
      // A page beats once a minute; between two beats it is the desktop that saw how long it was in front.
      const duration = Math.max(stay.duration, Math.min(seen - stay.at, stay.duration + BEAT_MS));
      if (duration > stay.told) emit({ ...stay, duration });
    };

    const begin = (pulse: Pulse, reading: Reading, from: number) => {
      leave(pulse.bucket);
      if ('dropped' in reading) {
        drops.add(reading.source, reading.dropped);
        return;
      }
      const at = Math.max(from, since);
      const duration = Math.max(0, pulse.at + pulse.duration - at);
      const stay = { reading, at, duration, told: duration };
      stays.set(pulse.bucket, stay);
      emit(stay);
    };

    /** Why a heartbeat is not even read, or null. */
    const refused = ({ type, at, duration, data }: Pulse): string | null => {
      if (type === WEB && data['incognito'] === true) return 'private window';
      if (at + duration > clock.now() + FUTURE_MS) return 'time in the future';
      if (at + duration < since) return 'before it was watching';
      if (type === INPUT) return 'keys of another watcher';
      if (type === WINDOW && !foreign.window()) return 'window of another watcher';
      if (type === AFK && !foreign.idle()) return 'presence of another watcher';
      return null;
    };

    const front = createFrontPage({
      focus: options.focus,
      clock,
      begin: (pulse, around, at) => begin(pulse, readBeat(pulse, guard, around), at),
      drop: (reason) => drops.add('web', reason),
      leave,
    });

    return {
      pulse(pulse: Pulse) {
        const reason = refused(pulse);
        if (reason !== null) {
          if (pulse.isNew) {
            if (pulse.data['incognito'] === true) front.hidden(pulse);
            front.gone(pulse.bucket);
            leave(pulse.bucket);
            drops.add(SOURCE[pulse.type] ?? 'web', reason);
          }
          return;
        }
        if (!pulse.isNew) {
          const stay = stays.get(pulse.bucket);
          const duration = stay && Math.max(stay.duration, pulse.at + pulse.duration - stay.at);
          if (stay) stays.set(pulse.bucket, { ...stay, duration: duration ?? stay.duration });
          else if (pulse.type === WEB) front.again();
          return;
        }
        if (pulse.type === WEB) front.arrived(pulse);
        else begin(pulse, readBeat(pulse, guard, front.around()), pulse.at);
        if (pulse.type === WINDOW) front.told(String(pulse.data['app']), String(pulse.data['title']));
      },
      async end() {
        await front.close();
        for (const bucket of stays.keys()) leave(bucket);
        drops.close();
      },
      open: () => front.open(),
    };
  };

  return createSupervised({
    name: 'activityWatch',
    clock,
    backOff: options.backOff,
    open: async (life) => {
      const watching = watch(life);
      await watching.open();
      try {
        const close = await feed.open({
          pulse: watching.pulse,
          note: life.note,
          died: life.died,
          proves: life.proves,
        });
        return async () => {
          await watching.end();
          await close();
        };
      } catch (thrown) {
        await watching.end();
        throw thrown;
      }
    },
  });
}
