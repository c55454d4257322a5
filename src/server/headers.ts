import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** The page runs its own files and talks to its own origin; nothing inline, nothing from elsewhere, no frame. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer, refusals included. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), payment=(), display-capture=()',
  'Cache-Control': 'no-store',
};

/**
 * A whole answer as it goes over the wire, for places where there is no response to write to: a request that is none, an
 * upgrade that is turned away. It says its status and nothing of the request, and ends the connection.
 */
function rawAnswer(status: number): string {
  const head = Object.entries({ ...SECURITY_HEADERS, 'Content-Length': '0', Connection: 'close' });
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}\r\n${lines}\r\n`;
}

/** Answers what Node's parser could not read, with the headers of every answer; a connection that is gone gets none. */
export function answerBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  // What follows an answered request on the same connection was never a request of its own.
  if ('bytesWritten' in socket && socket.bytesWritten !== 0) {
    (socket as Socket).destroySoon();
    return;
  }
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  endWith(socket, status);
}

/** Writes a whole answer and lets the connection go, without waiting for the other side to do so. */
export function endWith(socket: Duplex, status: number): void {
  socket.on('error', () => socket.destroy());
  socket.write(rawAnswer(status));
  (socket as Socket).destroySoon();
}

/** Vite writes a content hash into these names, so they never change. */
export function isHashed(path: string): boolean {
  return /[\\/]assets[\\/][^\\/]+-[\w-]{8}\.\w+$/.test(path);
}
