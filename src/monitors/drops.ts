import { newId } from '../model/id.ts';
import type { Source } from '../model/guard.ts';
import type { Emit } from '../model/monitor.ts';
import type { Clock } from '../model/ports.ts';

/** Counts of the same reason are told together, at most this much later, in milliseconds. */
const TOGETHER_MS = 10_000;

/** Gathers what was dropped: a client that speaks every second must not write a row every second. */
export interface Drops {
  add(source: Source, reason: string): void;
  /** Tells what is gathered. */
  close(): void;
}

/** `emit` gets one `dropped` event a source and reason, with how many. */
export function createDrops(options: {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly monitor: string;
}): Drops {
  const { clock, emit, monitor } = options;
  const counts = new Map<string, { readonly source: Source; readonly reason: string; count: number }>();
  let timer: NodeJS.Timeout | undefined;

  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    const gathered = [...counts.values()];
    counts.clear();
    const at = clock.now();
    for (const { source, reason, count } of gathered) {
      const data = { source, reason: reason.slice(0, 128), count };
      emit({ id: newId(at), at, duration: 0, monitor, kind: 'dropped', data });
    }
  };

  return {
    add(source, reason) {
      const key = `${source}\n${reason}`;
      const known = counts.get(key) ?? { source, reason, count: 0 };
      known.count += 1;
      counts.set(key, known);
      timer ??= setTimeout(tell, TOGETHER_MS).unref();
    },
    close: tell,
  };
}
