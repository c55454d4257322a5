import { z } from 'zod';
import type { Event } from './event.ts';

/**
 * State of one source, with the reason and the mend in words when it is not well. `healthy` with a `provenAt` means that
 * it has just shown that it works: a source that is silent because nothing happens goes on proving that.
 */
export const Health = z.object({
  name: z.string(),
  state: z.enum(['off', 'starting', 'healthy', 'unhealthy', 'missing']),
  /** Events emitted since it started. */
  events: z.number().int().nonnegative(),
  lastEventAt: z.number().int().optional(),
  restarts: z.number().int().nonnegative(),
  /** Epoch ms of the last self-test, and of the last that it passed. Absent where the platform has none. */
  checkedAt: z.number().int().optional(),
  provenAt: z.number().int().optional(),
  /** What the self-test compares, in words. */
  proof: z.string().max(300).optional(),
  /** What is wrong, in one sentence. */
  reason: z.string().max(500).optional(),
  /** How to mend it: a command or a setting. */
  mend: z.string().max(500).optional(),
});
export type Health = z.infer<typeof Health>;

/** How a self-test went. `restart`: the source is deaf and is opened anew; else it goes on and is tested again. */
export type Proof =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: string; readonly mend?: string; readonly restart: boolean };

/**
 * A self-test of an open source: what it has told against what the system says now. It costs a few round trips at the
 * most, reads no content, and changes nothing that the person or another program could notice. Never throws for an
 * expected outcome; rejects when the source is lost meanwhile.
 */
export interface Probe {
  /** What is compared, in words. */
  readonly proof: string;
  run(): Promise<Proof>;
}

/** Takes one event from a monitor. Must not throw; returns at once. */
export type Emit = (event: Event) => void;

/** Ends what `start` began, releases every handle, and may be called twice. */
export type Stop = () => Promise<void>;

/**
 * A sensor that emits events.
 *
 * Contract: `start` resolves once it watches, or rejects with an AppError when the platform lacks something;
 * after a source dies the monitor reports `unhealthy` within a second and restarts by itself with back-off
 * (1 s doubling to 60 s, or to 4 s where a try costs nothing). It may be started again after its Stop resolved. It asks its Guard before reading content.
 */
export interface Monitor {
  readonly name: string;
  start(emit: Emit): Promise<Stop>;
  health(): Health;
  /**
   * Lets the source prove that it works and takes the result into its health; resolves when it has answered or is
   * overdue. Does nothing while it is off or waits for a restart.
   */
  check?(): Promise<void>;
}
