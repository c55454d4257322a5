import type { Trace } from '../../proactivebench/folder.ts';
import type { AgentResponse, Observed } from '../../proactivebench/rows.ts';
import type { JudgedWindow } from '../../proactivebench/windows.ts';

/** The step of a model's traces that stands for a window. */
export interface Match {
  readonly window: JudgedWindow;
  /** Name of the trace's file, without `.json`, and the step's place in it, from 1. */
  readonly file: string;
  readonly step: number;
  readonly response: AgentResponse | undefined;
  /** What decided: the text alone, or, where it stands several times, also the time or the sentences before. */
  readonly by: 'text' | 'time' | 'sentences';
}

/** A window that no step stands for. */
export interface Unmatched {
  readonly window: JudgedWindow;
  readonly why: 'no step has this text' | 'several steps fit as well' | 'its step fits another window better';
}

/** All windows of one model, in the order given. */
export interface Matching {
  readonly matched: readonly Match[];
  readonly unmatched: readonly Unmatched[];
}

interface Place {
  readonly trace: Trace;
  readonly at: number;
}

interface Claim {
  readonly window: JudgedWindow;
  readonly place: Place;
  readonly sameTime: boolean;
  /** How many of the window's earlier sentences the trace holds before the step. */
  readonly shared: number;
}

/**
 * Finds for each window the step of a model's traces with the same last observation, by its text. Where the text
 * stands in several steps or ends several windows, the step at the same time is meant, and among those the one with
 * most of the window's earlier sentences before it. A step stands for one window; what stays undecided is unmatched.
 */
export function matchWindows(windows: readonly JudgedWindow[], traces: readonly Trace[]): Matching {
  const places = new Map<string, Place[]>();
  for (const trace of traces) {
    for (const [at, { observation }] of trace.steps.entries()) {
      places.set(observation.event, [...(places.get(observation.event) ?? []), { trace, at }]);
    }
  }
  const found = new Map<JudgedWindow, Match | Unmatched['why']>();
  for (const [text, alike] of Map.groupBy(windows, lastText)) {
    const steps = places.get(text) ?? [];
    if (steps.length === 1 && alike.length === 1) found.set(alike[0]!, matchOf(alike[0]!, steps[0]!, 'text'));
    else settle(alike, steps, found);
  }
  const matched: Match[] = [];
  const unmatched: Unmatched[] = [];
  for (const window of windows) {
    const result = found.get(window) ?? 'no step has this text';
    if (typeof result === 'string') unmatched.push({ window, why: result });
    else matched.push(result);
  }
  return { matched, unmatched };
}

/** Gives each step to the window with the strongest claim, the strongest claims of all first. */
function settle(
  windows: readonly JudgedWindow[],
  places: readonly Place[],
  found: Map<JudgedWindow, Match | Unmatched['why']>,
): void {
  const claims = windows
    .flatMap((window) => places.map((place) => claimOf(window, place)))
    .toSorted((a, b) => strength(b) - strength(a));
  const taken = new Set<Place>();
  for (const level of Map.groupBy(claims, strength).values()) {
    const open = level.filter((claim) => !found.has(claim.window) && !taken.has(claim.place));
    for (const claim of open) {
      const rivals = open.filter((each) => each.window === claim.window || each.place === claim.place);
      // A claim of nothing but the text is no better than another.
      if (rivals.length > 1 || strength(claim) === 0) found.set(claim.window, 'several steps fit as well');
      else found.set(claim.window, matchOf(claim.window, claim.place, claim.sameTime ? 'time' : 'sentences'));
      // A step that two windows claim alike is nobody's, and no weaker claim's either.
      taken.add(claim.place);
    }
  }
  if (places.length === 0) return;
  for (const window of windows)
    if (!found.has(window)) found.set(window, 'its step fits another window better');
}

function claimOf(window: JudgedWindow, place: Place): Claim {
  const before = new Set(place.trace.steps.slice(0, place.at).map((step) => step.observation.event));
  return {
    window,
    place,
    sameTime: sameTime(window.obs.at(-1)!, place.trace.steps[place.at]!.observation),
    shared: window.obs.slice(0, -1).filter((each) => before.has(each.event)).length,
  };
}

/** Time first, then sentences: no window holds a million. */
function strength(claim: Claim): number {
  return (claim.sameTime ? 1_000_000 : 0) + claim.shared;
}

function sameTime(a: Observed, b: Observed): boolean {
  const [mine, other] = [String(a.time).trim(), String(b.time).trim()];
  return mine === other || (mine !== '' && other !== '' && Number(mine) === Number(other));
}

function lastText(window: JudgedWindow): string {
  return window.obs.at(-1)!.event;
}

function matchOf(window: JudgedWindow, { trace, at }: Place, by: Match['by']): Match {
  const step = trace.steps[at]!;
  return { window, file: trace.name, step: at + 1, response: step.agent_response, by };
}
