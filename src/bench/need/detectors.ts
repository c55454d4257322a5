import type { Gate } from '../../model/agent.ts';
import { factsFromSentences } from '../../agent/facts.ts';
import type { Trace } from '../../proactivebench/folder.ts';
import { type AgentResponse, tasksOf } from '../../proactivebench/rows.ts';
import type { JudgedWindow } from '../../proactivebench/windows.ts';
import { gateWindowsOf, type GateWindow, type Held, nestedGates, withDefaultSources } from '../gateFolds.ts';
import type { Answer } from './ask.ts';
import type { Matching } from './match.ts';
import type { Detector, Moment } from './rows.ts';

/** Fewer traces than this leave nothing to choose a threshold on. */
export const LEAST_TRACES = 3;

/** `always` and `never`. */
export function baselines(windows: readonly JudgedWindow[]): readonly Detector[] {
  const all = (name: string, proposed: boolean): Detector => ({
    name,
    kind: 'baseline',
    moments: windows.map((window) => momentOf(window, proposed)),
  });
  return [all('always', true), all('never', false)];
}

/**
 * A published model by what its traces propose at the steps that stand for windows. With `noneIsSilence`, the word
 * "None" alone is no proposal, which the data's own definition says it is.
 */
export function publishedDetector(
  name: string,
  matching: Matching,
  options: { readonly noneIsSilence?: boolean } = {},
): Detector {
  const proposes = (response: AgentResponse | undefined) =>
    tasksOf(response).length > 0 && !(options.noneIsSilence && saysNone(response));
  return {
    name,
    kind: 'published',
    moments: matching.matched.map(({ window, response }) => momentOf(window, proposes(response))),
  };
}

/** Whether all that a response proposes is the word "None". */
export function saysNone(response: AgentResponse | undefined): boolean {
  const tasks = tasksOf(response);
  return tasks.length > 0 && tasks.every((task) => task.trim().toLowerCase() === 'none');
}

/**
 * The gate's rows: the shipped weights at `threshold`, and weights and threshold made without the trace, each on all that
 * the windows say and on what a desktop shows by default. With less than three traces the second kind is absent. `models`
 * are published models, whose votes on the other traces a fit may learn from.
 */
export function gateDetectors(
  windows: readonly JudgedWindow[],
  gate: Gate,
  threshold: number,
  card: string,
  models: ReadonlyMap<string, readonly Trace[]> = new Map(),
): readonly Detector[] {
  const all = gateWindowsOf(windows, models);
  const traces = new Set(windows.map((window) => window.trace)).size;
  const frozen = (name: string, seen: readonly GateWindow[]): Detector => ({
    name,
    kind: 'gate',
    moments: windows.map((window, at) => {
      const { sentences } = seen[at]!;
      const score = gate.need(factsFromSentences(sentences, sentences.at(-1)!.time)).probability;
      return momentOf(window, score >= threshold, score);
    }),
    note: `the shipped weights, fitted on ${card} On those windows this row is not held out.`,
    heldOut: false,
  });
  const folds = (name: string, { probabilities, decisions }: Held): Detector => ({
    name,
    kind: 'gate',
    moments: windows.map((window, at) => momentOf(window, decisions[at]!, probabilities[at]!)),
  });
  const plain = withDefaultSources(all);
  const held = traces >= LEAST_TRACES ? nestedGates(all) : null;
  return [
    frozen('gate', all),
    ...(held ? [folds('gate (leave-traces-out)', held.whole)] : []),
    frozen('gate, default sources', plain),
    ...(held ? [folds('gate, default sources (leave-traces-out)', held.plain)] : []),
  ];
}

/** A model that was asked here: behind each of the gates, where both must say yes, and alone. */
export function askedDetectors(
  windows: readonly JudgedWindow[],
  name: string,
  answers: ReadonlyMap<string, Answer>,
  gates: readonly Detector[],
): readonly Detector[] {
  const offers = (id: string) => answers.get(id)?.offers === true;
  const tells = windows.every((window) => (answers.get(window.id)?.help ?? null) !== null);
  return [
    ...gates.map((gate): Detector => ({
      name: `${gate.name} + ${name}`,
      kind: 'model',
      moments: gate.moments.map(({ id, trace, needed, proposed }) => ({
        id,
        trace,
        needed,
        proposed: proposed && offers(id),
      })),
    })),
    {
      name,
      kind: 'model',
      moments: windows.map((window) =>
        momentOf(window, offers(window.id), tells ? answers.get(window.id)!.help! : undefined),
      ),
    },
  ];
}

function momentOf({ id, trace, needed }: JudgedWindow, proposed: boolean, score?: number): Moment {
  return { id, trace, needed, proposed, ...(score !== undefined && { score }) };
}
