import { hash } from 'node:crypto';
import type { Observed, RewardRow } from './rows.ts';

/**
 * One distinct window of reward data with its ground truth, and every row that was judged at its end. `trace` is the same
 * for all windows that begin with the same observation (the data's README): the unit that a split or a bootstrap leaves out.
 */
export interface JudgedWindow {
  readonly id: string;
  readonly trace: string;
  readonly obs: readonly Observed[];
  readonly needed: boolean;
  readonly rows: readonly RewardRow[];
}

/** Identity of a window by content: the first 16 hex digits of a SHA-256 over its times and sentences. */
export function windowId(obs: readonly Observed[]): string {
  return digest(obs.map(({ time, event }) => [time, event]));
}

/** Identity of the trace that a window was cut from. */
export function traceId(obs: readonly Observed[]): string {
  return digest([obs[0]?.time, obs[0]?.event]);
}

/** The distinct windows of rows, in order of first sight. Where rows of one window disagree on need, the first counts. */
export function windowsOf(rows: readonly RewardRow[]): readonly JudgedWindow[] {
  const windows = new Map<string, JudgedWindow>();
  for (const row of rows) {
    const id = windowId(row.obs);
    const known = windows.get(id);
    windows.set(
      id,
      known
        ? { ...known, rows: [...known.rows, row] }
        : { id, trace: traceId(row.obs), obs: row.obs, needed: row.help_needed, rows: [row] },
    );
  }
  return [...windows.values()];
}

function digest(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 16);
}
