import { newId } from '../model/id.ts';
import type { CaptureEvent, Event } from '../model/event.ts';
import type { Context } from '../model/guard.ts';
import type { Health, Monitor, Stop } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';

/** A monitor that could not start is tried again after this, in milliseconds: at login the desktop may come later. */
const AGAIN_MS = 15_000;
/** A source that takes longer than this to start or stop is not waited for, in milliseconds. */
const START_MS = 10_000;
const STOP_MS = 1_000;

/** The monitors of one host, and what has the focus. */
export interface Sensing {
  readonly monitors: readonly Monitor[];
  focus(): Context;
}

/** Watching, as a whole: start, pause, resume, restart after a change of settings. */
export interface Capture {
  /** Nothing is opened before this is called, whatever else is. While paused, monitors start at `resume`. */
  start(): Promise<void>;
  /** Effective at once: events that arrive after this returns are dropped even while monitors still stop. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops every monitor and starts those that `sense` now gives. */
  restart(): Promise<void>;
  paused(): boolean;
  health(): readonly Health[];
  close(): Promise<void>;
}

/** `sense` is called at each start, so that the monitors follow the settings then in force. */
export function createCapture(options: {
  readonly clock: Clock;
  readonly sense: () => Sensing;
  readonly ingest: (event: Event) => void;
  readonly onChange: () => void;
}): Capture {
  const { clock, ingest, onChange } = options;
  let sensing: Sensing = { monitors: [], focus: () => ({ source: 'window' }) };
  /** The stops of this run of the monitors. A new run has a new list: what comes late for an old one is stopped. */
  let stops: Stop[] = [];
  let wanted = false;
  let paused = false;
  let ending = false;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  /** Lets a start that hangs be left behind. */
  let hurry = new AbortController();
  // Starts and stops run one after another, whoever asks.
  let chain: Promise<void> = Promise.resolve();

  const queue = (work: () => Promise<void>): Promise<void> => {
    const mine = chain.then(work);
    chain = mine.catch(() => {});
    return mine;
  };

  const mark = (state: CaptureEvent['data']['state']) => {
    const at = clock.now();
    ingest({ id: newId(at), at, duration: 0, monitor: 'capture', kind: 'capture', data: { state } });
  };

  async function startAll(): Promise<void> {
    if (!wanted || ending || paused || stops.length > 0) return;
    clearTimeout(again);
    hurry = new AbortController();
    stops = [];
    sensing = options.sense();
    await startThese(sensing.monitors, stops);
  }

  async function startThese(monitors: readonly Monitor[], run: Stop[]): Promise<void> {
    // Paused, restarted or closed since this was planned.
    if (run !== stops || paused || ending) return;
    const failed: Monitor[] = [];
    const starts = monitors.map(async (monitor) => {
      try {
        const stop = await monitor.start((event) => (paused || closed ? undefined : ingest(event)));
        if (run === stops) run.push(stop);
        else await stop();
      } catch {
        // The monitor's own health says what is missing and how to mend it; the others go on.
        failed.push(monitor);
      }
      onChange();
    });
    await atMost(START_MS, Promise.all(starts), hurry.signal);
    if (run !== stops || failed.length === 0) return;
    again = setTimeout(() => void queue(() => startThese(failed, run)), AGAIN_MS);
    again.unref();
  }

  async function stopAll(): Promise<void> {
    clearTimeout(again);
    const last = stops;
    stops = [];
    await atMost(STOP_MS, Promise.allSettled(last.map((stop) => stop())));
  }

  return {
    start: () =>
      queue(async () => {
        if (!wanted && !paused) mark('started');
        wanted = true;
        await startAll();
      }),
    pause() {
      if (paused) return chain;
      if (wanted) mark('paused');
      paused = true;
      hurry.abort();
      onChange();
      return queue(stopAll);
    },
    resume() {
      if (!paused || ending) return chain;
      paused = false;
      if (wanted) mark('resumed');
      onChange();
      return queue(startAll);
    },
    restart: () => {
      hurry.abort();
      return queue(async () => {
        await stopAll();
        await startAll();
        onChange();
      });
    },
    paused: () => paused,
    health: () => sensing.monitors.map((monitor) => monitor.health()),
    async close() {
      if (ending) return chain;
      ending = true;
      hurry.abort();
      if (wanted && !paused) mark('stopped');
      await queue(stopAll);
      closed = true;
    },
  };
}

/** Waits for `work`, but no longer than `ms` milliseconds or until `hurry`. */
async function atMost(ms: number, work: Promise<unknown>, hurry?: AbortSignal): Promise<void> {
  if (hurry?.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const leave = () => resolve();
  hurry?.addEventListener('abort', leave, { once: true });
  await Promise.race([work, promise]).finally(() => {
    clearTimeout(timer);
    hurry?.removeEventListener('abort', leave);
  });
}
