import { z } from 'zod';

/** How well P(accept) fits answers: all 0 to 1 but log loss (nats); null where it is not defined (one class only). */
export const FitFigures = z.object({
  /** Answers that it was measured on. */
  answers: z.number().int().nonnegative(),
  accuracy: z.number().nullable(),
  auc: z.number().nullable(),
  brier: z.number().nullable(),
  logLoss: z.number().nullable(),
});
export type FitFigures = z.infer<typeof FitFigures>;

/** One state of the reward model on this machine. `shipped` is the one the program came with. */
export const RewardVersion = z.object({
  id: z.string().min(1).max(64),
  at: z.number().int(),
  /** Answers of this user that it learnt from; 0 for the shipped one. */
  learntFrom: z.number().int().nonnegative(),
  /** On the user's own held-back answers: this version, the shipped one, and always saying what is more frequent. */
  figures: z.object({ here: FitFigures, shipped: FitFigures, majority: FitFigures }).optional(),
  /** In log-odds: what the user adds to every score, and to those of an app or a kind of proposer. */
  bias: z.number(),
  apps: z.array(z.object({ app: z.string().max(256), bias: z.number() })).max(200),
  kinds: z.array(z.object({ kind: z.string().max(64), bias: z.number() })).max(200),
  inUse: z.boolean(),
});
export type RewardVersion = z.infer<typeof RewardVersion>;

/** The reward model's card. `answers` counts what can be learnt from, by label. */
export const RewardCard = z.object({
  versions: z.array(RewardVersion).min(1),
  answers: z.record(z.string(), z.number().int()),
  /** Trained on, figures and limits of the shipped weights, in words. */
  shipped: z.string().max(2000),
  /** Why the last training changed nothing, in one sentence. */
  refused: z.string().max(400).optional(),
});
export type RewardCard = z.infer<typeof RewardCard>;
