import type { ProposerContext } from '../../model/agent.ts';
import { appFacts } from '../../model/app.ts';
import { sameTopic, topicOf } from '../../model/topic.ts';
import { stepsFromEvents } from '../events.ts';
import { stepFromSentence } from '../sentences.ts';
import type { Step } from '../steps.ts';
import { deskOf, type Desk } from './desk.ts';
import { staysOf, type Place, type Stay } from './stays.ts';

/** What was looked for, and where. */
export interface Search extends Place {
  readonly query: string;
  readonly topic: string;
}
/** A message that something failed, and how it came into sight. */
export interface ErrorSeen extends Place {
  readonly text: string;
  readonly via: 'copied' | 'title' | 'searched' | 'shown';
}
/** A file that the person gave another name. */
export interface Rename extends Place {
  readonly from: string;
  readonly to: string;
  readonly folder?: string;
}
/** Something to read, with how long it was in front within the last half hour. */
export interface Reading {
  readonly title: string;
  readonly kind: 'pdf' | 'document' | 'article';
  readonly ms: number;
  /** It is in front now. */
  readonly now: boolean;
}
/** One stay in a window: where, whether words were written there, and what there was to read. */
export interface Visit extends Place {
  readonly name?: string;
  readonly source?: string;
  readonly wrote: boolean;
}

/** What the patterns may speak from. Oldest first; all texts are clean, one line, at most 120 characters. */
export interface Evidence {
  readonly now: number;
  readonly searches: readonly Search[];
  readonly errors: readonly ErrorSeen[];
  readonly renames: readonly Rename[];
  readonly readings: readonly Reading[];
  readonly visits: readonly Visit[];
  readonly stays: readonly Stay[];
  /** Empty lists where only sentences are known. */
  readonly desk: Desk;
}

const HALF_HOUR_MS = 1_800_000;
/** A gap longer than this tells of a break, not of reading. */
const LONGEST_GAP_MS = 900_000;

type Window = Pick<ProposerContext, 'now' | 'events' | 'observations'>;

/** One reading serves all patterns of a turn: they are given the same lists, which nobody changes. */
const lastRead = new WeakMap<readonly object[], Evidence>();

/** Reads the evidence from raw events, or from the sentences where there are none. Pure, never throws. */
export function readEvidence(context: Window): Evidence {
  const key = context.events.length > 0 ? context.events : context.observations;
  const known = lastRead.get(key);
  if (known && known.now === context.now) return known;
  const evidence = evidenceOf(context);
  lastRead.set(key, evidence);
  return evidence;
}

function evidenceOf(context: Window): Evidence {
  const { now } = context;
  const steps =
    context.events.length > 0
      ? stepsFromEvents(context.events)
      : context.observations.map((each) => ({
          ...stepFromSentence(each.id, each.time, each.event),
          duration: each.duration,
        }));
  return {
    now,
    searches: searchesIn(steps),
    errors: steps.flatMap((step, at) =>
      step.error
        ? [{ at: step.at, back: steps.length - 1 - at, text: step.error.text, via: step.error.via }]
        : [],
    ),
    renames: steps.flatMap((step, at) =>
      step.renamed ? [{ at: step.at, back: steps.length - 1 - at, ...step.renamed }] : [],
    ),
    readings: readingsIn(steps, now),
    visits: visitsIn(steps),
    stays: staysOf(steps, now),
    desk: deskOf(context.events, now),
  };
}

/** A search counts when it is asked, or when results of another query than the last one are on screen. */
function searchesIn(steps: readonly Step[]): readonly Search[] {
  const found: Search[] = [];
  for (const [at, step] of steps.entries()) {
    if (step.query === undefined) continue;
    const topic = topicOf(step.query);
    const last = found.at(-1);
    // Results spelled better than they were typed are those of the last search.
    if (!step.asks && last && sameTopic(last.topic, topic)) continue;
    found.push({ at: step.at, back: steps.length - 1 - at, query: step.query, topic });
  }
  return found;
}

function readingsIn(steps: readonly Step[], now: number): readonly Reading[] {
  const found = new Map<string, { title: string; kind: Reading['kind']; ms: number; now: boolean }>();
  const fronts = steps.filter((step) => !step.background);
  for (const [at, step] of fronts.entries()) {
    if (!step.document || isPlayed(step) || step.at < now - HALF_HOUR_MS) continue;
    const until = fronts[at + 1]?.at ?? now;
    const ms = Math.max(Math.min(until - step.at, LONGEST_GAP_MS), Math.min(step.duration, HALF_HOUR_MS), 0);
    const known = found.get(step.document.title);
    found.set(step.document.title, {
      ...step.document,
      ms: (known?.ms ?? 0) + ms,
      now: at === fronts.length - 1,
    });
  }
  return [...found.values()];
}

/** What is played has a title, too, but is no source. */
function isPlayed(step: Step): boolean {
  return appFacts(step.app).kind === 'media';
}

function visitsIn(steps: readonly Step[]): readonly Visit[] {
  const found: Visit[] = [];
  for (const [at, step] of steps.entries()) {
    const last = found.at(-1);
    const back = steps.length - 1 - at;
    if (step.afk !== undefined) continue;
    if (step.background) {
      // Written words belong to the window in front; a file saved by another program does not.
      if (last && step.writes && (step.title === undefined || step.app !== undefined)) {
        found[found.length - 1] = { ...last, wrote: true };
      }
      continue;
    }
    const name = step.title ?? step.app;
    const source =
      step.query || step.chat || step.writes || isPlayed(step) ? undefined : step.document?.title;
    if (last && name !== undefined && last.name === name) {
      found[found.length - 1] = { ...last, at: step.at, back, wrote: last.wrote || step.writes === true };
      continue;
    }
    found.push({
      at: step.at,
      back,
      wrote: step.writes === true,
      ...(name && { name }),
      ...(source && { source }),
    });
  }
  return found;
}

/**
 * Whether two searches within minutes are after the same thing: looser than `sameTopic`, since the second of two such
 * searches is far more often another wording than another task.
 */
export function sameSearch(a: string, b: string): boolean {
  const one = a.split(' ');
  const two = b.split(' ');
  const shared = one.filter((word) => two.includes(word)).length;
  return sameTopic(a, b) || (shared >= 2 && shared / Math.min(one.length, two.length) >= 0.6);
}

/** Those of `items` that hang together with the last one, each alike to at least one other; oldest first. */
export function connected<T>(items: readonly T[], alike: (a: T, b: T) => boolean): readonly T[] {
  const last = items.at(-1);
  const found = new Set<T>(last === undefined ? [] : [last]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const item of items) if ([...found].some((each) => alike(each, item))) found.add(item);
  }
  return items.filter((item) => found.has(item));
}

/** Whether two names of a source mean the same one. */
export function sameSource(a: string, b: string): boolean {
  return a === b || sameTopic(topicOf(a), topicOf(b));
}
