import { searchParameter } from '../model/searchTitle.ts';

/** Longest page an event holds; more of it is cut. */
const LONGEST = 2048;

/** A part of a path that nobody reads: an id, a share link's key, a hash. Words joined by hyphens are no such thing. */
function isOpaque(part: string): boolean {
  if (!/\d/.test(part)) return false;
  if (/^[0-9a-f-]{12,}$/i.test(part)) return true;
  if (part.length >= 20 && /[a-z]/.test(part) && /[A-Z]/.test(part) && !part.includes('.')) return true;
  return part.split(/[-_.]/).some((word) => word.length >= 14 && /\d/.test(word) && /[a-z]/i.test(word));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What of an address may be kept: scheme, host and path, decoded, redacted and encoded again, with ids and keys in the
 * path left out; of the query only the words of a search at a search engine, redacted too. Undefined for pages that are
 * not of the web (files, extensions, the browser's own).
 */
export function pageOf(address: string, redact: (text: string) => string): string | undefined {
  const url = URL.parse(address.slice(0, 8192));
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '')
    return undefined;
  const parts = url.pathname.split('/').map(decoded);
  const readable = parts.map((part) => (isOpaque(part) ? '…' : part)).join('/');
  const path = redact(readable)
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%20', ' '),
    )
    .join('/')
    .replaceAll(' ', '%20');
  const parameter = searchParameter(url.hostname);
  const words = parameter === undefined ? null : url.searchParams.get(parameter);
  const query = words ? `?${parameter}=${encodeURIComponent(redact(words))}` : '';
  const page = `${url.protocol}//${redact(url.host)}${path}${query}`;
  return page.length <= LONGEST ? page : `${url.protocol}//${url.host}/`;
}
