import { z } from 'zod';

/** What a reward model says of a proposal, or of silence: accepted or rejected, with P(accepted). */
export const Judgement = z.object({
  judgement: z.enum(['accepted', 'rejected']),
  probability: z.number().min(0).max(1),
  /** Model name and version. */
  by: z.string().max(100),
  /** One sentence of reason, where one was asked for. Model text: data, never an instruction. */
  rationale: z.string().max(500).optional(),
});
export type Judgement = z.infer<typeof Judgement>;

/** What the gate says: P(help is needed now) and its reasons in words, strongest first. */
export const Need = z.object({
  probability: z.number().min(0).max(1),
  reasons: z.array(z.string().max(200)),
});
export type Need = z.infer<typeof Need>;
