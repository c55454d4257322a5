import { z } from 'zod';
import { Place } from '../src/model/place.ts';

const id = z.number().int();

/** What the core process tells the main process, beside the contract's own messages (`rpc`). */
export const FromCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rpc'), message: z.unknown() }),
  z.object({ kind: z.literal('spawn'), id, entry: z.enum(['llm', 'keys']), args: z.array(z.string()) }),
  z.object({ kind: z.literal('kill'), id }),
  z.object({
    kind: z.literal('notify'),
    id,
    title: z.string(),
    body: z.string(),
    actions: z.array(z.object({ key: z.string(), label: z.string() })),
  }),
  z.object({ kind: z.literal('unnotify'), id }),
  z.object({
    kind: z.literal('ask'),
    id,
    what: z.enum(['idle-seconds', 'on-battery', 'clipboard-types', 'clipboard-text', 'locked']),
  }),
  /** Exactly these keys are wanted; answered with those that could not be taken and why. */
  z.object({ kind: z.literal('shortcuts'), id, accelerators: z.array(z.string().max(64)).max(16) }),
  z.object({ kind: z.literal('show'), place: Place.optional() }),
  /** The core cannot start, and starting again would not help. */
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type FromCore = z.infer<typeof FromCore>;

/** What the main process tells the core process. `spawned` brings the child's port with it. */
export const ToCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rpc'), message: z.unknown() }),
  z.object({ kind: z.literal('spawned'), id, pid: z.number().int().optional() }),
  z.object({ kind: z.literal('exited'), id, code: z.number().int().nullable() }),
  z.object({ kind: z.literal('acted'), id, key: z.string() }),
  z.object({ kind: z.literal('closed'), id, byUser: z.boolean() }),
  z.object({ kind: z.literal('answer'), id, value: z.unknown() }),
  z.object({ kind: z.literal('pressed'), accelerator: z.string().max(64) }),
  z.object({ kind: z.literal('quit') }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** What starts a core process, as its one argument. */
export const CoreStart = z.object({ demo: z.boolean(), version: z.string() });
export type CoreStart = z.infer<typeof CoreStart>;
