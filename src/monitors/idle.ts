import type { AppError } from '../errors.ts';
import { newId } from '../model/id.ts';
import type { Monitor, Probe } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';
import { createSupervised } from './supervised.ts';

/** What a platform's idle adapter calls. `idle` is milliseconds since the last input at that moment. */
export interface IdleListener {
  away(idle: number): void;
  back(): void;
  died(error: AppError): void;
  /** A self-test of the source that is open now. */
  proves?(probe: Probe): void;
}

/** Watches for `threshold` milliseconds without input; resolves once it watches and the present state was told. */
export interface IdleAdapter {
  open(threshold: number, listener: IdleListener): Promise<() => Promise<void>>;
}

/**
 * Emits `afk` and `not-afk`: each at once when it begins, and again with the same `at` and its real duration when it
 * ends. An `afk` begins at the last input, not when the time-out ran out.
 */
export function createIdleMonitor(options: {
  readonly adapter: IdleAdapter;
  readonly clock: Clock;
  /** Seconds without input until AFK. */
  readonly afkSeconds: number;
  readonly backOff?: { readonly first: number; readonly limit: number };
}): Monitor {
  const { adapter, clock } = options;
  return createSupervised({
    name: 'idle',
    clock,
    backOff: options.backOff,
    async open(life) {
      let state: { readonly status: 'afk' | 'not-afk'; readonly at: number } | null = null;
      const emit = (status: 'afk' | 'not-afk', at: number, duration: number) =>
        life.emit({ id: newId(), at, duration, monitor: 'idle', kind: 'afk', data: { status } });
      const leave = (until: number) => {
        if (state && until > state.at) emit(state.status, state.at, until - state.at);
        state = null;
      };
      const enter = (status: 'afk' | 'not-afk', at: number) => {
        if (state?.status === status) return;
        leave(at);
        state = { status, at };
        emit(status, at, Math.max(0, clock.now() - at));
      };
      const close = await adapter.open(options.afkSeconds * 1000, {
        away: (idle) => enter('afk', clock.now() - Math.max(0, Math.round(idle))),
        back: () => enter('not-afk', clock.now()),
        died: life.died,
        proves: life.proves,
      });
      return async () => {
        leave(clock.now());
        await close();
      };
    },
  });
}
