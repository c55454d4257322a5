import { isIPv6 } from 'node:net';
import type { Sample } from './fill.ts';
import { leaks } from './leak.ts';

/** What is measured: text in, text with placeholders out. */
export type Redactor = (text: string) => string | Promise<string>;

/** How many samples of one kind came out clean, and those that did not. */
export interface Score {
  readonly kind: string;
  readonly caught: number;
  readonly all: number;
  readonly missed: readonly string[];
}

/** Runs the samples, grouped by kind. */
export async function measure(samples: readonly Sample[], redact: Redactor): Promise<readonly Score[]> {
  const scores = new Map<string, { caught: number; all: number; missed: string[] }>();
  for (const { kind, text, secrets } of samples) {
    const score = scores.get(kind) ?? { caught: 0, all: 0, missed: [] };
    scores.set(kind, score);
    const out = await redact(text);
    score.all += 1;
    const around = secrets.reduce((rest, secret) => rest.replace(secret, '\0'), text);
    if (secrets.some((secret) => leaks(out, secret, around))) score.missed.push(`${text}  =>  ${out}`);
    else score.caught += 1;
  }
  return [...scores].map(([kind, score]) => ({ kind, ...score }));
}

/** Share of samples caught over all kinds, 0 to 1. */
export function recall(scores: readonly Score[]): number {
  const all = scores.reduce((sum, score) => sum + score.all, 0);
  return all === 0 ? 0 : scores.reduce((sum, score) => sum + score.caught, 0) / all;
}

/** What replaces a finding; the bench makes others' redactors write the same. */
const replacement = /\[(?:[A-Z]{2,12}_\d{1,4}|USER)\]/g;

/** A stretch of the text that went in, `start` inclusive, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What was replaced, told from what is left of the text around it. */
export function replacedIn(text: string, out: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const pieces = out.split(replacement);
  let at = pieces[0]!.length;
  for (let next = 1; next < pieces.length; next += 1) {
    const piece = pieces[next]!;
    const end = next === pieces.length - 1 && piece === '' ? text.length : text.indexOf(piece, at + 1);
    stretches.push({ start: at, end: end < 0 ? text.length : end });
    at = end < 0 ? text.length : end + piece.length;
  }
  return stretches;
}

/** Personal data that ordinary text really has, such as an author's address: no false finding. */
export function isReal(found: string): boolean {
  const value = found.replaceAll('%40', '@');
  return (
    isIPv6(value) ||
    /^\+\d{1,3}[\d ]{8,14}$/.test(value) ||
    /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(value) ||
    (/^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) < 256)) ||
    /^\/(?:home|Users)\/[\w.]+$/.test(value) ||
    value === 'ada'
  );
}

/** False findings in clean text, each with the line it stands in. */
export async function falseFindings(lines: readonly string[], redact: Redactor): Promise<readonly string[]> {
  const found: string[] = [];
  for (let at = 0; at < lines.length; at += 5) {
    const block = lines.slice(at, at + 5).join('\n');
    const out = await redact(block);
    if (out === block) continue;
    for (const { start, end } of replacedIn(block, out)) {
      const value = block.slice(start, end);
      if (isReal(value)) continue;
      const from = block.lastIndexOf('\n', start) + 1;
      const to = block.indexOf('\n', end);
      found.push(
        `${value}  in  ${block
          .slice(from, to < 0 ? block.length : to)
          .trim()
          .slice(0, 200)}`,
      );
    }
  }
  return found;
}

/** Findings in samples that stand between ordinary lines: those that touch a secret and those that do not. */
export async function precision(
  samples: readonly Sample[],
  lines: readonly string[],
  redact: Redactor,
): Promise<{ right: number; wrong: number; list: readonly string[] }> {
  let right = 0;
  let wrong = 0;
  const list: string[] = [];
  let line = 0;
  for (const { kind, text, secrets } of samples) {
    const take = (): string => Array.from({ length: 3 }, () => lines[line++ % lines.length]!).join('\n');
    const block = `${take()}\n\n${text}\n\n${take()}`;
    const out = await redact(block);
    for (const { start, end } of replacedIn(block, out)) {
      const value = block.slice(start, end);
      if (touches(block, start, end, secrets)) right += 1;
      else if (!isReal(value)) {
        wrong += 1;
        list.push(
          `${kind}: ${value}  in  ${block.slice(Math.max(0, start - 60), end + 40).replaceAll('\n', '⏎')}`,
        );
      }
    }
  }
  return { right, wrong, list };
}

function touches(text: string, start: number, end: number, secrets: readonly string[]): boolean {
  return secrets.some((secret) => {
    for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
      if (start < at + secret.length && end > at) return true;
    }
    return false;
  });
}
