import type { IncomingMessage } from 'node:http';
import { valuesOf } from './door.ts';

/** The one call a request makes, after everything about it was judged. */
export type Call =
  | { readonly kind: 'preflight' }
  | { readonly kind: 'info' }
  | { readonly kind: 'bucket'; readonly id: string }
  /** `pulsetime` in milliseconds. */
  | { readonly kind: 'heartbeat'; readonly id: string; readonly pulsetime: number };

/** What the door goes by; read at each request, so that a change of the settings holds at once. */
export interface DoorRules {
  readonly port: number;
  /** Origins beside every `moz-extension://` one. */
  readonly origins: readonly string[];
  /** Whether an `Authorization` header opens; null where no key is asked for. */
  readonly opens: ((authorization: string | undefined) => boolean) | null;
}

/** The answer of the door: a call to carry out, or a status and a word, never anything the request said. */
export type Judged =
  | { readonly call: Call; readonly origin: string | undefined; readonly length: number }
  /** `origin` where an allowed page may read that it was refused. */
  | { readonly status: number; readonly reason: string; readonly origin?: string };

/** Bytes of one body. A page's text, which one fork of the browser extension sends along, fits; it is not kept. */
export const BODY_LIMIT = 512 * 1024;

const ORIGIN = /^(?:moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** What the person may add: extensions, never pages of the web. */
const EXTENSION = /^(?:chrome|moz|safari-web)-extension:\/\/[A-Za-z0-9-]{8,64}$/;
const PATH = /^\/api\/0\/(?:(info)|buckets\/([A-Za-z0-9._~%-]{1,384})(\/heartbeat)?)$/;
const BUCKET = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._-]{0,127}$/u;
const PULSETIME = /^pulsetime=(\d{1,6}(?:\.\d{1,9})?)$/;
/** No watcher waits longer than a day for its own next heartbeat; in seconds. */
const LONGEST_PULSETIME = 86_400;
const JSON_TYPE = /^application\/json(?: ?; ?charset="?utf-?8"?)?$/i;

/** Headers that may stand once at most: two of them are two readings of one request. */
const ONCE = [
  'host',
  'origin',
  'content-length',
  'content-type',
  'authorization',
  'transfer-encoding',
  'content-encoding',
];

/**
 * Judges a request by its raw head, before any byte of its body is read. Exactly three calls pass, all of them writing
 * or harmless: none reads anything that was kept. Pages of other sites reach a loopback port through the person's browser
 * (DNS rebinding, forms, fetch without CORS), so names and origins must be exactly the expected ones.
 */
export function judge(request: IncomingMessage, rules: DoorRules): Judged {
  const header = (name: string) => valuesOf(request, name);
  if (ONCE.some((name) => header(name).length > 1)) return { status: 400, reason: 'header' };
  const [host] = header('host');
  const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${rules.port}`);
  if (host === undefined || !names.includes(host)) return { status: 400, reason: 'host' };

  const [origin] = header('origin');
  if (origin !== undefined && !ORIGIN.test(origin)) {
    if (!EXTENSION.test(origin) || !rules.origins.includes(origin)) return { status: 403, reason: 'origin' };
  }
  if (header('upgrade').length > 0 || header('expect').length > 0) return { status: 400, reason: 'header' };

  const routed = route(request.url ?? '');
  if (!routed) return { status: 404, reason: 'path' };
  const { call, query } = routed;
  if (query !== null && call.kind !== 'heartbeat') return { status: 400, reason: 'query' };

  if (request.method === 'OPTIONS') {
    const [method] = header('access-control-request-method');
    if (origin === undefined || method !== (call.kind === 'info' ? 'GET' : 'POST')) {
      return { status: 403, reason: 'preflight' };
    }
    return hasBody(request)
      ? { status: 400, reason: 'body' }
      : { call: { kind: 'preflight' }, origin, length: 0 };
  }
  if (request.method !== (call.kind === 'info' ? 'GET' : 'POST')) return { status: 405, reason: 'method' };
  if (call.kind === 'info') {
    return hasBody(request) ? { status: 400, reason: 'body' } : { call, origin, length: 0 };
  }
  // A browser sends an origin with every POST; what looks like a browser and hides it is neither.
  if (origin === undefined && header('sec-fetch-site').length > 0) return { status: 403, reason: 'origin' };
  if (rules.opens && !rules.opens(header('authorization')[0])) {
    return { status: 401, reason: 'key', ...(origin !== undefined && { origin }) };
  }
  if (header('transfer-encoding').length > 0) return { status: 411, reason: 'length' };
  const [coding] = header('content-encoding');
  if (coding !== undefined && coding !== 'identity') return { status: 415, reason: 'encoding' };
  const [type] = header('content-type');
  if (type === undefined || !JSON_TYPE.test(type)) return { status: 415, reason: 'type' };
  const [length] = header('content-length');
  if (length === undefined || !/^\d{1,9}$/.test(length)) return { status: 411, reason: 'length' };
  if (Number(length) > BODY_LIMIT) return { status: 413, reason: 'size' };
  if (call.kind === 'bucket') return { call, origin, length: Number(length) };
  const seconds = Number(PULSETIME.exec(query ?? '')?.[1] ?? NaN);
  if (!(seconds <= LONGEST_PULSETIME)) return { status: 400, reason: 'pulsetime' };
  return { call: { ...call, pulsetime: Math.round(seconds * 1000) }, origin, length: Number(length) };
}

/** The path as it came, never normalised: a path that another reader might see differently matches nothing. */
function route(
  url: string,
): { readonly call: Exclude<Call, { kind: 'preflight' }>; readonly query: string | null } | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? null : url.slice(mark + 1);
  const found = PATH.exec(path);
  if (!found) return null;
  const [, info, segment, beats] = found;
  if (info) return { call: { kind: 'info' }, query };
  const id = bucketId(segment ?? '');
  if (id === null) return null;
  return { call: beats ? { kind: 'heartbeat', id, pulsetime: 0 } : { kind: 'bucket', id }, query };
}

/** A bucket's name, decoded once: letters, digits and little else, so that nothing encoded hides a path. */
function bucketId(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment);
    return BUCKET.test(id) && !id.includes('..') ? id : null;
  } catch {
    return null;
  }
}

function hasBody(request: IncomingMessage): boolean {
  const [length = '0'] = valuesOf(request, 'content-length');
  return length !== '0' || valuesOf(request, 'transfer-encoding').length > 0;
}
