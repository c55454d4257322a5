import { newId } from '../model/id.ts';
import type { CaptureEvent, Event } from '../model/event.ts';
import type { Context } from '../model/guard.ts';
import type { Hold, Holds } from '../model/hold.ts';
import type { Health, Monitor, Stop } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { createRounds } from './rounds.ts';

/**
 * A monitor that could not start is tried again after this, in milliseconds: at login the desktop may come later. What
 * a platform lacks stays lacking, so the wait doubles to the limit.
 */
const AGAIN = { first: 4_000, limit: 60_000 } as const;
/** A source that takes longer than this to start or stop is not waited for, in milliseconds. */
const START_MS = 10_000;
const STOP_MS = 1_000;

/** The monitors of one host, and what has the focus. */
export interface Sensing {
  readonly monitors: readonly Monitor[];
  focus(): Context;
  /** What keeps cards back; nothing does where nobody senses it. */
  readonly holds?: Holds;
  /** When a key was pressed last, epoch milliseconds, ahead of the burst that tells of it. */
  lastKey?(): number;
}

/** Watching, as a whole: start, pause, resume, restart after a change of settings. */
export interface Capture {
  /** Nothing is opened before this is called, whatever else is. While paused, monitors start at `resume`. */
  start(): Promise<void>;
  /**
   * Effective at once: events that arrive after this returns are dropped even while monitors still stop, and what a
   * monitor had begun to read or to count is never told, not even after a resume.
   */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops every monitor and starts those that `sense` now gives. */
  restart(): Promise<void>;
  /** Takes an event of a source that is not one of the monitors, such as a browser's extension; a pause binds it too. */
  take(event: Event): void;
  paused(): boolean;
  health(): readonly Health[];
  /** What keeps cards back now. */
  holds(): readonly Hold[];
  /** When a key was pressed last, epoch milliseconds; -Infinity where nobody knows. */
  lastKey(): number;
  /** Lets every monitor prove now that it works. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** The monitors from one start to the next stop. What comes late for an old run is stopped and not taken. */
interface Run {
  readonly stops: Stop[];
  open: boolean;
}

/** `sense` is called at each start, so that the monitors follow the settings then in force. */
export function createCapture(options: {
  readonly clock: Clock;
  readonly sense: () => Sensing;
  readonly ingest: (event: Event) => void;
  readonly onChange: () => void;
  /** Whether an event of this moment may be taken, beside the pause. */
  readonly admits?: () => boolean;
  readonly afk?: () => boolean;
}): Capture {
  const { clock, ingest, onChange, admits = () => true } = options;
  let sensing: Sensing = { monitors: [], focus: () => ({ source: 'window' }) };
  let run: Run = { stops: [], open: false };
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
  const rounds = createRounds({
    monitors: () => (paused || ending ? [] : sensing.monitors),
    afk: options.afk ?? (() => false),
    onChange,
  });

  const mark = (state: CaptureEvent['data']['state']) => {
    const at = clock.now();
    ingest({ id: newId(at), at, duration: 0, monitor: 'capture', kind: 'capture', data: { state } });
  };

  const take = (event: Event): void => {
    if (paused || closed || !admits()) return;
    ingest(event);
  };

  async function startAll(): Promise<void> {
    if (!wanted || ending || paused || run.open) return;
    clearTimeout(again);
    hurry = new AbortController();
    run = { stops: [], open: false };
    sensing = options.sense();
    run.open = true;
    await startThese(sensing.monitors, run);
    if (run.open) rounds.begin();
  }

  async function startThese(
    monitors: readonly Monitor[],
    mine: Run,
    wait: number = AGAIN.first,
  ): Promise<void> {
    // Paused, restarted or closed since this was planned.
    if (mine !== run || !mine.open || paused || ending) return;
    const failed: Monitor[] = [];
    const emit = (event: Event) => {
      if (!mine.open) return;
      take(event);
      if (event.kind === 'afk') rounds.begin();
    };
    const starts = monitors.map(async (monitor) => {
      try {
        const stop = await monitor.start(emit);
        if (mine === run && mine.open) mine.stops.push(stop);
        else await stop();
      } catch {
        // The monitor's own health says what is missing and how to mend it; the others go on.
        failed.push(monitor);
      }
      onChange();
    });
    await atMost(START_MS, Promise.all(starts), hurry.signal);
    if (mine !== run || failed.length === 0) return;
    const next = Math.min(wait * 2, AGAIN.limit);
    again = setTimeout(() => void queue(() => startThese(failed, mine, next)), wait);
    again.unref();
  }

  async function stopAll(): Promise<void> {
    clearTimeout(again);
    rounds.end();
    const last = run;
    run = { stops: [], open: false };
    await atMost(STOP_MS, Promise.allSettled(last.stops.map((stop) => stop())));
    last.open = false;
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
      // A resume may come before the monitors have stopped: what this run still tells is of before, or of the pause.
      run.open = false;
      rounds.end();
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
    take,
    paused: () => paused,
    health: () => sensing.monitors.map((monitor) => monitor.health()),
    holds: () => sensing.holds?.() ?? [],
    lastKey: () => sensing.lastKey?.() ?? -Infinity,
    check: rounds.now,
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
