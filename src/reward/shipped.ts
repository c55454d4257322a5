import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { JudgeWeights } from './linearJudge.ts';
import { ScoreWeights } from './score.ts';

/** The reward model as `assets/judge.json` holds it: the on-device judge, the score on top of it, and a model card. */
export const ShippedReward = z.object({
  judge: JudgeWeights,
  score: ScoreWeights,
  card: z.object({
    trainedOn: z.string().max(600),
    measured: z.string().max(600),
    limits: z.string().max(600),
  }),
});
export type ShippedReward = z.infer<typeof ShippedReward>;

/** Reads the weights. Throws `unreadable` when the file is missing or is not one. */
export function readShippedReward(file: string): ShippedReward {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new AppError(
      'unreadable',
      `[reward] The reward model's weights cannot be read from ${file}: install the program again.`,
      cause,
    );
  }
  const parsed = ShippedReward.safeParse(read);
  if (!parsed.success) {
    throw new AppError(
      'unreadable',
      `[reward] ${file} does not hold the weights of a reward model: install the program again.`,
      parsed.error,
    );
  }
  return parsed.data;
}
