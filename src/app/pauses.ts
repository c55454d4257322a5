import type { Clock } from '../model/ports.ts';
import type { Settings, SettingsPatch } from '../model/settings.ts';
import type { Capture } from './capture.ts';

/** A timer can't be longer than this in Node, in milliseconds; a longer pause is looked at again. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Pausing that survives a restart and ends by itself. */
export interface Pauses {
  /** Starts watching, unless a pause of an earlier run still holds or nobody has agreed yet. Again after Welcome. */
  start(): Promise<void>;
  /** Null minutes: until resumed. */
  pause(minutes: number | null): Promise<void>;
  resume(): Promise<void>;
  close(): void;
}

/** `settings.pausedUntil`: null not paused, 0 until resumed, else epoch milliseconds. */
export function createPauses(options: {
  readonly capture: Capture;
  readonly settings: { get(): Settings; set(patch: SettingsPatch): Promise<Settings> };
  readonly clock: Clock;
  /** False until the person has been through Welcome: nothing is watched before that. */
  readonly consented: () => boolean;
  readonly onChange: () => void;
}): Pauses {
  const { capture, settings, clock } = options;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const resume = async () => {
    clearTimeout(timer);
    // Watching first: a pause that ends while the disk is full must not last for ever, and a pause asked for
    // meanwhile comes after both.
    const watching = options.consented() ? capture.resume() : Promise.resolve();
    await settings.set({ pausedUntil: null });
    options.onChange();
    await watching;
  };

  function endAt(until: number): void {
    clearTimeout(timer);
    if (closed) return;
    const left = until - clock.now();
    timer = setTimeout(
      () => void (until <= clock.now() ? resume().catch(() => {}) : endAt(until)),
      Math.min(LONGEST_TIMER, Math.max(0, left)),
    );
  }

  return {
    async start() {
      if (!options.consented()) return;
      const until = settings.get().pausedUntil;
      if (until !== null && (until === 0 || until > clock.now())) {
        await capture.pause();
        if (until > 0) endAt(until);
      } else {
        if (until !== null) await settings.set({ pausedUntil: null }).catch(() => {});
        await capture.resume();
      }
      await capture.start();
    },
    async pause(minutes) {
      // Watching ends first; that the disk is slow or full must not delay it.
      const stopping = capture.pause();
      const until = minutes === null ? 0 : Math.ceil(clock.now() + minutes * 60_000);
      clearTimeout(timer);
      if (until > 0) endAt(until);
      await settings.set({ pausedUntil: until });
      options.onChange();
      await stopping;
    },
    resume,
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
