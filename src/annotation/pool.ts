import { progressOf } from '../model/sitting.ts';
import type { Take } from '../model/annotation.ts';
import type { Answers } from './answers.ts';
import type { AnnotationTrace } from './trace.ts';

/** One trace with the answers of everybody who answered something of it. */
export interface Pooled {
  readonly trace: AnnotationTrace;
  readonly annotators: readonly string[];
  /** For each event, one answer for each of `annotators`; null where one has not answered. */
  readonly answers: readonly (readonly (Take | null)[])[];
}

/** What may be looked at together, and the traces that may not yet. */
export interface Pool {
  readonly pooled: readonly Pooled[];
  /** Names of traces that stay blind. */
  readonly leftOut: readonly string[];
}

/** Whether one annotator has answered every event with candidates of a trace. */
export function finished(trace: AnnotationTrace, answers: Answers): boolean {
  const { asked, answered } = progressOf({ events: trace.events, answers: answers.of(trace) });
  return answered === asked;
}

/** Whether one annotator has answered anything of a trace. */
export function begun(trace: AnnotationTrace, answers: Answers): boolean {
  return answers.of(trace).some((each) => each !== null);
}

/**
 * Puts annotators together without unblinding anyone. For an annotator (`viewer`), only traces that they have
 * finished; for who organises (no viewer), only traces that everybody who began them has finished.
 */
export function pool(
  traces: readonly AnnotationTrace[],
  everybody: readonly Answers[],
  viewer?: string,
): Pool {
  const pooled: Pooled[] = [];
  const leftOut: string[] = [];
  const own = viewer?.toLowerCase();
  for (const trace of traces) {
    const those = everybody.filter((each) => begun(trace, each));
    if (those.length === 0) continue;
    const mine = everybody.find((each) => each.annotator.toLowerCase() === own);
    const open =
      own === undefined
        ? those.every((each) => finished(trace, each))
        : mine !== undefined && begun(trace, mine) && finished(trace, mine);
    if (!open) {
      leftOut.push(trace.name);
      continue;
    }
    const takes = those.map((each) => each.of(trace));
    pooled.push({
      trace,
      annotators: those.map((each) => each.annotator),
      answers: trace.events.map((_, at) => takes.map((each) => each[at] ?? null)),
    });
  }
  return { pooled, leftOut };
}
