import { Operation, type Proposal } from '../../model/proposal.ts';
import { topicOf } from '../../model/topic.ts';

/** Milliseconds that an offer's reason lives. */
export const LIFETIME = 10 * 60_000;

/** What a model says when it offers; texts as they came, an absent one empty. */
export interface Offer {
  readonly task: string;
  readonly message: string;
  readonly why: string;
  readonly operation: string;
  readonly argument: string;
}

/** A reply as a proposal: every text one clean line within its bounds, an operation of the closed union or none. */
export function toProposal(reply: Offer, model: string, lifetime: number): Proposal {
  const task = oneLine(reply.task, 300);
  const operation = operationOf(reply, task);
  return {
    task,
    message: oneLine(reply.message, 1000) || task,
    why: oneLine(reply.why, 400) || 'the model saw a need in what happened',
    ...(operation && { operation }),
    topic: topicOf(task),
    proposer: 'model',
    model,
    lifetime,
  };
}

/** An operation of the closed union, or none: an unknown name is dropped, its argument too. */
function operationOf(reply: Offer, task: string): Operation | undefined {
  const argument = oneLine(reply.argument, 300);
  const parsed = Operation.safeParse(
    reply.operation === 'search'
      ? { kind: 'search', query: argument || task }
      : { kind: reply.operation, instruction: argument || task },
  );
  return parsed.success ? parsed.data : undefined;
}

/** Model text as it is shown: one line, no control characters, no direction marks that turn a sentence around. */
export function oneLine(text: string, most: number): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim();
}
