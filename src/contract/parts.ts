import { z } from 'zod';

/** The input of a channel that takes none. */
export const nothing = z.object({}).strict();

/** How a list is asked for: at most so many, older than `before` (epoch ms). */
export const page = {
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(500).optional(),
};
