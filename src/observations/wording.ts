import { appFacts } from '../model/app.ts';

/** In single quotes, on one line, cut at `longest` characters. */
export function quote(text: string, longest = 200): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const points = Array.from(line.slice(0, longest * 2));
  return points.length > longest || line.length > longest * 2
    ? `'${points.slice(0, longest).join('').trimEnd()}…'`
    : `'${line}'`;
}

/** ` in Chromium`, or nothing when nobody knows the application. */
export function inApp(app: string | undefined): string {
  return app === undefined || app.trim() === '' ? '' : ` in ${appFacts(app).name}`;
}

/** `1 word`, `12 words`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Milliseconds as a person would say them: `40 seconds`, `12 minutes`, `2 hours`. */
export function span(ms: number): string {
  if (ms < 60_000) return count(Math.max(1, Math.round(ms / 1000)), 'second');
  if (ms < 90 * 60_000) return count(Math.round(ms / 60_000), 'minute');
  return count(Math.round(ms / 3_600_000), 'hour');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
