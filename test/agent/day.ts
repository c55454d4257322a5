import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';

/** Nine in the morning of the days these tests make up. */
export const NINE = Date.UTC(2026, 10, 23, 9, 0);

const base = (seconds: number, monitor: string, app?: string) => ({
  id: newId(NINE + seconds * 1000),
  at: NINE + seconds * 1000,
  duration: 0,
  monitor,
  ...(app && { app }),
});

/** Focus on a window, so many seconds after nine. */
export function front(seconds: number, app: string, title: string): Event {
  return { ...base(seconds, 'window', app), kind: 'window', data: { title } };
}

/** A burst of typing. */
export function typing(seconds: number, app: string, words: number): Event {
  return {
    ...base(seconds, 'keyboard', app),
    kind: 'keyboard',
    data: { keys: words * 6, words, corrections: 0, chords: [] },
  };
}

/** A text copied. */
export function copy(seconds: number, app: string, text: string): Event {
  return {
    ...base(seconds, 'clipboard', app),
    kind: 'clipboard',
    data: { content: 'text', size: text.length, words: text.split(/\s+/).length, text },
  };
}

/** A file renamed in a watched folder. */
export function rename(seconds: number, folder: string, from: string, name: string): Event {
  return {
    ...base(seconds, 'files'),
    kind: 'file',
    data: { action: 'renamed', name, from, folder, type: 'jpeg', size: 10, binary: true },
  };
}

/** The person came or went. */
export function afk(seconds: number, status: 'afk' | 'not-afk'): Event {
  return { ...base(seconds, 'idle'), kind: 'afk', data: { status } };
}
