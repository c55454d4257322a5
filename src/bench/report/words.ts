import type { Cell, ColumnKind } from './blocks.ts';

/** Characters that turn text around or end it unseen have no place in a report of untrusted text. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** Untrusted text on one line, without characters nobody sees. */
export function plain(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(UNSEEN, '');
}

/** Untrusted text for HTML content or a quoted attribute. */
export function html(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/**
 * Untrusted text for a paragraph or a cell of a Markdown table: every sign that Markdown or HTML reads is escaped, and an
 * address is no link.
 */
export function markdown(text: string): string {
  return plain(text)
    .replace(/[\\`*_{}[\]()#!|~^$@]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)\.(?=\s|$)/, '$1\\.')
    .replaceAll('://', '\\://')
    .replace(/\bwww\./gi, (found) => found.replace('.', '\\.'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A number in a column's way of writing. What is no finite number is a dash. */
export function amount(value: number, kind: ColumnKind): string {
  if (!Number.isFinite(value)) return '–';
  switch (kind) {
    case 'share':
      return value.toFixed(3);
    case 'count':
      return grouped(Math.round(value));
    case 'milliseconds':
      return value < 1000 ? `${value < 10 ? value.toFixed(1) : Math.round(value)} ms` : seconds(value / 1000);
    case 'number':
    case 'text':
      return Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(4)));
  }
}

/** A cell in words: its number, and its interval in brackets. */
export function cell(value: Cell, kind: ColumnKind): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return amount(value, kind);
  return `${amount(value.value, kind)} [${amount(value.low, kind)}, ${amount(value.high, kind)}]`;
}

function seconds(value: number): string {
  if (value < 120) return `${value.toFixed(value < 10 ? 2 : 1)} s`;
  const minutes = value / 60;
  return minutes < 120 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
}

/** Thin spaces between thousands (ISO 80000-1). */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, '\u202F');
}
