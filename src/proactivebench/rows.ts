import { z } from 'zod';
import { CATEGORIES } from '../model/label.ts';

/** A time as ProactiveBench writes it: Unix seconds as a string or number, or prose such as `Day 1, 8:00 PM`. */
export const BenchTime = z.union([z.string(), z.number()]);

/** One observation of ProactiveBench: a time and one sentence. Unknown members are kept. */
export const Observed = z.looseObject({ time: BenchTime, event: z.string().min(1) });
export type Observed = z.infer<typeof Observed>;

/**
 * One row of reward data (`reward_data/*.jsonl`): the window, what was proposed at its end (null is silence) and what
 * people said. Unknown members are kept, so that a row that is written again loses nothing.
 */
export const RewardRow = z.looseObject({
  obs: z.array(Observed).min(1),
  pred_task: z.string().nullable(),
  /** Whether the proposal, or the silence, was right by the majority. */
  valid: z.boolean(),
  /** Whether some candidate task was taken by every annotator: the ground truth of need. */
  help_needed: z.boolean(),
  /** One vote an annotator: two or three in the released data. */
  annotation: z.array(z.boolean()).min(1),
  category: z.enum(CATEGORIES),
});
export type RewardRow = z.infer<typeof RewardRow>;

/** What a trace says was proposed at a step: a list, an object with `candidate_task`, null, or a text. */
export const AgentResponse = z.union([
  z.null(),
  z.string(),
  z.array(z.unknown()),
  z.looseObject({ candidate_task: z.union([z.string(), z.array(z.unknown()), z.null()]).optional() }),
]);
export type AgentResponse = z.infer<typeof AgentResponse>;

/** One step of a trace: of the annotated ones (`test_data`) or of a published model (`traces/<model>`). */
export const TraceStep = z.looseObject({
  observation: Observed,
  agent_response: AgentResponse.optional(),
  /** Somebody's word on need at the step, noisier than `help_needed`; in published models' traces the same for every model. */
  task_status: z.boolean().nullable().optional(),
  /** Spelled as the data spells it. */
  other_infomation: z.unknown().optional(),
});
export type TraceStep = z.infer<typeof TraceStep>;

/**
 * The tasks in a response; none means silence, which the data writes as `[]`, `null`, `"null"` or an empty text (its
 * README). Other words, such as the 17 times "None", are text as they stand. An object in a list is its JSON.
 */
export function tasksOf(response: AgentResponse | undefined): readonly string[] {
  if (response === null || response === undefined) return [];
  if (typeof response === 'string') return [response].filter(isTask);
  if (!Array.isArray(response)) return tasksOf(response.candidate_task);
  return response
    .filter((task) => task !== null && task !== undefined)
    .map((task) => (typeof task === 'string' ? task : JSON.stringify(task)))
    .filter(isTask);
}

function isTask(text: string): boolean {
  return text.trim() !== '' && text.trim().toLowerCase() !== 'null';
}

/** One line of `results/<model>.csv`: fractions from 0 to 1 as their authors counted them. */
export const CommittedResult = z.object({
  category: z.string(),
  recall: z.number(),
  precision: z.number(),
  accuracy: z.number(),
  falseAlarm: z.number(),
  f1: z.number(),
  acceptRate: z.number(),
  events: z.number(),
});
export type CommittedResult = z.infer<typeof CommittedResult>;
