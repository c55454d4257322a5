import { asAppError } from '../errors.ts';
import type { EventLog, KeepFrom } from '../model/log.ts';
import type { Clock, Steady } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';

/** The first round waits for the start to be over; then one an hour. Milliseconds. */
const FIRST_MS = 20_000;
const EVERY_MS = 3_600_000;
/** A number in Settings is often changed step by step. */
const SOON_MS = 5_000;
/** Rows a step removes: some 10 to 50 ms of the log's own thread. */
const STEP = 200;
/** Between two steps others have the log for themselves, in milliseconds. */
const PAUSE_MS = 100;
const DAY = 86_400_000;

/** Keeps the log no older than the settings say, and its backup no older than a day. */
export interface Retaining {
  /** One round now; resolves with how many rows went. */
  round(): Promise<number>;
  close(): void;
}

/** The time from which each kind is kept. */
export function keepFrom(days: Settings['retentionDays'], now: number): KeepFrom {
  const since = (count: number) => now - count * DAY;
  return {
    window: since(days.window),
    clipboard: since(days.clipboard),
    keyboard: since(days.keyboard),
    files: since(days.files),
    idle: since(days.idle),
    web: since(days.web),
    editor: since(days.editor),
    suggestions: since(days.suggestions),
  };
}

/**
 * Removes what is too old in small steps, so that nothing waits for it. `onGone` hears when something went, `onError`
 * what went wrong, once until a round works again. Nothing is done while `off`.
 *
 * What a wrong clock removes does not come back. So where the clock is more than a day ahead of what is known (the log's
 * newest event at the start, `steady` later), a round is left out: by the next one it may have been set right.
 */
export function createRetaining(options: {
  readonly log: Pick<EventLog, 'retain' | 'keepBackup' | 'events'>;
  readonly clock: Clock;
  readonly steady: Steady;
  readonly settings: {
    get(): Pick<Settings, 'retentionDays'>;
    subscribe(listener: (settings: Pick<Settings, 'retentionDays'>) => void): () => void;
  };
  readonly off?: () => boolean;
  readonly onGone: (from: KeepFrom) => Promise<void>;
  readonly onError: (message: string) => void;
  readonly firstMs?: number;
  readonly soonMs?: number;
  readonly pauseMs?: number;
}): Retaining {
  const { log, clock, steady, settings, soonMs = SOON_MS, firstMs = FIRST_MS } = options;
  let closed = false;
  let failing = false;
  let working = false;
  /** The days were changed while a round went on by the old ones. */
  let changed = false;
  let timer: NodeJS.Timeout | undefined;

  let known = { wall: clock.now(), steady: steady() };
  /** Whether the clock was set ahead since the last time that this was asked. */
  const isAhead = (): boolean => {
    const before = known;
    known = { wall: clock.now(), steady: steady() };
    return known.wall - before.wall - (known.steady - before.steady) > DAY;
  };

  async function round(): Promise<number> {
    const from = keepFrom(settings.get().retentionDays, clock.now());
    let gone = 0;
    for (;;) {
      const some = closed ? 0 : await log.retain(from, STEP);
      gone += some;
      if (some < STEP) break;
      await new Promise((resolve) => setTimeout(resolve, options.pauseMs ?? PAUSE_MS));
    }
    if (gone > 0) await options.onGone(from);
    if (!closed) await log.keepBackup();
    return gone;
  }

  async function hourly(): Promise<void> {
    working = true;
    changed = false;
    try {
      if (!isAhead() && !options.off?.()) await round();
      failing = false;
    } catch (thrown) {
      if (!failing && !closed) options.onError(asAppError(thrown, 'internal', 'log').message);
      failing = true;
    }
    working = false;
    later(changed ? soonMs : EVERY_MS);
  }

  function later(ms: number): void {
    clearTimeout(timer);
    if (closed) return;
    timer = setTimeout(() => void hourly(), ms);
    timer.unref();
  }

  let days = JSON.stringify(settings.get().retentionDays);
  const unfollow = settings.subscribe(({ retentionDays }) => {
    const now = JSON.stringify(retentionDays);
    if (now === days) return;
    days = now;
    // Who shortens it means now.
    if (working) changed = true;
    else later(soonMs);
  });
  async function begin(): Promise<void> {
    // Asked before anything of this run is written.
    const newest = await log.events({ limit: 1 }).then(
      ({ rows }) => rows[0]?.at,
      () => undefined,
    );
    const ahead = newest !== undefined && known.wall - newest > DAY;
    if (!timer) later(ahead ? EVERY_MS : firstMs);
  }
  void begin();
  return {
    round,
    close() {
      closed = true;
      unfollow();
      clearTimeout(timer);
    },
  };
}
