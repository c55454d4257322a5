import type { Clock, Steady } from '../model/ports.ts';
import type { Settings, SettingsPatch } from '../model/settings.ts';
import { tomorrow } from '../schedule.ts';
import type { Capture } from './capture.ts';
import { createPlan, type Plan } from './plan.ts';

/** While a pause or a plan runs the clocks are compared this often at least, in milliseconds. */
const LOOK_MS = 60_000;
/** The longest pause with an end that can be asked for, in milliseconds; what an odd clock makes of it is no longer. */
const LONGEST_MS = 7 * 86_400_000;
/** A wall clock that differs by less from the end that was promised has not been set, in milliseconds. */
const DRIFT_MS = 1_500;

/** How long: minutes, until six tomorrow morning, or null until resumed. */
export type PauseLength = number | 'tomorrow' | null;

/** Who paused, and until when: epoch milliseconds, 0 until resumed. */
export interface Paused {
  readonly by: 'you' | 'hours' | 'welcome';
  readonly until: number;
}

/** Pausing that survives a restart, ends by itself, and keeps to the hours that were chosen. */
export interface Pauses {
  /** Starts watching, unless a pause of an earlier run still holds or nobody has agreed yet. Again after Welcome. */
  start(): Promise<void>;
  /**
   * Watching stops before this returns; it resolves when that is also on disk and every source is closed. Rejects when
   * the disk refuses: the pause holds, but not over a restart.
   */
  pause(length: PauseLength): Promise<void>;
  /** Ends a pause; outside the chosen hours it watches until they begin. */
  resume(): Promise<void>;
  /** The hours of watching or of quiet changed. */
  follow(): Promise<void>;
  /** Whether an event of this moment may be kept: asked for each, since a suspended machine misses its timers. */
  admits(): boolean;
  state(): Paused | null;
  close(): void;
}

/**
 * `settings.pausedUntil`: null not paused, 0 until resumed, else epoch milliseconds. While the program runs, the length
 * of a pause is measured by `steady`, so that setting the clock ends none early; over a restart the wall clock counts.
 */
export function createPauses(options: {
  readonly capture: Pick<Capture, 'start' | 'pause' | 'resume'>;
  readonly settings: { get(): Settings; set(patch: SettingsPatch): Promise<Settings> };
  readonly clock: Clock;
  readonly steady: Steady;
  /** Told of too, when it begins and ends. */
  readonly quiet?: Plan;
  /** False until the person has been through Welcome: nothing is watched before that. */
  readonly consented: () => boolean;
  readonly onChange: () => void;
}): Pauses {
  const { capture, settings, clock, steady } = options;
  const hours = createPlan(() => settings.get().watchHours, clock);
  /** The end of the person's own pause on the steady clock; Infinity until resumed. */
  let end: number | null = null;
  /** Told to watch outside the hours until then, epoch milliseconds. */
  let anyway: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const plan = () => JSON.stringify(settings.get().watchHours);
  /** The hours that `anyway` was said about. */
  let known = '';

  const beyondHours = () => settings.get().watchHours.length > 0 && !hours.inside();
  const outside = () => {
    if (!beyondHours()) return false;
    const now = clock.now();
    // A clock that was set far back must not make of one evening a year.
    return anyway === null || now >= anyway || anyway - now > LONGEST_MS;
  };

  /** The wall clock's time of the end, as promised unless the clock was set since. */
  const endsAt = (): number => {
    if (end === null || end === Infinity) return 0;
    const promised = settings.get().pausedUntil;
    const found = Math.round(clock.now() + end - steady());
    return promised !== null && Math.abs(promised - found) < DRIFT_MS ? promised : found;
  };

  const state = (): Paused | null => {
    if (!options.consented()) return { by: 'welcome', until: 0 };
    if (end !== null) return { by: 'you', until: endsAt() };
    return outside() ? { by: 'hours', until: hours.until() ?? 0 } : null;
  };

  /** Makes the watching as it should be. */
  const apply = (): Promise<void> => (state() ? capture.pause() : capture.resume());

  function arm(): void {
    clearTimeout(timer);
    if (closed) return;
    const now = clock.now();
    const waits = [hours.until(), options.quiet?.until() ?? null, anyway]
      .filter((each) => each !== null)
      .map((each) => each - now);
    if (end !== null && end !== Infinity) waits.push(end - steady());
    if (waits.length === 0) return;
    timer = setTimeout(look, Math.max(10, Math.min(LOOK_MS, ...waits.filter((each) => each > -LOOK_MS))));
    timer.unref();
  }

  /** The time has come, or some time has passed. */
  function look(): void {
    if (end !== null && steady() >= end) {
      end = null;
      // Watching first: a pause that ends while the disk is full must not last for ever.
      keep({ pausedUntil: null });
    } else if (end !== null && end !== Infinity && settings.get().pausedUntil !== endsAt()) {
      // The clock was set: a restart must find the end where it is now.
      keep({ pausedUntil: endsAt() });
    }
    if (anyway !== null && clock.now() >= anyway) {
      anyway = null;
      keep({ watchingUntil: null });
    }
    void apply().catch(() => {});
    options.onChange();
    arm();
  }

  /** What a full disk refuses is tried again at the next look. */
  const keep = (patch: SettingsPatch) => void settings.set(patch).catch(() => {});

  return {
    async start() {
      if (!options.consented()) return;
      const { pausedUntil, watchingUntil } = settings.get();
      const left = (pausedUntil ?? 0) - clock.now();
      anyway = watchingUntil;
      known = plan();
      if (pausedUntil === 0) end = Infinity;
      else if (pausedUntil !== null && left > 0) end = steady() + Math.min(left, LONGEST_MS);
      else {
        end = null;
        if (pausedUntil !== null) await settings.set({ pausedUntil: null }).catch(() => {});
      }
      await apply();
      arm();
      await capture.start();
    },
    async pause(length) {
      // Watching ends first; that the disk is slow or full must not delay it.
      const stopping = capture.pause();
      const now = clock.now();
      const ms = length === null ? Infinity : length === 'tomorrow' ? tomorrow(now) - now : length * 60_000;
      end = steady() + ms;
      anyway = null;
      arm();
      options.onChange();
      await settings.set({ pausedUntil: ms === Infinity ? 0 : Math.ceil(now + ms), watchingUntil: null });
      options.onChange();
      await stopping;
    },
    async resume() {
      end = null;
      // Asked twice it still watches.
      anyway = beyondHours() ? hours.until() : null;
      known = plan();
      arm();
      const watching = options.consented() ? apply() : Promise.resolve();
      await settings.set({ pausedUntil: null, watchingUntil: anyway });
      options.onChange();
      await watching;
    },
    async follow() {
      const [before, now] = [known, plan()];
      known = now;
      if (anyway !== null && before !== now) {
        anyway = null;
        keep({ watchingUntil: null });
      }
      arm();
      if (options.consented()) await apply();
    },
    admits() {
      if (!outside()) return true;
      look();
      return false;
    },
    state,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
