import type { IncomingMessage } from 'node:http';

/** Why a request is turned away: an HTTP status and a word for the log, never anything the request said. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 411 | 413 | 415 | 417 | 421;
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

/** Headers that may stand once at most: two of them are two readings of one request. */
const ONCE = [
  'content-length',
  'content-type',
  'cookie',
  'sec-fetch-site',
  'sec-websocket-key',
  'sec-websocket-version',
  'transfer-encoding',
  'upgrade',
];

/** What a WebSocket handshake of a browser holds (RFC 6455, 4.1): sixteen bytes in base64. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

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
  if (request.httpVersion !== '1.1') return { status: 400, reason: 'version' };
  if (!isPlainPath(url)) return { status: 400, reason: 'path' };
  if (!METHODS.has(request.method ?? '')) return { status: 405, reason: 'method' };
  if (request.method === 'POST' && (url !== '/session' || origins.length === 0)) {
    return { status: url === '/session' ? 403 : 405, reason: 'post' };
  }
  if (!fetchedByUs(request, url)) return { status: 403, reason: 'site' };
  if (ONCE.some((name) => valuesOf(request, name).length > 1)) return { status: 400, reason: 'header' };
  return badBody(request) ?? (upgrade ? badUpgrade(request, url, origins.length > 0) : null);
}

/** A body has a length said beforehand and comes with a POST; any other is another program's idea of where it ends. */
function badBody(request: IncomingMessage): Refusal | null {
  const { headers, method } = request;
  if (headers.expect !== undefined) return { status: 417, reason: 'expect' };
  if (headers['content-encoding'] !== undefined) return { status: 415, reason: 'encoding' };
  if (headers['transfer-encoding'] !== undefined) return { status: 411, reason: 'length' };
  const length = headers['content-length'];
  if (method === 'POST') {
    if (length === undefined || !/^\d{1,9}$/.test(length)) return { status: 411, reason: 'length' };
    return Number(length) > BODY_LIMIT ? { status: 413, reason: 'size' } : null;
  }
  return length === undefined || length === '0' ? null : { status: 400, reason: 'body' };
}

/** Judged here whole, so that no library writes a refusal of its own that lacks our headers. */
function badUpgrade(request: IncomingMessage, url: string, hasOrigin: boolean): Refusal | null {
  const { headers, method } = request;
  if (url !== '/ws' || method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') {
    return { status: 400, reason: 'upgrade' };
  }
  if (!hasOrigin) return { status: 403, reason: 'origin' };
  const { 'sec-websocket-key': key, 'sec-websocket-version': version } = headers;
  if (version !== '13' || key === undefined || !KEY.test(key)) return { status: 400, reason: 'handshake' };
  // The page asks for none; a name that we echoed would be a promise.
  return headers['sec-websocket-protocol'] === undefined ? null : { status: 400, reason: 'protocol' };
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
export function valuesOf(request: IncomingMessage, name: string): readonly string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
