import type { IncomingMessage } from 'node:http';

/** Why a request is turned away: an HTTP status and a word for the log, never anything the request said. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404 | 405 | 413 | 421 | 431;
  readonly reason: string;
}

/** Segments of plain names. Nothing the page needs is encoded, so nothing encoded is let in. */
const PLAIN_PATH = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\/?$/;

/** Whether a path is one of plain names only, so that no reader of it can see another path in it. */
export function isPlainPath(path: string): boolean {
  return path.length <= 256 && PLAIN_PATH.test(path) && !path.includes('..');
}

/** Bytes of a body; the only one there is holds a token. */
export const BODY_LIMIT = 1024;

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/**
 * Judges a request by its raw head, before any routing. A page of another site reaches 127.0.0.1 through the user's
 * browser (DNS rebinding, forms, sockets), so the names it calls us by and comes from must be exactly ours.
 * `upgrade` is true for a WebSocket handshake, which browsers send across origins without asking.
 */
export function refuse(request: IncomingMessage, port: number, upgrade: boolean): Refusal | null {
  const hosts = valuesOf(request, 'host');
  const [host] = hosts;
  if (hosts.length !== 1 || (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)) {
    return { status: 421, reason: 'host' };
  }
  const origins = valuesOf(request, 'origin');
  if (origins.length > 1 || (origins.length === 1 && origins[0] !== `http://${host}`)) {
    return { status: 403, reason: 'origin' };
  }
  const url = request.url ?? '';
  if (!isPlainPath(url)) return { status: 400, reason: 'path' };
  if (!METHODS.has(request.method ?? '')) return { status: 405, reason: 'method' };
  if (request.method === 'POST' && (url !== '/session' || origins.length === 0)) {
    return { status: url === '/session' ? 403 : 405, reason: 'post' };
  }
  if (!fetchedByUs(request, url)) return { status: 403, reason: 'site' };
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return { status: 413, reason: 'size' };
  if (upgrade) {
    const protocol = valuesOf(request, 'upgrade').join().toLowerCase();
    if (url !== '/ws' || request.method !== 'GET' || protocol !== 'websocket') {
      return { status: 400, reason: 'upgrade' };
    }
    if (origins.length === 0) return { status: 403, reason: 'origin' };
  }
  return null;
}

/**
 * Reads Sec-Fetch-Site where the browser sends it. Another site may send the user to the page, which holds nothing;
 * it may not fetch, embed or script anything here.
 */
function fetchedByUs(request: IncomingMessage, url: string): boolean {
  const site = valuesOf(request, 'sec-fetch-site');
  if (site.length === 0 || (site.length === 1 && (site[0] === 'same-origin' || site[0] === 'none')))
    return true;
  return (
    url === '/' &&
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document'
  );
}

/** Every value of a header as it came: Node keeps only the first of some and joins others. */
function valuesOf(request: IncomingMessage, name: string): readonly string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
