import { z } from 'zod';

/**
 * What accepting does: a closed union. Model text may only fill these arguments; the host previews them,
 * runs them on accept alone and writes them to the audit log.
 */
export const Operation = z.discriminatedUnion('kind', [
  /** Opens the user's browser on a web search. `query` is plain words, never an address. */
  z.object({ kind: z.literal('search'), query: z.string().min(1).max(300) }),
  /** Has the model write an answer to `instruction`, with the observations as context. */
  z.object({ kind: z.literal('chat'), instruction: z.string().min(1).max(1000) }),
]);
export type Operation = z.infer<typeof Operation>;

/** A candidate task with its message and, when something can be run, its operation. Silence is `null`, not a Proposal. */
export const Proposal = z.object({
  /** What the user seems to be after, where the proposer can say. */
  purpose: z.string().max(400).optional(),
  /** The task in one line. */
  task: z.string().min(1).max(300),
  /** What the assistant would say to the user. */
  message: z.string().min(1).max(1000),
  /** Why now, in plain words from the evidence. */
  why: z.string().min(1).max(400),
  operation: Operation.optional(),
  /** Same topic, same words after normalisation: a no to one is a no to all of them. */
  topic: z.string().min(1).max(300),
  /** Which proposer made it, e.g. `pattern:repeated-search` or `model`. */
  proposer: z.string().min(1).max(64),
  /** Alias and digest of the model that worded it; absent for patterns. */
  model: z.string().max(200).optional(),
  /** Milliseconds after which its reason no longer lives. */
  lifetime: z.number().int().positive(),
});
export type Proposal = z.infer<typeof Proposal>;
