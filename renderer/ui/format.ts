import { appFacts } from '../../src/model/app.ts';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** Epoch ms as local `15:42`. */
export const timeOf = (at: number): string => clock.format(at);

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
  return days === 0 || days === -1 ? relative.format(days, 'day') : day.format(at);
}

/** `15:42` for today, `Nov 22, 15:42` for another day. */
export function momentOf(at: number, now: number): string {
  return startOfDay(at) === startOfDay(now) ? timeOf(at) : `${dayOf(at, now)}, ${timeOf(at)}`;
}

/** Milliseconds as `9 s`, `4 min`, `3 h 10`. */
export function spanOf(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest}`;
}

/** Milliseconds of a measurement: `12 ms`, `1.4 s`. */
export function millisOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Bytes as `92 MB`, `4.7 GB` (decimal units, as disks and downloads are sold). */
export function bytesOf(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/** 0 to 1 as a whole percentage without the sign. */
export const percentOf = (part: number): number => Math.round(part * 100);

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
  return value.toFixed(2);
}
