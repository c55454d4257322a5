import { isCommon, isOrdinary } from './ordinary.ts';
import { isDistinctive, type Span, spanAt } from './span.ts';
import { holdsPlaceholder } from './value.ts';

const address =
  /(?<![\p{L}\p{N}])([a-z][a-z0-9+.-]{1,20}):\/\/([^\s/?#'"<>()[\]{}|\\,;]{1,300})([^\s'"<>()[\]{}|\\]{0,2000})/giu;
const bare =
  /(?<![\p{L}\p{N}_.@/\\-])(?:[a-z0-9-]{1,63}\.){1,8}([a-z]{2,24})(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])/giu;
/** What stands behind a host without a scheme: a port and a path. */
const behind = /(?::\d{1,5})?(\/[^\s'"<>()[\]{}|\\]{1,2000})/uy;
/** `git@host:owner/project.git`, as git and scp write it: the path behind the colon. */
const copied =
  /(?<=[\p{L}\p{N}]@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}:)[^\s'"<>()[\]{}|\\:]{1,300}\/[^\s'"<>()[\]{}|\\]{1,1000}/giu;
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
    if (!isHost(host, top.toLowerCase())) continue;
    spans.push(...hostAt(host, index));
    behind.lastIndex = index + host.length;
    const [whole = '', path = ''] = behind.exec(text) ?? [];
    spans.push(...pagesAt(path.replace(STOP, ''), index + host.length + whole.length - path.length));
  }
  for (const { 0: path, index } of text.matchAll(copied))
    spans.push(...pagesAt(path.replace(STOP, ''), index));
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
  const [, path = '', asked = ''] = /^([^?#]*)(.*)$/su.exec(rest.replace(STOP, '')) ?? [];
  spans.push(...pagesAt(path, begin + front.length));
  // From behind its mark, so that one can still see that something was asked.
  spans.push(...pageAt(asked.slice(1), begin + front.length + path.length + 1));
  return spans;
}

/** The end of the sentence that an address ends. */
const STOP = /[.,;!…]+$/u;

function pagesAt(path: string, start: number): Span[] {
  let from = start;
  return path.split('/').flatMap((part) => {
    const spans = pageAt(part, from);
    from += part.length + 1;
    return spans;
  });
}

function pageAt(part: string, start: number): Span[] {
  if (part === '' || isCommon(part) || holdsPlaceholder(part)) return [];
  return [spanAt(start, part, 'page', { anywhere: isDistinctive(part) && !isOrdinary(part) })];
}
