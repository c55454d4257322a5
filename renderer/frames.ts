import type { Observation } from '../src/model/observation.ts';
import type { Bridge } from './bridge.ts';

/** Rows that may wait for a frame: a page in the background draws none. */
const MOST = 2000;

/**
 * Hands on what was observed once for each frame that is drawn, each observation in its last form; returns its own undo.
 * Of what waits too long only the newest stay; `onLeft` hears from when on something was left out (epoch ms).
 */
export function onFrames(
  bridge: Pick<Bridge, 'on'>,
  listener: (rows: readonly Observation[]) => void,
  onLeft: (from: number) => void = () => {},
): () => void {
  const waiting = new Map<string, Observation>();
  let frame: number | undefined;
  const stop = bridge.on('observed', (rows) => {
    for (const row of rows) waiting.set(row.id, row);
    for (const [oldest, { time }] of waiting) {
      if (waiting.size <= MOST) break;
      waiting.delete(oldest);
      onLeft(time);
    }
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      const all = [...waiting.values()];
      waiting.clear();
      listener(all);
    });
  });
  return () => {
    stop();
    if (frame !== undefined) cancelAnimationFrame(frame);
  };
}
