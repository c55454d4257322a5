import type { Observation } from '../../src/model/observation.ts';
import type { Bridge } from '../bridge.ts';

/** What a timeline opens with: the lengths of its hours, newest first, and its first rows. */
export interface Newest {
  readonly hours: readonly (readonly [number, number])[];
  readonly rows: readonly Observation[];
}

/** Rows of the first reading: what a screen holds and some more. */
export const FIRST = 80;

/** Reads the lengths and the first rows, of one app or of all. */
export async function readNewest(
  bridge: Pick<Bridge, 'call'>,
  of: { readonly app?: string },
): Promise<Newest> {
  const to = Number.MAX_SAFE_INTEGER;
  const [{ hours }, { rows }] = await Promise.all([
    bridge.call('observations.hours', of),
    bridge.call('observations.at', { to, limit: FIRST, ...of }),
  ]);
  return { hours, rows };
}

/**
 * The beginning of the timeline as it was last read, so that it opens without waiting for the core, which may be busy; what
 * came since is read while it is looked at.
 */
export interface Ahead {
  /** As last read; null where something was forgotten since. */
  newest(): Newest | null;
  /** Reads it anew, and keeps it. Rejects as the connection does. */
  read(): Promise<Newest>;
  /** Lets go of it: rows may be gone from the log. */
  drop(): void;
}

/** Keeps the beginning for one window; lets go of it by itself when the core says that something changed. */
export function createAhead(bridge: Pick<Bridge, 'call' | 'on'>): Ahead {
  let kept: Newest | null = null;
  let dropped = 0;
  const drop = () => {
    kept = null;
    dropped++;
  };
  bridge.on('changed', drop);
  return {
    newest: () => kept,
    drop,
    async read() {
      const before = dropped;
      const newest = await readNewest(bridge, {});
      // What went while it was read may still be in it.
      if (dropped === before) kept = newest;
      return newest;
    },
  };
}
