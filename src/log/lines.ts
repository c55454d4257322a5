import type { Socket } from 'node:net';

/** A socket as a pipe of JSON values, one a line. */
export interface Framed {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Bytes that may wait for a peer that does not read; beyond it the peer is cut off. */
const UNREAD_BYTES = 256 * 1024 * 1024;

/**
 * Frames newline-delimited JSON. The first value goes to `onFirst`, later ones to the listeners; what comes before a
 * listener is there waits. A line that is no JSON or longer than `cap` bytes ends the connection: such a peer is
 * broken or hostile, and its buffer must not grow.
 */
export function frame(socket: Socket, cap: number, onFirst: (message: unknown) => void): Framed {
  const listeners = new Set<(message: unknown) => void>();
  const closers = new Set<() => void>();
  let early: unknown[] = [];
  let parts: Buffer[] = [];
  let held = 0;
  let first = true;
  let closed = false;

  function take(line: string): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      socket.destroy();
      return;
    }
    if (first) {
      first = false;
      onFirst(message);
    } else if (listeners.size === 0) early.push(message);
    else for (const listener of listeners) listener(message);
  }

  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
    for (const closer of closers) closer();
  });
  socket.on('data', (chunk) => {
    let rest: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (;;) {
      const end = rest.indexOf(10);
      if (held + (end < 0 ? rest.length : end) > cap) {
        parts = [];
        socket.destroy();
        return;
      }
      if (end < 0) break;
      const line = Buffer.concat([...parts, rest.subarray(0, end)]).toString('utf8');
      parts = [];
      held = 0;
      rest = rest.subarray(end + 1);
      if (line.trim() !== '') take(line);
      if (socket.destroyed) return;
    }
    if (rest.length > 0) {
      parts.push(rest);
      held += rest.length;
    }
  });

  return {
    send(message) {
      if (closed || socket.destroyed) return;
      socket.write(`${JSON.stringify(message)}\n`);
      if (socket.writableLength > UNREAD_BYTES) socket.destroy();
    },
    onMessage(listener) {
      listeners.add(listener);
      const waiting = early;
      early = [];
      for (const message of waiting) listener(message);
    },
    onClose(listener) {
      if (closed) listener();
      else closers.add(listener);
    },
    close: () => {
      socket.end();
    },
  };
}
