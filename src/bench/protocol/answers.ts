import type { Proposal } from '../../model/proposal.ts';
import type { AgentResponse } from '../../proactivebench/rows.ts';
import { tasksOf } from '../../proactivebench/rows.ts';

/** How answers are counted. */
export const COUNTINGS = ['script', 'task', 'turn'] as const;
/**
 * `script`: every task, as ProactiveBench's script counts it, where the text "null" is a proposal and so is an object.
 * `task`: every task, where the text "null" is the silence that its model meant. `turn`: a turn proposes or is silent once.
 */
export type Counting = (typeof COUNTINGS)[number];

/** One answer to judge: the task, null for silence, and whether it counts as a proposal. */
export interface Candidate {
  readonly task: string | null;
  readonly proposes: boolean;
}

const SILENCE: Candidate = { task: null, proposes: false };

/** The candidates of a response: at least one, for silence is judged as well; none where nobody answered (undefined). */
export function candidatesOf(response: AgentResponse | undefined, counting: Counting): readonly Candidate[] {
  if (response === undefined) return [];
  if (counting === 'script') return asScripted(response);
  const tasks = tasksOf(response).map((task): Candidate => ({ task, proposes: true }));
  return tasks.length > 0 ? tasks : [SILENCE];
}

/**
 * As the script takes them: an empty response is one silence, a null in a list too; any text is a proposal, "null" among
 * them, which is judged as the silence it says; an object is one proposal for each of its members (5 steps of one published
 * model, where it gave no answer and the annotated tasks stand still).
 */
function asScripted(response: AgentResponse): readonly Candidate[] {
  if (response === null || response === '') return [SILENCE];
  if (typeof response === 'string') return [{ task: tasksOf(response)[0] ?? null, proposes: true }];
  if (!Array.isArray(response)) {
    const text = tasksOf(response).join(' ');
    const members = Object.keys(response);
    if (members.length === 0) return [SILENCE];
    return members.map(() => ({ task: text === '' ? null : text, proposes: true }));
  }
  if (response.length === 0) return [SILENCE];
  return response.map((item) =>
    item === null || item === undefined ? SILENCE : { task: tasksOf([item])[0] ?? null, proposes: true },
  );
}

/** A recorded task as a judge takes it: the words are all that is known of it, and nobody shows it. */
export function recordedProposal(task: string): Proposal {
  return { task, message: task, why: 'recorded', topic: task, proposer: 'recorded', lifetime: 60_000 };
}
