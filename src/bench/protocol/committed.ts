import { z } from 'zod';
import type { BenchFolder, Trace } from '../../proactivebench/folder.ts';
import type { CommittedResult, TraceStep } from '../../proactivebench/rows.ts';
import type { Counts } from '../metrics.ts';
import { candidatesOf } from './answers.ts';
import {
  countsBehind,
  countOutcomes,
  type ProtocolFigures,
  protocolFigures,
  type Outcome,
  outcomeOf,
} from './counting.ts';
import type { Answers, Verdicts } from './judging.ts';
import { CATEGORIES, isReal } from './traces.ts';

/** What their script writes beside a step: one verdict an answer. The released traces are without. */
const Judged = z.object({ judgement: z.array(z.boolean()) });

const COMPARED = ['precision', 'recall', 'accuracy', 'falseAlarm', 'f1', 'acceptRate'] as const;
type Compared = Readonly<Record<(typeof COMPARED)[number], number>>;

/** One committed line, and, where all its traces are here, our recount of it. */
export interface CommittedRow extends CommittedResult {
  readonly name: string;
  /** The whole counts behind the figures; null where the figures do not tell them. */
  readonly counts: Counts | null;
  /** Why there is no recount: a part of its traces is missing, or its answers were not judged in this run. */
  readonly lacks: 'traces' | 'judge' | null;
  readonly recount: Recount | null;
}

/** Our count of what a committed line counts. */
export interface Recount {
  /** `judgement`: the verdicts that stand in the traces; else the name of the judge of this run. */
  readonly verdicts: string;
  readonly figures: ProtocolFigures;
  /** Recount less committed. */
  readonly difference: Compared;
}

/** The answers of a model as one judge of this run decided them. */
export interface JudgedHere {
  readonly judge: string;
  readonly verdicts: Verdicts;
  /** By the model's name. */
  readonly answers: ReadonlyMap<string, Answers>;
}

/**
 * Every committed line beside its recount, which is made where the model's traces of that category have as many events as
 * the line says: with the verdicts that stand in the traces, or else with those of this run's judge.
 */
export function committedRows(
  folder: Pick<BenchFolder, 'models' | 'results'>,
  here: JudgedHere,
): readonly CommittedRow[] {
  return [...folder.results].flatMap(([name, lines]) =>
    lines.map((line): CommittedRow => {
      const base = { name, ...line, counts: countsBehind(line) };
      const category = CATEGORIES.find((each) => each.name === line.category);
      const own = (folder.models.get(name) ?? []).filter((trace) =>
        category?.holds({ name: trace.name, real: isReal(trace) }),
      );
      const events = own.reduce((sum, trace) => sum + trace.steps.length, 0);
      if (events === 0 || events !== line.events) return { ...base, lacks: 'traces', recount: null };
      const recounted = recount(own, here, name);
      if (!recounted) return { ...base, lacks: 'judge', recount: null };
      const figures = protocolFigures(countOutcomes(recounted.counted));
      const difference = Object.fromEntries(
        COMPARED.map((figure) => [figure, figures[figure] - line[figure]]),
      ) as unknown as Compared;
      return { ...base, lacks: null, recount: { verdicts: recounted.verdicts, figures, difference } };
    }),
  );
}

function recount(own: readonly Trace[], here: JudgedHere, name: string) {
  const steps = own.flatMap((trace) => trace.steps);
  if (steps.every((step) => Judged.safeParse(step).success)) {
    return { verdicts: 'judgement', counted: steps.flatMap(judgedThere) };
  }
  const answers = here.answers.get(name);
  const counted: Outcome[] = [];
  for (const trace of own) {
    const responses = answers?.get(trace.name);
    if (responses?.length !== trace.steps.length) return null;
    for (const [at, response] of responses.entries()) {
      for (const { task, proposes } of candidatesOf(response, 'script')) {
        const accepted = here.verdicts(trace.name, at, task);
        if (accepted === null) return null;
        counted.push(outcomeOf(proposes, accepted));
      }
    }
  }
  return { verdicts: here.judge, counted };
}

/** As the script pairs them: an answer without a verdict, or a verdict without an answer, does not count. */
function judgedThere(step: TraceStep) {
  const { judgement } = Judged.parse(step);
  return candidatesOf(step.agent_response, 'script')
    .slice(0, judgement.length)
    .map(({ proposes }, at) => outcomeOf(proposes, judgement[at]!));
}
