import type { CaptureEvent } from '../model/event.ts';
import { newId } from '../model/id.ts';
import type { Health } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';

/** Notes in the log when a source stalls and when it is well again, and how often it was opened anew meanwhile. */
export interface HealthMarks {
  /** Looks whether a source changed; to be called when health may have. */
  look(): void;
}

/**
 * Of each source a mark when it is first found well or stalled, and when that changes; never why, which can name a folder.
 * While paused nothing is noted: the pause itself is in the log, and afterwards each source is noted anew.
 */
export function createHealthMarks(options: {
  readonly clock: Clock;
  readonly health: () => readonly Health[];
  /** Paused, or not begun yet: nothing is noted. */
  readonly paused: () => boolean;
  readonly ingest: (event: CaptureEvent) => void;
}): HealthMarks {
  const { clock, ingest } = options;
  const known = new Map<string, { readonly state: 'healthy' | 'stalled'; readonly restarts: number }>();
  /** Restarts that are in the log already; a pause does not make them new. */
  const counted = new Map<string, number>();
  return {
    look() {
      if (options.paused()) {
        known.clear();
        return;
      }
      const on = options.health().filter(({ state }) => state !== 'off');
      for (const source of known.keys()) {
        if (on.some(({ name }) => name === source)) continue;
        known.delete(source);
        mark({ state: 'off', source });
      }
      for (const { name: source, state: now, restarts } of on) {
        if (now === 'starting') continue;
        const state = now === 'healthy' ? 'healthy' : 'stalled';
        const was = known.get(source);
        if (was?.state === state && was.restarts === restarts) continue;
        known.set(source, { state, restarts });
        const again = Math.max(0, restarts - (counted.get(source) ?? 0));
        counted.set(source, restarts);
        mark({ state, source, ...(again > 0 && { restarts: again }) });
      }
    },
  };

  function mark(data: CaptureEvent['data']): void {
    const at = clock.now();
    ingest({ id: newId(at), at, duration: 0, monitor: 'capture', kind: 'capture', data });
  }
}
