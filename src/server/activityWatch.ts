import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Beat, BeatFeed, BeatListener, Pulse } from '../monitors/beat.ts';
import { createPulses } from '../monitors/pulse.ts';
import type { Paths } from '../paths.ts';
import { createBuckets } from './activityWatchBuckets.ts';
import { createAccessKey } from './activityWatchKey.ts';
import { type Listening, listenForBeats } from './activityWatchPort.ts';
import { POLL_MS, readServer } from './activityWatchReader.ts';

/** The port that the extensions call; none of them lets the person choose another. */
export const PORT = 5600;

/** Everything about ActivityWatch clients on this machine. */
export interface ActivityWatch {
  /** What the monitor opens. */
  readonly feed: BeatFeed;
  /**
   * Keeps the port open while `wanted`, also while nothing is watched: a client that finds it closed keeps its heartbeats
   * for later, and an editor that finds it closed at its start says nothing more until it is reloaded. Never rejects; why
   * the port can't be opened is the monitor's to tell.
   */
  follow(wanted: boolean): Promise<void>;
  /** Makes a new key for clients, shown this once. */
  renewKey(): Promise<string>;
  close(): Promise<void>;
}

/** Nothing is opened before `follow(true)` or the feed is opened. */
export function createActivityWatch(options: {
  readonly paths: Pick<Paths, 'data'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly port?: number;
  readonly pollMs?: number;
}): ActivityWatch {
  const { clock, settings, port = PORT, pollMs = POLL_MS } = options;
  const buckets = createBuckets(join(options.paths.data, 'activityWatch.json'));
  const key = createAccessKey(join(options.paths.data, 'activityWatch.key'));
  const pulses = createPulses();
  let listener: BeatListener | null = null;
  let wanted = false;
  let open: Listening | null = null;
  // Opening and closing the port run one after another, whoever asks.
  let chain: Promise<unknown> = Promise.resolve();

  const queue = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = chain.then(work);
    chain = mine.catch(() => {});
    return mine;
  };

  /** While nobody listens it is acknowledged and gone: not read, not merged, not counted. */
  const take = (beat: Beat): Pulse => {
    if (!listener) return { ...beat, isNew: true };
    const pulse = pulses.take(beat);
    listener.pulse(pulse);
    return pulse;
  };

  const openPort = () =>
    queue(async (): Promise<Listening> => {
      if (open) return open;
      const got = await listenForBeats({
        port,
        clock,
        buckets,
        take,
        rules: () => ({
          origins: settings().activityWatch.origins,
          opens: settings().activityWatch.needsKey ? key.opens : null,
        }),
      }).catch((thrown: unknown) => {
        throw new AppError(
          'permission',
          `[monitor:activityWatch] port ${port} on this machine can't be opened`,
          thrown,
          'let Beforehand listen on this machine, then switch ActivityWatch’s extensions off and on in Settings',
        );
      });
      if ('port' in got) open = got;
      return got;
    });

  const closePort = () =>
    queue(async () => {
      if (wanted || listener || !open || !('port' in open)) return;
      const { port: there } = open;
      open = null;
      await there.close();
    });

  const tellState = (both: boolean) => {
    if (settings().activityWatch.needsKey && !key.exists()) {
      listener?.note({
        state: 'unhealthy',
        reason: '[monitor:activityWatch] clients must send a key, but none was made yet',
        mend: 'make one in Settings and give it to the browser extension',
      });
    } else if (!both) {
      listener?.note({
        state: 'healthy',
        reason: `[monitor:activityWatch] this machine has no IPv6 loopback, so only 127.0.0.1:${port} is open`,
      });
    } else listener?.note(null);
  };

  const feed: BeatFeed = {
    async open(mine) {
      const got = await openPort();
      pulses.clear();
      if ('port' in got) {
        listener = mine;
        mine.proves({
          proof: `port ${port} answers on this machine, and it is Beforehand that answers`,
          async run() {
            if (await got.port.answers()) return { ok: true };
            // Opened anew by the next life; what is there now answers nobody.
            await queue(async () => {
              if (open === got) open = null;
              await got.port.close();
            });
            return { ok: false, reason: `port ${port} does not answer any more`, restart: true };
          },
        });
        tellState(got.port.both);
        return async () => {
          if (listener === mine) listener = null;
          pulses.clear();
          await closePort();
        };
      }
      listener = mine;
      try {
        const stop = await readServer({
          port,
          clock,
          pollMs,
          take: (beat) => void (listener === mine && take(beat)),
          died: mine.died,
        });
        mine.note({
          state: 'healthy',
          reason: `[monitor:activityWatch] an ActivityWatch server has port ${port}, so it is read every ${Math.round(pollMs / 1000)} s`,
        });
        return async () => {
          if (listener === mine) listener = null;
          await stop();
        };
      } catch (thrown) {
        listener = null;
        throw thrown;
      }
    },
  };

  return {
    feed,
    async follow(now) {
      wanted = now;
      if (now) await openPort().catch(() => {});
      else await closePort();
    },
    async renewKey() {
      const fresh = await key.renew();
      if (open && 'port' in open) tellState(open.port.both);
      return fresh;
    },
    async close() {
      wanted = false;
      listener = null;
      await closePort();
      await buckets.saved();
    },
  };
}
