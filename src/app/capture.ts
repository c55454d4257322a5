import { newId } from '../model/id.ts';
import type { CaptureEvent, Event } from '../model/event.ts';
import type { Context } from '../model/guard.ts';
import type { Health, Monitor, Stop } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';

/** A monitor that could not start is tried again after this, in milliseconds: at login the desktop may come later. */
const AGAIN_MS = 15_000;

/** The monitors of one host, and what has the focus. */
export interface Sensing {
  readonly monitors: readonly Monitor[];
  focus(): Context;
}

/** Watching, as a whole: start, pause, resume, restart after a change of settings. */
export interface Capture {
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
  let stops: Stop[] = [];
  let paused = false;
  let closed = false;
  let again: NodeJS.Timeout | undefined;
  // Starts and stops run one after another, whoever asks.
  let chain: Promise<void> = Promise.resolve();

  const queue = (work: () => Promise<void>): Promise<void> => {
    chain = chain.then(work, work);
    return chain;
  };

  const mark = (state: CaptureEvent['data']['state']) => {
    const at = clock.now();
    ingest({ id: newId(at), at, duration: 0, monitor: 'capture', kind: 'capture', data: { state } });
  };

  async function startAll(): Promise<void> {
    if (closed || paused || stops.length > 0) return;
    sensing = options.sense();
    await startThese(sensing.monitors);
  }

  async function startThese(monitors: readonly Monitor[]): Promise<void> {
    const failed: Monitor[] = [];
    await Promise.all(
      monitors.map(async (monitor) => {
        try {
          stops.push(await monitor.start((event) => (paused || closed ? undefined : ingest(event))));
        } catch {
          // The monitor's own health says what is missing and how to mend it; the others go on.
          failed.push(monitor);
        }
        onChange();
      }),
    );
    if (failed.length === 0) return;
    again = setTimeout(() => void queue(() => startThese(failed)), AGAIN_MS);
    again.unref();
  }

  async function stopAll(): Promise<void> {
    clearTimeout(again);
    const ending = stops;
    stops = [];
    await Promise.allSettled(ending.map((stop) => stop()));
  }

  return {
    start: () =>
      queue(async () => {
        mark('started');
        await startAll();
      }),
    pause() {
      if (paused) return chain;
      mark('paused');
      paused = true;
      onChange();
      return queue(stopAll);
    },
    resume() {
      if (!paused) return chain;
      paused = false;
      mark('resumed');
      onChange();
      return queue(startAll);
    },
    restart: () =>
      queue(async () => {
        await stopAll();
        await startAll();
        onChange();
      }),
    paused: () => paused,
    health: () => sensing.monitors.map((monitor) => monitor.health()),
    async close() {
      if (closed) return chain;
      if (!paused) mark('stopped');
      await queue(stopAll);
      closed = true;
    },
  };
}
