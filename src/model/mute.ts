import { z } from 'zod';

/** Something the user does not want to be offered: a topic, a kind of proposal, or anything in an app. */
export const Mute = z.object({
  what: z.enum(['topic', 'kind', 'app']),
  name: z.string().min(1).max(300),
  at: z.number().int(),
  /** The task it began with, where known. */
  task: z.string().max(300).optional(),
});
export type Mute = z.infer<typeof Mute>;

/**
 * A mute as the log keeps it: one row for each `what` and `name`, which outlives the retention of suggestions. A topic is
 * made of words that were seen, so it goes with what it came from: by suggestion, by app or site, and by time.
 */
export const KeptMute = Mute.extend({
  /** False once the user took it back: it then also outweighs answers given before `at`. */
  on: z.boolean(),
  suggestion: z.uuid().optional(),
  /** Apps and sites of what was seen when it was made, and when that began. */
  apps: z.array(z.string().max(256)).max(64).optional(),
  sites: z.array(z.string().max(253)).max(64).optional(),
  from: z.number().int().optional(),
});
export type KeptMute = z.infer<typeof KeptMute>;
