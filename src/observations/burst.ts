import type { KeyboardEvent } from '../model/event.ts';

/** A burst goes on for at most this long (ms): steady writing should show as progress, not as one endless line. */
export const longestBurstMs = 180_000;

/** Typed text comes without keys, after the bursts that count them: it is part of one that began later than its text. */
const isTextAlone = ({ data }: KeyboardEvent) => data.keys === 0 && data.text !== undefined;

/**
 * Joins two bursts of typing in one application; null when they are apart.
 *
 *     last    |12 words|
 *     next                |5 words|     within `pulsetimeMs`
 *     merged  |17 words            |
 */
export function mergeBurst(
  last: KeyboardEvent,
  next: KeyboardEvent,
  pulsetimeMs: number,
): KeyboardEvent | null {
  if (last.app !== next.app || last.monitor !== next.monitor) return null;
  if (next.at > last.at + last.duration + pulsetimeMs) return null;
  if (isTextAlone(next) ? next.at + next.duration < last.at - pulsetimeMs : next.at < last.at) return null;
  const duration = Math.max(last.duration, next.at - last.at + next.duration);
  if (duration > longestBurstMs) return null;
  const text = [last.data.text, next.data.text].filter((part) => part !== undefined).join(' ');
  return {
    ...last,
    duration,
    data: {
      keys: last.data.keys + next.data.keys,
      words: last.data.words + next.data.words,
      corrections: last.data.corrections + next.data.corrections,
      chords: [...last.data.chords, ...next.data.chords].slice(-64),
      ...(text ? { text: text.slice(0, 2000) } : {}),
    },
  };
}
