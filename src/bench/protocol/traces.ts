import type { BenchFolder, Trace } from '../../proactivebench/folder.ts';
import type { Observed } from '../../proactivebench/rows.ts';
import { newId } from '../../model/id.ts';
import type { Observation } from '../../model/observation.ts';
import { timesOf } from '../../replay/time.ts';

/** Which traces are replayed: those with human judgements, those of real users, or all. */
export const TRACE_SETS = ['annotated', 'real', 'all'] as const;
export type TraceSet = (typeof TRACE_SETS)[number];

/** One step to answer. */
export interface ProtocolStep {
  readonly observed: Observed;
  /** Somebody's word on need, noisy; null where none is told. */
  readonly status: boolean | null;
}

/** One trace as it is replayed and judged. */
export interface ProtocolTrace {
  readonly name: string;
  /** Recorded from a person, not simulated. */
  readonly real: boolean;
  readonly steps: readonly ProtocolStep[];
  readonly observations: readonly Observation[];
}

/**
 * The traces to replay, by name. Where published models answered a trace their steps are taken, the same in all of them, so
 * that their answers and ours stand on the same moments (`test_data` words some of these steps in another way and has some
 * more); else those of `test_data`. `from: 'test_data'` takes that alone.
 */
export function protocolTraces(
  folder: Pick<BenchFolder, 'annotated' | 'models' | 'train' | 'test'>,
  set: TraceSet,
  from: 'models' | 'test_data' = 'models',
): readonly ProtocolTrace[] {
  const found = new Map<string, Trace>();
  const lists = [...(from === 'models' ? [...folder.models.values()] : []), folder.annotated];
  for (const traces of lists)
    for (const trace of traces) if (!found.has(trace.name)) found.set(trace.name, trace);
  const judged = new Set([...folder.train, ...folder.test].map((row) => keyOf(row.obs.at(-1)!)));
  const annotated = new Set(folder.annotated.map((trace) => trace.name));
  const wanted: Readonly<Record<TraceSet, (trace: Trace) => boolean>> = {
    annotated: (trace) =>
      annotated.has(trace.name) || trace.steps.some((step) => judged.has(keyOf(step.observation))),
    real: isReal,
    all: () => true,
  };
  return [...found.values()]
    .filter(wanted[set])
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map((trace) => ({
      name: trace.name,
      real: isReal(trace),
      steps: trace.steps.map((step) => ({ observed: step.observation, status: step.task_status ?? null })),
      observations: observationsOf(trace.steps.map((step) => step.observation)),
    }));
}

/** Identity of an observation by content. */
export function keyOf({ time, event }: Observed): string {
  return JSON.stringify([String(time), event]);
}

/** Whether a trace is of a person: their clock tells Unix seconds; a simulated day tells the time in prose. */
export function isReal(trace: Pick<Trace, 'steps'>): boolean {
  return trace.steps.every((step) => /^\s*\d{6,11}(?:\.\d+)?\s*$/.test(String(step.observation.time)));
}

/** Observations from what ProactiveBench writes, oldest first; ids are new ones. */
export function observationsOf(obs: readonly Observed[]): readonly Observation[] {
  const times = timesOf(obs.map((each) => each.time));
  return obs.map(({ event }, at) => {
    const id = newId(times[at]!);
    return {
      id,
      time: times[at]!,
      duration: 0,
      kind: 'described',
      event: event.slice(0, 4000),
      sources: [id],
    };
  });
}

/** A category of the table: which traces it is over. */
export interface TraceCategory {
  readonly name: string;
  readonly holds: (trace: Pick<ProtocolTrace, 'name' | 'real'>) => boolean;
}

/** The committed results' categories, `simulated`, and `all` that was replayed. By the file's name, as the splits have it. */
export const CATEGORIES: readonly TraceCategory[] = [
  { name: 'real_average', holds: (trace) => trace.real },
  { name: 'real_coding', holds: (trace) => trace.real && trace.name.startsWith('code') },
  { name: 'real_writing', holds: (trace) => trace.real && trace.name.startsWith('writing') },
  { name: 'simulated', holds: (trace) => !trace.real },
  { name: 'all', holds: () => true },
];
