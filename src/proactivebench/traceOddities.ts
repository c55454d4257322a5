import { hash } from 'node:crypto';
import { createNumberTable } from './numberTable.ts';
import type { Oddities, Place } from './oddities.ts';
import { hashOf, lookAtObserved, lookAtWords } from './rowOddities.ts';
import type { Observed, TraceStep } from './rows.ts';

const STEP = new Set(['observation', 'agent_response', 'task_status', 'other_infomation']);

/** Sentences of one trace that are remembered to see that one comes again; a day has hundreds. */
const REMEMBERED = 100_000;

/** Looks at traces: their steps one by one, then each trace, then all of them together. */
export interface TraceSurvey {
  /** A step of a model's trace, or with null of an annotated one. */
  step(model: string | null, step: TraceStep, place: Place): void;
  /** The trace that the steps since the last call made. */
  trace(model: string | null, name: string, file: string): void;
  /** The steps since the last call belong to no trace. */
  drop(): void;
  finish(): void;
}

/** A survey of traces; `neededAfter` is the reward data's word on the need after a sentence. */
export function createTraceSurvey(
  oddities: Oddities,
  neededAfter: (sentence: string) => boolean | null,
): TraceSurvey {
  const annotated = new Map<string, string>();
  const names = new Map<string, Set<string>>();
  const shapes = new Map<string, Map<string, Place>>();
  const others: {
    readonly model: string;
    readonly name: string;
    readonly sentences: string;
    readonly file: string;
  }[] = [];
  let seen = createNumberTable();
  let last: Observed | null = null;
  let sentences = '';
  const begin = () => {
    seen = createNumberTable();
    last = null;
    sentences = '';
  };

  return {
    step(model, step, place) {
      const { observation, agent_response: response } = step;
      lookAtObserved(oddities, last ? [last, observation] : [observation], place);
      last = observation;
      const text = hashOf(observation.event);
      if (seen.get(text) !== 0) oddities.add('text repeated', place);
      if (seen.size() < REMEMBERED) seen.set(text, 1);
      sentences = mix(sentences, observation.event);
      if (Object.keys(step).some((key) => !STEP.has(key))) oddities.add('unknown member', place);
      if (step.task_status === undefined || step.task_status === null) oddities.add('status missing', place);
      else if (model === null) {
        const needed = neededAfter(observation.event);
        if (needed !== null && needed !== step.task_status) oddities.add('status against need', place);
      }
      const shape = shapeOf(response);
      if (shape === 'missing') oddities.add('response missing', place);
      else if (shape !== (model === null ? 'object' : 'list'))
        oddities.add('response of another shape', place);
      if (model !== null && shape !== 'missing') {
        const mine = shapes.get(model) ?? new Map<string, Place>();
        shapes.set(model, mine);
        if (!mine.has(shape)) mine.set(shape, place);
      }
      const tasks = tasksIn(response);
      lookAtWords(oddities, tasks, place);
      if (tasks.some((task) => typeof task === 'object' && task !== null))
        oddities.add('object among tasks', place);
    },
    trace(model, name, file) {
      if (model === null) annotated.set(name, sentences);
      else {
        others.push({ model, name, sentences, file });
        names.set(model, (names.get(model) ?? new Set()).add(name));
      }
      begin();
    },
    drop: begin,
    finish() {
      const all = new Set([...annotated.keys(), ...[...names.values()].flatMap((mine) => [...mine])]);
      for (const [model, mine] of names)
        for (const name of all)
          if (!mine.has(name))
            oddities.add('trace missing', { file: `traces/${model}/${name}.json`, place: '' });
      for (const { name, sentences: own, file } of others) {
        const known = annotated.get(name);
        if (known !== undefined && known !== own) oddities.add('observation differs', { file, place: '' });
      }
      for (const mine of shapes.values())
        if (mine.size > 1) oddities.add('shapes mixed', [...mine.values()][1]!);
    },
  };
}

function shapeOf(response: TraceStep['agent_response']): string {
  if (response === undefined) return 'missing';
  if (response === null) return 'null';
  return Array.isArray(response) ? 'list' : typeof response;
}

/** What stands where tasks stand, as it is written. */
function tasksIn(response: TraceStep['agent_response']): readonly unknown[] {
  if (response === null || response === undefined) return [];
  if (Array.isArray(response)) return response;
  if (typeof response === 'string') return [response];
  const { candidate_task: tasks } = response;
  return Array.isArray(tasks) ? tasks : tasks === null || tasks === undefined ? [] : [tasks];
}

/** A running digest of a trace's sentences, enough to tell that two traces differ. */
function mix(before: string, sentence: string): string {
  return hash('sha256', `${before}${sentence}`);
}
