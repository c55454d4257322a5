import { assertNever } from '../errors.ts';
import type { AnnotationEvent, Take } from './annotation.ts';

/**
 * One annotator in front of one trace, as a value. The terminal and the window share it, so that the same keys do the
 * same. Only events with candidates are stopped at; the others are read as what came before.
 */
export interface Sitting {
  readonly events: readonly AnnotationEvent[];
  /** One for each event; null where it was not answered. */
  readonly answers: readonly (Take | null)[];
  /** Position of the event in front; `events.length` is the end of the trace. */
  readonly at: number;
  /** Position of the candidate under the cursor; one past the last is "reject all". */
  readonly cursor: number;
  /** What is chosen for the event in front and not yet kept; null when nothing is. */
  readonly draft: Take | null;
  /** True after "next" without a choice, until the next key. */
  readonly missing: boolean;
  /** Answers that were replaced in this sitting, newest last. */
  readonly past: readonly { readonly event: number; readonly before: Take | null }[];
}

/** What a key means here. */
export type Press =
  | { readonly kind: 'up' | 'down' | 'toggle' | 'yes' | 'none' | 'next' | 'back' | 'undo' | 'leave' }
  | { readonly kind: 'pick'; readonly candidate: number };

/** An answer to be kept; `take` null takes it back. */
export interface Kept {
  readonly event: number;
  readonly take: Take | null;
}

/** Begins, or goes on, at the first event without an answer; at the end when there is none. */
export function sit(events: readonly AnnotationEvent[], answers: readonly (Take | null)[]): Sitting {
  const first = events.findIndex((each, at) => each.candidates.length > 0 && answers[at] == null);
  const empty: Sitting = { events, answers, at: 0, cursor: 0, draft: null, missing: false, past: [] };
  return goTo(empty, first === -1 ? events.length : first);
}

/** Events with candidates, and how many of them are answered. */
export function progressOf({ events, answers }: Pick<Sitting, 'events' | 'answers'>): {
  readonly asked: number;
  readonly answered: number;
} {
  let asked = 0;
  let answered = 0;
  events.forEach((each, at) => {
    if (each.candidates.length === 0) return;
    asked += 1;
    if (answers[at] != null) answered += 1;
  });
  return { asked, answered };
}

/** One key: the sitting after it and, where an answer changed, what is to be kept. */
export function press(sitting: Sitting, key: Press): { readonly sitting: Sitting; readonly keep?: Kept } {
  const { kind } = key;
  const { events, at, cursor, draft } = sitting;
  const event = events[at];
  const calm = sitting.missing ? { ...sitting, missing: false } : sitting;
  if (kind === 'undo') return undo(calm);
  if (!event) return kind === 'back' ? { sitting: goTo(calm, nextAsked(events, at, -1) ?? at) } : { sitting };
  const count = event.candidates.length;
  switch (kind) {
    case 'up':
    case 'down': {
      const step = kind === 'up' ? count : 1;
      return { sitting: { ...calm, cursor: (cursor + step) % (count + 1) } };
    }
    case 'toggle':
      return { sitting: cursor === count ? toggleNone(calm) : toggle(calm, cursor) };
    case 'yes': {
      if (cursor === count) return { sitting: { ...calm, draft: [] } };
      return { sitting: draft?.includes(cursor) ? calm : toggle(calm, cursor) };
    }
    case 'pick': {
      const { candidate } = key;
      return { sitting: candidate < count ? toggle({ ...calm, cursor: candidate }, candidate) : calm };
    }
    case 'none':
      return { sitting: { ...calm, cursor: count, draft: [] } };
    case 'next':
      if (draft === null) return { sitting: { ...sitting, missing: true } };
      return keep(calm, nextAsked(events, at, 1) ?? events.length);
    case 'back':
      return keep(calm, nextAsked(events, at, -1) ?? at);
    case 'leave':
      return keep(calm, at);
    default:
      return assertNever(kind, 'annotation');
  }
}

function toggle(sitting: Sitting, candidate: number): Sitting {
  const had = sitting.draft ?? [];
  const now = had.includes(candidate)
    ? had.filter((each) => each !== candidate)
    : [...had, candidate].toSorted((a, b) => a - b);
  // Taking the last tick away is no "reject all": that is said by its own key.
  return { ...sitting, draft: now.length === 0 ? null : now };
}

function toggleNone(sitting: Sitting): Sitting {
  return { ...sitting, draft: sitting.draft?.length === 0 ? null : [] };
}

function goTo(sitting: Sitting, at: number): Sitting {
  return { ...sitting, at, cursor: 0, draft: sitting.answers[at] ?? null, missing: false };
}

function keep(sitting: Sitting, to: number): { sitting: Sitting; keep?: Kept } {
  const { at, draft, answers } = sitting;
  const before = answers[at] ?? null;
  if (same(before, draft)) return { sitting: goTo(sitting, to) };
  const changed: Sitting = {
    ...sitting,
    answers: answers.with(at, draft),
    past: [...sitting.past, { event: at, before }],
  };
  return { sitting: goTo(changed, to), keep: { event: at, take: draft } };
}

function undo(sitting: Sitting): { sitting: Sitting; keep?: Kept } {
  const last = sitting.past.at(-1);
  if (!last) return { sitting };
  const answers = sitting.answers.with(last.event, last.before);
  const back = goTo({ ...sitting, answers, past: sitting.past.slice(0, -1) }, last.event);
  return { sitting: back, keep: { event: last.event, take: last.before } };
}

function nextAsked(events: readonly AnnotationEvent[], at: number, step: 1 | -1): number | undefined {
  for (let next = at + step; next >= 0 && next < events.length; next += step) {
    if (events[next]!.candidates.length > 0) return next;
  }
  return undefined;
}

function same(a: Take | null, b: Take | null): boolean {
  return (
    a === b || (a !== null && b !== null && a.length === b.length && a.every((each, i) => each === b[i]))
  );
}

/** The keys by their names: `up`, `down`, `enter`, `space`, else the character. The same in the terminal and the window. */
const KEYS: Readonly<Record<string, Press>> = {
  up: { kind: 'up' },
  k: { kind: 'up' },
  down: { kind: 'down' },
  j: { kind: 'down' },
  space: { kind: 'toggle' },
  y: { kind: 'yes' },
  n: { kind: 'none' },
  enter: { kind: 'next' },
  b: { kind: 'back' },
  u: { kind: 'undo' },
  q: { kind: 'leave' },
};

/** What the key of this name means; null for any other. */
export function pressOf(name: string): Press | null {
  if (/^[1-9]$/.test(name)) return { kind: 'pick', candidate: Number(name) - 1 };
  return Object.hasOwn(KEYS, name) ? KEYS[name]! : null;
}
