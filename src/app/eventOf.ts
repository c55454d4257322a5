import type { Event, EventKind } from '../model/event.ts';
import type { EventLog } from '../model/log.ts';

/** Kinds that can tell of a file. */
const KINDS: readonly EventKind[] = ['file', 'editor', 'window'];
/** An id holds the time at which it was made (RFC 9562); its event may have begun somewhat before. Milliseconds. */
const AROUND = 15 * 60_000;

/** Finds an event by its id: in memory, else in the log near the time that the id tells. Rejects as the log does. */
export function createEventOf(
  log: Pick<EventLog, 'events'>,
  known: (id: string) => Event | undefined,
): (id: string) => Promise<Event | null> {
  return async (id) => {
    const here = known(id);
    if (here) return here;
    const at = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    const range = { kinds: KINDS, from: at - AROUND, to: at + AROUND, limit: 1000 };
    for (let before: number | undefined; ;) {
      const page = await log.events({ ...range, ...(before !== undefined && { before }) });
      const found = page.rows.find((each) => each.id === id);
      if (found || page.next === undefined) return found ?? null;
      before = page.next;
    }
  };
}
