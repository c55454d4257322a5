import { appFacts } from '../../src/model/app.ts';
import { counting } from '../strings/counting.ts';
import { language, strings } from '../strings.ts';

/** Made once for each language: a formatter costs more than what it formats. */
const perLanguage = <T>(make: (tag: string) => T): (() => T) => {
  const made = new Map<string, T>();
  return () => {
    let found = made.get(language);
    if (!found) made.set(language, (found = make(language)));
    return found;
  };
};

const clock = perLanguage(
  (tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const day = perLanguage(
  (tag) => new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short' }),
);
const date = perLanguage((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }));
const weekdays = perLanguage((tag) => ({
  long: new Intl.DateTimeFormat(tag, { weekday: 'long', timeZone: 'UTC' }),
  short: new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' }),
}));
const exact = perLanguage(
  (tag) =>
    new Intl.DateTimeFormat(tag, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
);
const relative = perLanguage((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const counts = perLanguage(counting);
const bytesIn = perLanguage((tag) => {
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: name,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  return { large: unit('gigabyte', 1), middle: unit('megabyte', 0), small: unit('kilobyte', 0) };
});

/** A number as the language in force writes it: `1,204`, `1.204`; with `digits` decimals, or at least `least`. */
export const numberOf = (value: number, digits = 0, least = digits): string =>
  counts().number(value, digits, least);

/** Epoch ms as local `15:42`. */
export const timeOf = (at: number): string => clock().format(at);

/** Epoch ms to the second, with its date: `Nov 24, 2026, 15:42:07`. */
export const exactTimeOf = (at: number): string => exact().format(at);

/** The name of a weekday (0 is Sunday): `Monday`, or `Mon`. */
export const weekdayOf = (weekday: number, style: 'long' | 'short'): string =>
  // The first of August 2021 was a Sunday.
  weekdays()[style].format(Date.UTC(2021, 7, 1 + weekday));

/** Epoch ms of the start of its local day. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Epoch ms of the start of its local hour. */
export function startOfHour(at: number): number {
  return new Date(at).setMinutes(0, 0, 0);
}

/** `today`, `yesterday`, or `Mon, Nov 23`. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  return days === 0 || days === -1 ? relative().format(days, 'day') : day().format(at);
}

/** Epoch ms as `Nov 22`. */
export const dateOf = (at: number): string => date().format(at);

/** `15:42` for today, `Nov 22, 15:42` for another day. */
export function momentOf(at: number, now: number): string {
  return startOfDay(at) === startOfDay(now) ? timeOf(at) : `${dayOf(at, now)}, ${timeOf(at)}`;
}

/** Milliseconds as `9 s`, `4 min`, `3 h 10`: the signs of the units are the same in every language we know of. */
export function spanOf(ms: number): string {
  if (ms < 60_000) return `${numberOf(Math.round(ms / 1000))} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  const hours = numberOf(Math.floor(minutes / 60));
  return rest === 0 ? `${hours} h` : `${hours} h ${rest}`;
}

/** Milliseconds of a measurement: `12 ms`, `1.4 s`. */
export function millisOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${numberOf(ms / 1000, 1)} s`;
}

/** Bytes as `92 MB`, `4.7 GB` (decimal units, as disks and downloads are sold). */
export function bytesOf(bytes: number): string {
  const { large, middle, small } = bytesIn();
  if (bytes >= 1e9) return large.format(bytes / 1e9);
  return bytes >= 1e6 ? middle.format(Math.round(bytes / 1e6)) : small.format(Math.ceil(bytes / 1e3));
}

/** 0 to 1 as a whole percentage without the sign. */
export const percentOf = (part: number): number => Math.round(part * 100);

/** 0 to 1 as `33 %`. */
export const percentWords = (part: number): string => `${numberOf(part * 100)} %`;

/** What a person calls an application; the platform's own name where nobody knows better. */
export const appName = (app: string): string => appFacts(app).name || app;

/** The sentence of an error without its `[speaker]`, which is for logs. */
export function sentenceOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\[[^\]]{1,60}\] */, '');
}

/** What is wrong and how to mend it, as sentences: both come as clauses, for logs. */
export const faultOf = (reason: string, mend = ''): string =>
  [sentenceOf(reason), mend]
    .filter((each) => each !== '')
    .map((each) => `${each.charAt(0).toUpperCase()}${each.slice(1)}${/[.!?…]$/.test(each) ? '' : '.'}`)
    .join(' ');

/** A share of one with two digits, `0.74`. */
export function shareOf(value: number): string {
  return numberOf(value, 2);
}

/** Why something was not kept, `private window`, with or without its source in front; as the core says it where nobody knows it. */
export function reasonWords(reason: string): string {
  const [, source, plain] = /^(?:(\w+): )?(.*)$/s.exec(reason) ?? [];
  const words = strings.reasons[plain ?? reason];
  if (words === undefined) return reason;
  const from = strings.report.sources[source as keyof typeof strings.report.sources];
  return from === undefined ? words : `${from}: ${words}`;
}
