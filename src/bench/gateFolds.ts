import { factsFromSentences } from '../agent/facts.ts';
import { withoutTyped } from '../agent/quotes.ts';
import { fitLogistic, scoreOf } from '../agent/logistic.ts';
import type { Fact } from '../model/agent.ts';
import { sigmoid } from '../model/sigmoid.ts';
import type { JudgedWindow } from '../proactivebench/windows.ts';
import { timesOf } from '../replay/time.ts';

/** A judged window as the gate sees it: sentences with epoch milliseconds, newest last. */
export interface GateWindow {
  readonly trace: string;
  readonly sentences: readonly { readonly time: number; readonly event: string }[];
  readonly needed: boolean;
}

/** P(help is needed) and the decision for each window, in the order of the windows. */
export interface Held {
  readonly probabilities: readonly number[];
  readonly decisions: readonly boolean[];
}

/**
 * Facts that are not weighed. So few windows here repeat a search that the fit turns its sign round, against what all
 * sixteen traces say (JUDGEMENT.md); saying "against: the same search again" would be wrong.
 */
const WITHHELD = new Set(['again']);

const RIDGES = [1, 3, 10, 30];

/** Judged windows with their times read. Prose times are counted from a synthetic first day. */
export function gateWindowsOf(windows: readonly JudgedWindow[]): readonly GateWindow[] {
  return windows.map(({ trace, obs, needed }) => {
    const times = timesOf(obs.map((each) => each.time));
    return { trace, sentences: obs.map(({ event }, at) => ({ time: times[at]!, event })), needed };
  });
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

/** The facts of a window that a fit weighs, at the time of its last sentence. */
export function weighedFacts(window: GateWindow): readonly Fact[] {
  const now = window.sentences.at(-1)!.time;
  return factsFromSentences(window.sentences, now).filter((fact) => !WITHHELD.has(fact.name));
}

/** The values of those facts. */
export function factRow(window: GateWindow): readonly number[] {
  return weighedFacts(window).map((fact) => fact.value);
}

/**
 * P(help) for every window by a model that was fitted without the window's trace, all with one ridge. `rows` are the
 * windows' values.
 */
function leaveTracesOut(
  windows: readonly GateWindow[],
  rows: readonly (readonly number[])[],
  ridge: number,
): readonly number[] {
  const out: number[] = [];
  for (const trace of new Set(windows.map((window) => window.trace))) {
    const train = windows.flatMap((window, at) => (window.trace === trace ? [] : [at]));
    const model = fitLogistic(
      train.map((at) => rows[at]!),
      train.map((at) => windows[at]!.needed),
      ridge,
    );
    for (const [at, window] of windows.entries()) {
      if (window.trace === trace) out[at] = sigmoid(scoreOf(model, rows[at]!).score);
    }
  }
  return out;
}

/** The ridge with the least Brier score when whole traces are left out, and the P(help) that it gave. */
export function bestRidge(
  windows: readonly GateWindow[],
  rows: readonly (readonly number[])[],
): { readonly ridge: number; readonly held: readonly number[] } {
  const labels = windows.map((window) => window.needed);
  return RIDGES.map((ridge) => ({ ridge, held: leaveTracesOut(windows, rows, ridge) })).reduce((a, b) =>
    brierOf(b.held, labels) < brierOf(a.held, labels) ? b : a,
  );
}

/**
 * The gate on traces that it has not seen: for each trace, weights, ridge and threshold are all chosen on the other
 * traces alone. Needs three traces or more, since two must be left to choose on.
 */
export function nestedGate(windows: readonly GateWindow[]): Held {
  const rows = windows.map(factRow);
  const probabilities: number[] = [];
  const decisions: boolean[] = [];
  for (const trace of new Set(windows.map((window) => window.trace))) {
    const train = windows.flatMap((window, at) => (window.trace === trace ? [] : [at]));
    const inner = train.map((at) => windows[at]!);
    const innerRows = train.map((at) => rows[at]!);
    const labels = inner.map((window) => window.needed);
    const { ridge, held } = bestRidge(inner, innerRows);
    const threshold = bestThreshold(held, labels);
    const model = fitLogistic(innerRows, labels, ridge);
    for (const [at, window] of windows.entries()) {
      if (window.trace !== trace) continue;
      probabilities[at] = sigmoid(scoreOf(model, rows[at]!).score);
      decisions[at] = probabilities[at]! >= threshold;
    }
  }
  return { probabilities, decisions };
}

/** Brier score: the mean squared distance of a probability from what was true, 0 to 1, less is better (Brier 1950). */
function brierOf(probabilities: readonly number[], needed: readonly boolean[]): number {
  return (
    probabilities.reduce((sum, each, at) => sum + (each - (needed[at] ? 1 : 0)) ** 2, 0) /
    probabilities.length
  );
}

/** The probability from which proposing gives the best F1; 0 where nothing gives any. */
function bestThreshold(probabilities: readonly number[], needed: readonly boolean[]): number {
  const f1 = (threshold: number): number => {
    const hits = probabilities.filter((each, at) => each >= threshold && needed[at]).length;
    const wrong = probabilities.filter((each, at) => each >= threshold !== needed[at]).length;
    return hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong);
  };
  return [...new Set(probabilities)]
    .sort((a, b) => a - b)
    .reduce((best, each) => (f1(each) > f1(best) ? each : best), 0);
}
