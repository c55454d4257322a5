import type { FilePlaces } from '../model/files.ts';

/** Files whose places are known at a time; a day of saving by hand is some hundreds. */
const MOST = 5000;
/** Milliseconds after which the watcher has told of a change, also on a slow machine. */
const OURS_MS = 10_000;

/** An empty table; the file told of longest ago goes when there are more than `most`. */
export function createFilePlaces(most: number = MOST): FilePlaces {
  const places = new Map<string, string>();
  const own = new Map<string, number>();
  return {
    note(event, path) {
      places.set(event, path);
      if (places.size <= most) return;
      const [oldest] = places.keys();
      if (oldest !== undefined) places.delete(oldest);
    },
    pathOf: (event) => places.get(event),
    clear: () => places.clear(),
    ours(paths) {
      const now = performance.now();
      for (const [path, until] of own) if (until < now) own.delete(path);
      for (const path of paths) own.set(path, now + OURS_MS);
    },
    isOurs: (path) => (own.get(path) ?? -Infinity) >= performance.now(),
  };
}
