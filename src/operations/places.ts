import type { FilePlaces } from '../model/files.ts';

/** Files whose places are known at a time; a day of saving by hand is some hundreds. */
const MOST = 5000;

/** An empty table; the file told of longest ago goes when there are more than `most`. */
export function createFilePlaces(most: number = MOST): FilePlaces {
  const places = new Map<string, string>();
  return {
    note(event, path) {
      places.set(event, path);
      if (places.size <= most) return;
      const [oldest] = places.keys();
      if (oldest !== undefined) places.delete(oldest);
    },
    pathOf: (event) => places.get(event),
    clear: () => places.clear(),
  };
}
