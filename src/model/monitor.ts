import { z } from 'zod';
import type { Event } from './event.ts';

/** State of one source, with the reason and the mend in words when it is not well. */
export const Health = z.object({
  name: z.string(),
  state: z.enum(['off', 'starting', 'healthy', 'unhealthy', 'missing']),
  /** Events emitted since it started. */
  events: z.number().int().nonnegative(),
  lastEventAt: z.number().int().optional(),
  restarts: z.number().int().nonnegative(),
  /** What is wrong, in one sentence. */
  reason: z.string().max(500).optional(),
  /** How to mend it: a command or a setting. */
  mend: z.string().max(500).optional(),
});
export type Health = z.infer<typeof Health>;

/** Takes one event from a monitor. Must not throw; returns at once. */
export type Emit = (event: Event) => void;

/** Ends what `start` began, releases every handle, and may be called twice. */
export type Stop = () => Promise<void>;

/**
 * A sensor that emits events.
 *
 * Contract: `start` resolves once it watches, or rejects with an AppError when the platform lacks something;
 * after a source dies the monitor reports `unhealthy` within a second and restarts by itself with back-off
 * (1 s doubling to 60 s). It may be started again after its Stop resolved. It asks its Guard before reading content.
 */
export interface Monitor {
  readonly name: string;
  start(emit: Emit): Promise<Stop>;
  health(): Health;
}
