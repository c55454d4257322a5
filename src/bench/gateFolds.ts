import { factsFromSentences } from '../agent/facts.ts';
import type { Linear } from '../agent/logistic.ts';
import { withoutTyped } from '../agent/quotes.ts';
import type { Trace } from '../proactivebench/folder.ts';
import { tasksOf } from '../proactivebench/rows.ts';
import type { JudgedWindow } from '../proactivebench/windows.ts';
import { timesOf } from '../replay/time.ts';
import { fitLessons, type Lesson, probabilityOf } from './gate/model.ts';
import { matchWindows } from './need/match.ts';

/** A judged window as the gate sees it: sentences with epoch milliseconds, newest last. */
export interface GateWindow {
  readonly trace: string;
  readonly sentences: readonly { readonly time: number; readonly event: string }[];
  readonly needed: boolean;
  /** Share of the voting models that proposed something; absent where none has the window. Only a fit looks at it. */
  readonly vote?: number;
}

/** P(help is needed) and the decision for each window, in the order of the windows. */
export interface Held {
  readonly probabilities: readonly number[];
  readonly decisions: readonly boolean[];
}

/** Published models whose silences say something: others propose nearly always. */
const VOTERS = ['qwen2-72b-instruct', 'claude-3-sonnet-20240229'];

/**
 * Judged windows with their times read, and the votes of published models where their traces are given. Prose times are
 * counted from a synthetic first day.
 */
export function gateWindowsOf(
  windows: readonly JudgedWindow[],
  models: ReadonlyMap<string, readonly Trace[]> = new Map(),
): readonly GateWindow[] {
  const votes = votesOf(windows, models);
  return windows.map(({ id, trace, obs, needed }) => {
    const times = timesOf(obs.map((each) => each.time));
    const cast = votes.get(id);
    return {
      trace,
      sentences: obs.map(({ event }, at) => ({ time: times[at]!, event })),
      needed,
      ...(cast && { vote: cast.filter(Boolean).length / cast.length }),
    };
  });
}

function votesOf(
  windows: readonly JudgedWindow[],
  models: ReadonlyMap<string, readonly Trace[]>,
): ReadonlyMap<string, readonly boolean[]> {
  const votes = new Map<string, readonly boolean[]>();
  for (const voter of VOTERS) {
    for (const { window, response } of matchWindows(windows, models.get(voter) ?? []).matched) {
      votes.set(window.id, [...(votes.get(window.id) ?? []), tasksOf(response).length > 0]);
    }
  }
  return votes;
}

/**
 * The same windows as a desktop sees them by default: a search is in the title of its results page, other typed words
 * are not known.
 */
export function withDefaultSources(windows: readonly GateWindow[]): readonly GateWindow[] {
  return windows.map((window) => ({
    ...window,
    sentences: window.sentences.map((each) => ({ ...each, event: withoutTyped(each.event) })),
  }));
}

/** Names of the facts that are weighed, in the order of a lesson's rows. */
export const FACT_NAMES: readonly string[] = factsFromSentences([], 0).map((fact) => fact.name);

/** What there is to learn from windows. */
export function lessonsOf(windows: readonly GateWindow[]): readonly Lesson[] {
  const plain = withDefaultSources(windows);
  return windows.map((window, at) => ({
    whole: rowOf(window),
    plain: rowOf(plain[at]!),
    needed: window.needed,
    ...(window.vote !== undefined && { vote: window.vote }),
  }));
}

/** The values of a window's facts at the time of its last sentence. */
function rowOf({ sentences }: GateWindow): readonly number[] {
  return factsFromSentences(sentences, sentences.at(-1)!.time).map((fact) => fact.value);
}

/** The two ways to look at a window. */
type Sources = 'whole' | 'plain';

/**
 * The gate on traces that it has not seen, with all sources and with the default ones: for each trace, weights and threshold
 * come from the other traces alone. Needs three traces or more, since a threshold is chosen on traces left out in turn.
 * `onFit` hears how many fits are done.
 */
export function nestedGates(
  windows: readonly GateWindow[],
  onFit: (done: number, total: number) => void = () => {},
): Readonly<Record<Sources, Held>> {
  const lessons = lessonsOf(windows);
  const traces = [...new Set(windows.map((window) => window.trace))];
  const total = (traces.length * (traces.length + 1)) / 2;
  let done = 0;
  const without = (left: readonly string[]): Linear => {
    const model = fitLessons(
      FACT_NAMES,
      lessons.filter((_, at) => !left.includes(windows[at]!.trace)),
    );
    onFit((done += 1), total);
    return model;
  };
  // Leaving out a and then b is leaving out b and then a.
  const pairs = new Map<string, Linear>();
  const withoutBoth = (a: string, b: string): Linear => {
    const key = [a, b].toSorted().join('\n');
    const model = pairs.get(key) ?? without([a, b]);
    pairs.set(key, model);
    return model;
  };
  const models = new Map(traces.map((trace) => [trace, without([trace])]));
  const held = (sources: Sources): Held => {
    const probabilities: number[] = [];
    const decisions: boolean[] = [];
    for (const trace of traces) {
      const model = models.get(trace)!;
      const inner = windows.flatMap((window, at) =>
        window.trace === trace
          ? []
          : [
              {
                needed: window.needed,
                score: probabilityOf(withoutBoth(trace, window.trace), lessons[at]![sources]),
              },
            ],
      );
      const threshold = bestThreshold(inner);
      for (const [at, window] of windows.entries()) {
        if (window.trace !== trace) continue;
        probabilities[at] = probabilityOf(model, lessons[at]![sources]);
        decisions[at] = probabilities[at]! >= threshold;
      }
    }
    return { probabilities, decisions };
  };
  return { whole: held('whole'), plain: held('plain') };
}

/** The probability from which proposing gives the best F1; 0 where nothing gives any. */
function bestThreshold(moments: readonly { readonly needed: boolean; readonly score: number }[]): number {
  const f1 = (threshold: number): number => {
    const hits = moments.filter((each) => each.score >= threshold && each.needed).length;
    const wrong = moments.filter((each) => each.score >= threshold !== each.needed).length;
    return hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong);
  };
  return [...new Set(moments.map((each) => each.score))]
    .sort((a, b) => a - b)
    .reduce((best, each) => (f1(each) > f1(best) ? each : best), 0);
}
