import { AppError } from '../../errors.ts';
import type { Judge } from '../../model/agent.ts';
import type { RewardRow } from '../../proactivebench/rows.ts';
import { traceId, windowId } from '../../proactivebench/windows.ts';
import { SIXTEEN } from '../../reward/features.ts';
import { createLinearJudge, fitLinearJudges, type JudgedMoment } from '../../reward/linearJudge.ts';
import { digestOf } from '../digest.ts';
import type { ProtocolTrace } from './traces.ts';

/** A judge of the protocol: one for each trace, so that it may be one that never saw that trace. */
export interface TraceJudge {
  readonly name: string;
  /** One sentence for the table's reader. */
  readonly note: string;
  readonly of: (trace: ProtocolTrace) => Judge;
}

/** A judge that is the same for every trace. */
export function sameJudge(judge: Judge, name: string, note: string): TraceJudge {
  return { name, note, of: () => judge };
}

/** Weight of the punishment of the linear judge: set beforehand, not tuned on what is reported. */
const RIDGE = 10;

/**
 * The on-device linear judge, fitted for each trace on the human judgements of all other traces: a recorded day is left out
 * with everything that shares a sentence with the trace, so that no judged window was trained on. Same rows, same judge.
 */
export function linearJudge(rows: readonly RewardRow[]): TraceJudge {
  const distinct = new Map(rows.map((row) => [`${windowId(row.obs)} ${row.pred_task}`, row]));
  const days = Map.groupBy(distinct.values(), (row) => traceId(row.obs));
  const sentences = new Map(
    [...days].map(([day, own]) => [day, new Set(own.flatMap((row) => row.obs.map(({ event }) => event)))]),
  );
  const known = new Map<string, Judge>();
  return {
    name: 'linear',
    note: `linear: logistic regression over ${SIXTEEN.length} features on ${distinct.size} human judgements, fitted anew for every trace without the days that share a sentence with it`,
    of(trace) {
      const kept = [...days.keys()].filter(
        (day) => !trace.steps.some(({ observed }) => sentences.get(day)!.has(observed.event)),
      );
      const key = digestOf(kept);
      const judge =
        known.get(key) ??
        fitted(
          kept.flatMap((day) => days.get(day)!),
          key,
        );
      known.set(key, judge);
      return judge;
    },
  };
}

function fitted(rows: readonly RewardRow[], key: string): Judge {
  if (rows.length === 0) {
    throw new AppError(
      'bad-input',
      '[bench] no reward_data is left that the linear judge could learn from: name another with --judge',
    );
  }
  const moments = rows.map((row): JudgedMoment => ({
    events: row.obs.map(({ event }) => event),
    task: row.pred_task,
    accepted: row.valid,
  }));
  const [weights] = fitLinearJudges(moments, {
    name: `linear ${key.slice(0, 8)}`,
    shape: { words: false, features: SIXTEEN },
    ridges: [RIDGE],
  });
  // The sixteen need no facts.
  return createLinearJudge(weights!, () => []);
}

/**
 * The traces' own `task_status` as the judge: it says of a moment whether help was wanted, so a proposal is accepted where
 * it is true and a silence where it is false, whatever was proposed. A step without one is judged as if it were false.
 */
export const statusJudge: TraceJudge = {
  name: 'task_status',
  note: 'task_status: the noisy label of need in the traces, the same for every model, whatever was proposed',
  of(trace) {
    const status = new Map(trace.observations.map((each, at) => [each.id, trace.steps[at]!.status === true]));
    return {
      name: 'task_status',
      async judge(observations, proposal) {
        const accepted = (status.get(observations.at(-1)!.id) ?? false) === (proposal !== null);
        return {
          judgement: accepted ? 'accepted' : 'rejected',
          probability: Number(accepted),
          by: 'task_status',
        };
      },
    };
  },
};
