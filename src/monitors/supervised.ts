import { AppError, asAppError } from '../errors.ts';
import type { Event } from '../model/event.ts';
import type { Emit, Health, Monitor, Probe, Stop } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { createProving } from './proving.ts';

/** What one life of a source may do: emit, say that it died, or say in words that it is only partly well. */
export interface Life {
  readonly emit: Emit;
  /** A self-test of this life; run at its start and at each `check`. */
  proves(probe: Probe): void;
  /** Ends this life and starts the next one after the back-off. Later calls of the same life do nothing. */
  died(why: unknown): void;
  /** A partial fault while the rest works; null when it is mended. */
  note(
    note: { readonly state: 'healthy' | 'unhealthy'; readonly reason: string; readonly mend?: string } | null,
  ): void;
}

/** Opens a source; resolves once it watches with the function that releases every handle of this life. */
export type Open = (life: Life) => Promise<() => Promise<void> | void>;

/** Milliseconds before the first restart, and the most it doubles to (contract of Monitor). */
export const BACK_OFF = { first: 1000, limit: 60_000 } as const;

/** Where a try costs nothing, as with a display: it is heard again soon after it is back. */
export const QUICK_BACK_OFF = { first: 1000, limit: 4000 } as const;

/** A life this long was a good one: the next failure starts again at the first delay. */
const GOOD_LIFE = 30_000;

/** What each failure code means to the person, when the error itself names no mend. */
const MEND: Partial<Record<AppError['code'], string>> = {
  'no-display': 'start the assistant inside a graphical session',
  'missing-program': 'reinstall the assistant',
  permission: 'grant the permission in the system settings, then switch the source off and on',
  unreadable: 'choose a folder that exists and that you may read',
};

/** Nothing stands that could be tested. */
const NO_TEST = async (): Promise<void> => {};

/** Most deaths heal by the next restart. */
const ANY_MEND = 'it is tried again by itself; if that goes on, switch the source off and on';

/**
 * A Monitor around a source that may die: keeps health, counts, and restarts with back-off (1 s doubling to 60 s).
 * The first opening is the caller's to judge: it rejects, and nothing is retried. Every later failure is retried.
 */
export function createSupervised(options: {
  readonly name: string;
  readonly clock: Clock;
  readonly open: Open;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const backOff = options.backOff ?? BACK_OFF;
  let health: Health = { name: options.name, state: 'off', events: 0, restarts: 0 };
  let running: { stop: Stop } | null = null;
  /** The self-test of the life that stands now. */
  let check = NO_TEST;

  const fault = (thrown: unknown): AppError => {
    const error = asAppError(thrown, 'internal', `monitor:${options.name}`);
    // Sources are shared, e.g. the focus: whoever needs it is the one that speaks.
    const message = error.message.replace(/^\[monitor:\w+\]/, `[monitor:${options.name}]`);
    return message === error.message ? error : new AppError(error.code, message, error, error.mend);
  };
  const spoken = (reason: string) => `[monitor:${options.name}] ${reason}`.slice(0, 500);
  const bad = (state: 'unhealthy' | 'missing', error: AppError) => {
    health = {
      ...health,
      state,
      reason: error.message.slice(0, 500),
      mend: error.mend ?? MEND[error.code] ?? ANY_MEND,
    };
  };
  const well = () => {
    const { reason: _reason, mend: _mend, ...rest } = health;
    health = { ...rest, state: 'healthy' };
  };

  /** One run from start to stop, over as many lives as it takes. */
  const run = (emit: Emit) => {
    let open = true;
    /** False until the first life stands: what fails before that is the caller's to judge. */
    let begun = false;
    let delay = backOff.first;
    let timer: NodeJS.Timeout | undefined;
    let close: (() => Promise<void> | void) | null = null;
    let closing: Promise<void> = Promise.resolve();
    let opening: Promise<void> = Promise.resolve();
    /** A stop does not wait for a self-test. */
    const ending = Promise.withResolvers<void>();

    const release = (end: (() => Promise<void> | void) | null): Promise<void> => {
      if (!end) return closing;
      // A source that fails to close is gone all the same; its error would only hide why it died.
      closing = closing.then(end).catch(() => {});
      return closing;
    };

    const live = async (): Promise<void> => {
      let alive = true;
      let noted: Parameters<Life['note']>[0] = null;
      const born = performance.now();
      /** What a self-test found goes before what the source says of itself. */
      const settle = () => {
        if (!alive || !open) return;
        well();
        const fault = proving.fault();
        if (fault) {
          const { reason, mend = ANY_MEND } = fault;
          health = { ...health, state: 'unhealthy', reason: spoken(reason), mend };
        } else if (noted) health = { ...health, ...noted };
      };
      const proving = createProving({
        settled: () => {
          if (close) settle();
        },
        deaf: (error) => life.died(new AppError(error.code, spoken(error.message), error)),
      });
      const prove = async () => {
        await proving.run();
        const proof = proving.proof();
        if (!alive || !open || proof === null) return;
        const checkedAt = options.clock.now();
        health = { ...health, checkedAt, proof, ...(proving.passed() && { provenAt: checkedAt }) };
      };
      const life: Life = {
        proves: proving.add,
        emit(event: Event) {
          if (!open) return;
          health = { ...health, events: health.events + 1, lastEventAt: options.clock.now() };
          emit(event);
        },
        died(why) {
          if (!alive || !open) return;
          alive = false;
          check = NO_TEST;
          bad('unhealthy', fault(why));
          const end = close;
          close = null;
          if (performance.now() - born > GOOD_LIFE) delay = backOff.first;
          void release(end).then(again);
        },
        note(note) {
          noted = note;
          settle();
        },
      };
      well();
      health = { ...health, state: 'starting' };
      let end: (() => Promise<void> | void) | null = null;
      try {
        end = await options.open(life);
      } catch (thrown) {
        // Dead before it stood, and said so: the next life is under way already.
        if (!alive && begun) return;
        alive = false;
        throw thrown;
      }
      if (!alive || !open) {
        await release(end);
        return;
      }
      close = end;
      await Promise.race([prove(), ending.promise]);
      if (!alive || !open) return;
      settle();
      check = prove;
    };

    const again = () => {
      if (!open) return;
      timer = setTimeout(() => {
        if (!open) return;
        health = { ...health, restarts: health.restarts + 1 };
        opening = live().catch((thrown: unknown) => {
          if (!open) return;
          bad('unhealthy', fault(thrown));
          again();
        });
      }, delay);
      delay = Math.min(delay * 2, backOff.limit);
    };

    let stopped: Promise<void> | null = null;
    const stop: Stop = () => {
      stopped ??= (async () => {
        clearTimeout(timer);
        ending.resolve();
        check = NO_TEST;
        const end = close;
        close = null;
        // Closing may emit the last heartbeat, so the gate shuts after it.
        await release(end);
        open = false;
        clearTimeout(timer);
        await opening;
        health = {
          name: health.name,
          state: 'off',
          events: health.events,
          restarts: health.restarts,
          lastEventAt: health.lastEventAt,
        };
        running = null;
      })();
      return stopped;
    };
    opening = (async () => {
      await live();
      begun = true;
    })();
    const cancel = () => {
      open = false;
      clearTimeout(timer);
    };
    return { stop, ready: opening, cancel };
  };

  return {
    name: options.name,
    health: () => health,
    check: () => check(),
    async start(emit) {
      if (running) throw new AppError('already-running', `[monitor:${options.name}] it is already watching`);
      health = { name: options.name, state: 'starting', events: 0, restarts: 0 };
      const begun = run(emit);
      running = begun;
      try {
        await begun.ready;
      } catch (thrown) {
        begun.cancel();
        running = null;
        const error = fault(thrown);
        const missing: readonly AppError['code'][] = ['no-display', 'missing-program', 'permission'];
        bad(missing.includes(error.code) ? 'missing' : 'unhealthy', error);
        throw error;
      }
      return begun.stop;
    },
  };
}
