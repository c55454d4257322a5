import { AppError } from '../../errors.ts';
import { Judgement } from '../../model/judgement.ts';
import type { Trace } from '../../proactivebench/folder.ts';
import type { AgentResponse } from '../../proactivebench/rows.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { candidatesOf, COUNTINGS, recordedProposal } from './answers.ts';
import type { TraceJudge } from './judges.ts';
import { keyOf as observedKey, type ProtocolTrace } from './traces.ts';

/** What somebody answered to the steps of traces: by the trace's name, one response a step. */
export type Answers = ReadonlyMap<string, readonly (AgentResponse | undefined)[]>;

/** Verdicts of one judge: whether it accepts `task` (null: silence) at a step; null where it gave none. */
export type Verdicts = (trace: string, step: number, task: string | null) => boolean | null;

/**
 * A published model's answers to the steps of `traces`, matched by time and sentence in their order. A step that the model
 * has not answered is undefined; a step of the model that no trace has is listed in `unmatched`.
 */
export function answersOf(
  own: readonly Trace[],
  traces: readonly ProtocolTrace[],
): { readonly answers: Answers; readonly unmatched: readonly string[] } {
  const answers = new Map<string, (AgentResponse | undefined)[]>();
  const unmatched: string[] = [];
  for (const trace of traces) {
    const theirs = own.find((each) => each.name === trace.name);
    if (!theirs) continue;
    const keys = trace.steps.map((step) => observedKey(step.observed));
    const responses: (AgentResponse | undefined)[] = trace.steps.map(() => undefined);
    let from = 0;
    for (const [at, step] of theirs.steps.entries()) {
      const place = keys.indexOf(observedKey(step.observation), from);
      if (place < 0) {
        unmatched.push(`${trace.name} step ${at + 1}`);
        continue;
      }
      responses[place] = step.agent_response;
      from = place + 1;
    }
    answers.set(trace.name, responses);
  }
  return { answers, unmatched };
}

/**
 * Has one judge decide every distinct answer at every step, each once however many gave it, in the order of the traces, so
 * that a model that keeps its prefix evaluates little. Kept by content. Null when interrupted. A reply without a verdict
 * leaves its answer unjudged; any other failure rejects as `Judge` does.
 */
export async function judgeAnswers(
  run: BenchRun,
  judge: TraceJudge,
  traces: readonly ProtocolTrace[],
  answers: readonly Answers[],
): Promise<Verdicts | null> {
  const items = traces.flatMap((trace) =>
    trace.steps.flatMap((_, step) =>
      distinctTasks(trace.name, step, answers).map((task) => ({ trace, step, task })),
    ),
  );
  const known = new Map<string, boolean | null>();
  const done = await eachInTurn(
    run,
    `Judging with ${judge.name}`,
    (n) => `${n} answers`,
    items,
    async ({ trace, step, task }) => {
      known.set(keyOf(trace.name, step, task), await verdict(run, judge, trace, step, task));
    },
  );
  return done && !run.signal.aborted
    ? (trace, step, task) => known.get(keyOf(trace, step, task)) ?? null
    : null;
}

async function verdict(
  run: BenchRun,
  { of }: TraceJudge,
  trace: ProtocolTrace,
  step: number,
  task: string | null,
): Promise<boolean | null> {
  try {
    const said = await of(trace).judge(
      trace.observations.slice(0, step + 1),
      task === null ? null : recordedProposal(task),
    );
    return Judgement.parse(said).judgement === 'accepted';
  } catch (thrown) {
    // Ctrl-C reaches a model's process too: what it ends with then is neither a verdict nor a failure.
    if (run.signal.aborted) return null;
    if (thrown instanceof AppError && thrown.code === 'bad-input' && thrown.message.startsWith('[reward]'))
      return null;
    throw thrown;
  }
}

/** The tasks at one step, whichever way they are counted; null for silence. */
function distinctTasks(trace: string, step: number, answers: readonly Answers[]): readonly (string | null)[] {
  const tasks = new Set<string | null>();
  for (const each of answers) {
    const responses = each.get(trace);
    if (!responses || step >= responses.length) continue;
    for (const counting of COUNTINGS) {
      for (const { task } of candidatesOf(responses[step], counting)) tasks.add(task);
    }
  }
  return [...tasks];
}

function keyOf(trace: string, step: number, task: string | null): string {
  return JSON.stringify([trace, step, task]);
}
