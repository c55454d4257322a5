import type { Xkb } from 'x11';
import type { Connection } from './connection.ts';
import { mapRequest, parseMap, type Layout } from './layout.ts';

/** The server's keyboard map, read again whenever it may have changed. */
export interface KeyboardMap {
  /** Null where it cannot be read: a key then means nobody knows what. */
  current(): Layout | null;
}

const NEW_KEYBOARD = 0;
const NEW_MAP = 1;

/**
 * Follows the keyboard map of a server; null where it has no XKB. `changed` is called once it is another: keys of the
 * moment before were read by the old one. News come with every switch between two keyboards too, mostly of the same map.
 */
export async function followKeyboardMap(link: Connection, changed: () => void): Promise<KeyboardMap | null> {
  const { X } = link;
  const xkb = await link.ask<Xkb>((reply) => X.require('xkb', reply));
  const version = xkb && (await link.ask<{ supported: number }>((reply) => xkb.UseExtension(1, 0, reply)));
  if (!xkb || !version?.supported) return null;
  let layout: Layout | null = null;
  let bytes: Buffer | null = null;
  let reading = false;
  let stale = false;

  const ask = () =>
    link.ask<Buffer>((reply) => {
      X.seq_num++;
      X.pack_stream.put(mapRequest(xkb.majorOpcode));
      X.replies[X.seq_num] = [(body: Buffer) => Buffer.from(body), reply];
      X.pack_stream.submit(true);
    });
  const read = async () => {
    stale = true;
    if (reading) return;
    reading = true;
    try {
      while (stale) {
        stale = false;
        const next = await ask();
        if (stale || (next && bytes?.equals(next))) continue;
        const known = bytes !== null;
        bytes = next;
        layout = next && safely(next);
        if (known) changed();
      }
    } finally {
      reading = false;
    }
  };

  link.onEvent((event) => {
    const kept =
      event.name === 'MappingNotify' || event.xkbType === NEW_KEYBOARD || event.xkbType === NEW_MAP;
    if (!kept) return;
    read().catch(() => {});
  });
  const which = xkb.EventType.NewKeyboardNotify | xkb.EventType.MapNotify;
  xkb.SelectEvents(xkb.UseCoreKbd, which, 0, which, 0, 0);
  await read();
  return { current: () => layout };
}

function safely(body: Buffer): Layout | null {
  try {
    return parseMap(body);
  } catch {
    // A reply that makes no sense is no layout; without one nothing is read from keys.
    return null;
  }
}
