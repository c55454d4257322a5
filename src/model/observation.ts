import { z } from 'zod';

/** What the agent sees of one event, or of several merged ones: a time and one English sentence (`obs`, ProactiveBench). */
export const Observation = z.object({
  /** Id of the first event it came from; stable while heartbeats extend it. */
  id: z.uuid(),
  /** Epoch milliseconds of its start. */
  time: z.number().int(),
  /** Milliseconds it has lasted so far. */
  duration: z.number().int().nonnegative(),
  /** Which kind of event it describes, for icons and filters. */
  kind: z.string().max(32),
  app: z.string().max(256).optional(),
  /** Host name of the page it is about, lower case, where a source gives one: what “forget this site” goes by. */
  site: z.string().max(253).optional(),
  /** The sentence, already redacted. */
  event: z.string().min(1).max(4000),
  /** Ids of the events it describes. */
  sources: z.array(z.uuid()).min(1),
});
export type Observation = z.infer<typeof Observation>;
