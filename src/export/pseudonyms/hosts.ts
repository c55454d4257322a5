import { isCommon, isOrdinary } from './ordinary.ts';
import { isDistinctive, type Span, spanAt } from './span.ts';
import { holdsPlaceholder } from './value.ts';

const address =
  /(?<![\p{L}\p{N}])([a-z][a-z0-9+.-]{1,20}):\/\/([^\s/?#'"<>()[\]{}|\\,;]{1,300})([^\s'"<>()[\]{}|\\]{0,2000})/giu;
const bare =
  /(?<![\p{L}\p{N}_.@/\\-])(?:[a-z0-9-]{1,63}\.){1,8}([a-z]{2,24})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])/giu;
const four = /(?<![\p{L}\p{N}.])(\d{1,3})(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d)/gu;

/** Endings of hosts; two letters are a country's, except where files or code have the same. */
const TOP = new Set(
  `com org net edu gov mil int info biz io dev app ai cloud tech site online store blog page xyz wiki news shop eu local lan
  internal corp intranet localdomain onion`.split(/\s+/),
);
const NO_COUNTRY = new Set(
  'py sh md rs ps pl so cc ts js go rb cs vb hs mm id is it in to at my no be me am do as'.split(' '),
);
const FILES = new Set('py sh md rs ps pl cc ts js go rb cs vb hs mm'.split(' '));

/** Addresses and hosts: the host, each part of what is behind it, and what is asked. */
export function findHosts(text: string): Span[] {
  const spans: Span[] = [];
  if (text.includes('://')) {
    for (const { 0: whole, 1: scheme = '', 2: front = '', 3: rest = '', index } of text.matchAll(address)) {
      const begin = index + scheme.length + 3;
      if (whole.length > 0 && scheme.toLowerCase() !== 'file') spans.push(...inAddress(front, rest, begin));
    }
  }
  if (!text.includes('.')) return spans;
  for (const { 0: host, 1: top = '', index } of text.matchAll(bare)) {
    if (isHost(host, top.toLowerCase())) spans.push(...hostAt(host, index));
  }
  for (const { 0: host, index } of text.matchAll(four)) {
    const numbers = host.split('.').map(Number);
    if (numbers.every((each) => each < 256) && host !== '127.0.0.1' && host !== '0.0.0.0')
      spans.push(spanAt(index, host, 'host', { anywhere: true }));
  }
  return spans;
}

/** One host; `www.` in front makes no other. */
export function hostAt(host: string, start: number): Span[] {
  if (isCommon(host) || holdsPlaceholder(host) || /(?:^|\.)example(?:\.\w+)?$/i.test(host)) return [];
  const key = host.toLowerCase().replace(/^www\./, '');
  return [spanAt(start, host, 'host', { key, anywhere: host.includes('.') || !isOrdinary(host) })];
}

function isHost(host: string, top: string): boolean {
  const labels = host.split('.').length;
  if (top.length > 2) return TOP.has(top);
  if (FILES.has(top)) return false;
  // Two labels may just as well be code, `row.id`, or a sentence without its space.
  return labels > 2 || !NO_COUNTRY.has(top) ? host === host.toLowerCase() || labels > 2 : false;
}

function inAddress(front: string, rest: string, begin: number): Span[] {
  const spans: Span[] = [];
  const at = front.lastIndexOf('@');
  if (at > 0) spans.push(...pageAt(front.slice(0, at), begin));
  const host = front.slice(at + 1).replace(/:\d{1,5}$/, '');
  spans.push(...hostAt(host.replace(/\.+$/, ''), begin + at + 1));
  const [, path = '', asked = ''] = /^([^?#]*)(.*)$/su.exec(rest.replace(/[.,;!…]+$/u, '')) ?? [];
  let from = begin + front.length;
  for (const part of path.split('/')) {
    spans.push(...pageAt(part, from));
    from += part.length + 1;
  }
  // From behind its mark, so that one can still see that something was asked.
  spans.push(...pageAt(asked.slice(1), begin + front.length + path.length + 1));
  return spans;
}

function pageAt(part: string, start: number): Span[] {
  if (part === '' || isCommon(part) || holdsPlaceholder(part)) return [];
  return [spanAt(start, part, 'page', { anywhere: isDistinctive(part) && !isOrdinary(part) })];
}
