import type { WebSocket } from '@fastify/websocket';
import type { Transport } from '../rpc.ts';

/** Bytes of one message from a page. */
export const MESSAGE_LIMIT = 64 * 1024;

/** Bytes waiting for a page above which only the newest state is kept for it, and above which it is let go. */
const SLOW = 256 * 1024;
const STUCK = 8 * 1024 * 1024;

/** Pings a peer may send: no browser lets a page send one, so a peer that pings is none. */
const MOST_PINGS = 16;

/** Requests a page may have open at once. */
const MOST_OPEN = 64;

/**
 * A WebSocket as the transport of `rpc.ts`. Text JSON only. A page that reads too slowly gets the newest `state`
 * instead of each one, and no `observed` until it has caught up; one that does not read at all is closed, and may come back.
 */
export function socketTransport(socket: WebSocket): Transport {
  let open = true;
  let asked = 0;
  let state: unknown;
  const messages: ((message: unknown) => void)[] = [];
  const closes: (() => void)[] = [];

  const write = (message: unknown) => {
    if (!open) return;
    if (socket.bufferedAmount > STUCK) {
      socket.terminate();
      return;
    }
    socket.send(JSON.stringify(message), () => {
      if (state === undefined || socket.bufferedAmount > SLOW) return;
      const newest = state;
      state = undefined;
      write(newest);
    });
  };

  socket.on('message', (data, binary) => {
    if (binary) return socket.close(1003);
    let message: unknown;
    try {
      message = JSON.parse(String(data));
    } catch {
      return socket.close(1007);
    }
    asked += 1;
    if (asked > MOST_OPEN) return socket.close(1008);
    for (const listener of messages) listener(message);
  });
  let pings = 0;
  socket.on('ping', () => {
    pings += 1;
    if (pings > MOST_PINGS) socket.terminate();
  });
  // Whatever the error (a frame too large, a broken one), the socket closes itself after it.
  socket.on('error', () => {});
  socket.on('close', () => {
    open = false;
    for (const listener of closes) listener();
  });

  return {
    send(message) {
      const { event, id } = message as { readonly event?: string; readonly id?: number };
      if (id !== undefined) asked -= 1;
      if (event === 'state' && socket.bufferedAmount > SLOW) state = message;
      // Its number is missing then, which the page notices by the next event: it reads again when it can.
      else if (event === 'observed' && socket.bufferedAmount > SLOW) return;
      else write(message);
    },
    onMessage: (listener) => void messages.push(listener),
    onClose: (listener) => void closes.push(listener),
  };
}
