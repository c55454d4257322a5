import { traceBootstrap } from '../bootstrap.ts';
import type { Counts } from '../metrics.ts';
import { candidatesOf, type Counting, COUNTINGS } from './answers.ts';
import { countOutcomes, type ProtocolFigures, protocolFigures, sumCounts, outcomeOf } from './counting.ts';
import type { Answers, Verdicts } from './judging.ts';
import { CATEGORIES, type ProtocolTrace } from './traces.ts';

/** Who answered. */
export interface Answerer {
  readonly name: string;
  readonly kind: 'published' | 'ours' | 'reference';
  readonly answers: Answers;
}

/** One line of the table. */
export interface ProtocolRow extends ProtocolFigures {
  readonly name: string;
  readonly kind: Answerer['kind'];
  readonly judge: string;
  readonly category: string;
  readonly counting: Counting;
  readonly traces: number;
  /** Steps, whoever answered them. */
  readonly events: number;
  /** Steps without an answer of it, and steps on whose answers the judge gave no verdict: not counted. */
  readonly unanswered: number;
  readonly unjudged: number;
  /** 95 % intervals of a bootstrap over traces, by figure. */
  readonly ci: Readonly<Record<string, readonly [number, number]>>;
}

const FIGURES = [
  'precision',
  'recall',
  'accuracy',
  'falseAlarm',
  'f1',
  'acceptRate',
  'proposalRate',
] as const;

/** All lines of one judge: every answerer in every category that holds a trace, counted in each way. */
export function protocolRows(
  answerers: readonly Answerer[],
  traces: readonly ProtocolTrace[],
  judge: { readonly name: string; readonly verdicts: Verdicts },
  seed: number,
): readonly ProtocolRow[] {
  return answerers.flatMap(({ name, kind, answers }) => {
    const own = traces.filter((trace) => answers.has(trace.name));
    return CATEGORIES.flatMap((category) => {
      const chosen = own.filter(category.holds);
      if (chosen.length === 0) return [];
      return COUNTINGS.map((counting): ProtocolRow => {
        const counted = chosen.map((trace) => countTrace(trace, answers, judge.verdicts, counting));
        return {
          name,
          kind,
          judge: judge.name,
          category: category.name,
          counting,
          traces: chosen.length,
          events: chosen.reduce((sum, trace) => sum + trace.steps.length, 0),
          unanswered: counted.reduce((sum, each) => sum + each.unanswered, 0),
          unjudged: counted.reduce((sum, each) => sum + each.unjudged, 0),
          ...protocolFigures(sumCounts(counted)),
          ci: traceBootstrap(counted, statistics, { seed }),
        };
      });
    });
  });
}

interface Counted extends Counts {
  readonly trace: string;
  readonly unanswered: number;
  readonly unjudged: number;
}

function countTrace(trace: ProtocolTrace, answers: Answers, verdicts: Verdicts, counting: Counting): Counted {
  let unjudged = 0;
  const responses = answers.get(trace.name) ?? [];
  const counts = countOutcomes(
    responses.flatMap((response, step) => {
      if (response === undefined) return [];
      const judged = candidatesOf(response, counting).flatMap(({ task, proposes }) => {
        const accepted = verdicts(trace.name, step, task);
        return accepted === null ? [] : [{ proposes, accepted }];
      });
      if (judged.length === 0) unjudged += 1;
      if (counting !== 'turn') return judged.map((each) => outcomeOf(each.proposes, each.accepted));
      // A turn is right when one of what it offers is taken.
      return judged.length === 0
        ? []
        : [
            outcomeOf(
              judged[0]!.proposes,
              judged.some((each) => each.accepted),
            ),
          ];
    }),
  );
  const unanswered = responses.filter((response) => response === undefined).length;
  return { trace: trace.name, unanswered, unjudged, ...counts };
}

function statistics(counted: readonly Counted[]): Readonly<Record<string, number | null>> {
  const figures = protocolFigures(sumCounts(counted));
  return Object.fromEntries(FIGURES.map((name) => [name, figures[name]]));
}
