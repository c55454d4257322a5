import { eventMask, type XEvent, type XProperty } from 'x11';
import type { Connection } from './connection.ts';

/** Reads of one selection, by the rules of ICCCM 2.4 and, for large content, INCR (2.7.2). */
export interface Transfers {
  /** The 32-bit values of a target such as TARGETS; null when the owner refuses or does not answer. */
  list(target: number, time: number): Promise<readonly number[] | null>;
  /**
   * Hands over the content piece by piece; false when the owner refuses, stops, sends more than `MOST` bytes, or when
   * `wanted` says that nobody waits for it any more.
   */
  read(target: number, time: number, take: (bytes: Buffer) => void, wanted: () => boolean): Promise<boolean>;
  /** Bytes of a target, the content itself left unread in the server; null when unknown. */
  measure(target: number, time: number): Promise<number | null>;
  /** Ends what is under way. */
  stop(): void;
}

/** An owner that is silent for so long has hung or gone. */
const SILENCE_MS = 2000;
/** Bytes asked for at once. Each piece is one turn of the event loop: small, so that nothing else waits for it. */
const PIECE = 65_536;
/** Bytes that are counted at the most: an owner that never ends must not hold up the next copy. */
const MOST = 512 * 1024 * 1024;
/** X11: state of a PropertyNotify for a new value. */
const NEW_VALUE = 0;

/** Transfers of `selection` over a connection. Each has a window of its own, so that a late answer meets nobody. */
export async function createTransfers(link: Connection, selection: number): Promise<Transfers> {
  const { X, root } = link;
  const [PROPERTY, INCR] = await link.atoms(['BEFOREHAND_COPY', 'INCR']);
  const listeners = new Map<number, (event: XEvent) => void>();
  const stops = new Set<() => void>();
  link.onEvent((event) => {
    const window = event.name === 'SelectionNotify' ? event.requestor : event.wid;
    if (window !== undefined) listeners.get(window)?.(event);
  });

  /** Waits for an event of a window; null after the silence or when everything stops. */
  const next = (window: number, wanted: (event: XEvent) => boolean) =>
    new Promise<XEvent | null>((resolve) => {
      const settle = (event: XEvent | null) => {
        clearTimeout(timer);
        listeners.delete(window);
        stops.delete(stop);
        resolve(event);
      };
      const stop = () => settle(null);
      const timer = setTimeout(stop, SILENCE_MS);
      stops.add(stop);
      listeners.set(window, (event) => {
        if (wanted(event)) settle(event);
      });
    });

  const get = (window: number, offset: number, bytes: number, remove: 0 | 1) =>
    link.ask<XProperty>((reply) => X.GetProperty(remove, window, PROPERTY, 0, offset, bytes / 4, reply));

  const arrived = (window: number) =>
    next(
      window,
      (event) => event.name === 'PropertyNotify' && event.atom === PROPERTY && event.state === NEW_VALUE,
    );

  /** Asks the owner to put a target on a fresh window, and cleans that up after `use`. */
  const convert = async <T>(
    target: number,
    time: number,
    use: (window: number) => Promise<T | null>,
  ): Promise<T | null> => {
    const window = X.AllocID();
    X.CreateWindow(window, root, -1, -1, 1, 1, 0, 0, 2, 0, { eventMask: eventMask.PropertyChange });
    try {
      const answer = next(
        window,
        (event) => event.name === 'SelectionNotify' && event.selectionTimestamp === undefined,
      );
      X.ConvertSelection(window, selection, target, PROPERTY, time);
      const event = await answer;
      return event?.property ? await use(window) : null;
    } finally {
      // Also tells an owner in the middle of INCR that nobody waits any more.
      X.DestroyWindow(window);
    }
  };

  /** One property in pieces; the number of its bytes, or -1 past `most` and where it is not wanted any more. */
  const drain = async (
    window: number,
    most: number,
    take: (bytes: Buffer) => void,
    wanted: () => boolean,
  ): Promise<number> => {
    let read = 0;
    for (;;) {
      const piece = await get(window, read / 4, PIECE, 0);
      // The window is ours and lives as long as this: what cannot be read is no end of the content.
      if (!piece || !wanted()) return -1;
      read += piece.data.length;
      if (read > most) return -1;
      if (piece.data.length > 0) take(piece.data);
      if (piece.bytesAfter === 0 || piece.data.length === 0) return read;
    }
  };

  return {
    list: (target, time) =>
      convert(target, time, async (window) => {
        const found = await get(window, 0, 4096, 1);
        if (!found || found.format !== 32 || found.type === INCR) return null;
        return Array.from({ length: found.data.length / 4 }, (_, index) =>
          found.data.readUInt32LE(index * 4),
        );
      }),
    async read(target, time, take, wanted) {
      const done = await convert(target, time, async (window) => {
        const first = await get(window, 0, 0, 0);
        if (!first || first.type === 0) return false;
        if (first.type !== INCR) return (await drain(window, MOST, take, wanted)) >= 0;
        let total = 0;
        for (;;) {
          // Deleting the property asks for the next piece, so wait from before the deletion.
          const more = arrived(window);
          X.DeleteProperty(window, PROPERTY);
          if (!(await more)) return false;
          const bytes = await drain(window, MOST - total, take, wanted);
          if (bytes < 0) return false;
          if (bytes === 0) {
            X.DeleteProperty(window, PROPERTY);
            return true;
          }
          total += bytes;
        }
      });
      return done ?? false;
    },
    measure: (target, time) =>
      convert(target, time, async (window) => {
        const first = await get(window, 0, 0, 0);
        if (!first || first.type === 0) return null;
        if (first.type !== INCR) return first.bytesAfter;
        // INCR carries a lower bound of the size in place of the content; 0 where the owner has no idea.
        const bound = await get(window, 0, 4, 0);
        const bytes = bound && bound.data.length >= 4 ? bound.data.readUInt32LE(0) : 0;
        return bytes > 0 ? bytes : null;
      }),
    stop() {
      stops.forEach((stop) => stop());
    },
  };
}
