import { z } from 'zod';
import { Place } from '../src/model/place.ts';
import { UpdateState } from '../src/model/program.ts';

/** Numbers of one process's own counting. */
const id = z.number().int().min(0);
const text = z.string().max(4096);

/** What the core process tells the main process, beside the contract's own messages (`rpc`). */
export const FromCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rpc'), message: z.unknown() }),
  z.object({ kind: z.literal('spawn'), id, entry: z.enum(['llm', 'keys']), args: z.array(text).max(16) }),
  z.object({ kind: z.literal('kill'), id }),
  z.object({
    kind: z.literal('notify'),
    id,
    title: text,
    body: text,
    actions: z.array(z.object({ key: text, label: text })).max(8),
  }),
  z.object({ kind: z.literal('unnotify'), id }),
  z.object({
    kind: z.literal('ask'),
    id,
    what: z.enum([
      'idle-seconds',
      'on-battery',
      'clipboard-types',
      'clipboard-text',
      'locked',
      'login-read',
      'login-on',
      'login-off',
    ]),
  }),
  /** Exactly these keys are wanted; answered with those that could not be taken and why. */
  z.object({ kind: z.literal('shortcuts'), id, accelerators: z.array(z.string().max(64)).max(16) }),
  z.object({ kind: z.literal('show'), place: Place.optional() }),
  /** One step towards a newer version; how it goes comes as `updates`. */
  z.object({ kind: z.literal('update'), job: z.enum(['check', 'download', 'install']) }),
  /** The core cannot start, and starting again would not help. */
  z.object({ kind: z.literal('failed'), message: text }),
]);
export type FromCore = z.infer<typeof FromCore>;

/** What the main process tells the core process. `spawned` brings the child's port with it. */
export const ToCore = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rpc'), message: z.unknown() }),
  z.object({ kind: z.literal('spawned'), id, pid: z.number().int().optional() }),
  z.object({ kind: z.literal('exited'), id, code: z.number().int().nullable() }),
  z.object({ kind: z.literal('acted'), id, key: text }),
  z.object({ kind: z.literal('closed'), id, byUser: z.boolean() }),
  z.object({ kind: z.literal('answer'), id, value: z.unknown() }),
  z.object({ kind: z.literal('pressed'), accelerator: z.string().max(64) }),
  z.object({ kind: z.literal('updates'), state: UpdateState }),
  /** A line for the log files, which the core alone writes. */
  z.object({ kind: z.literal('note'), line: text }),
  z.object({ kind: z.literal('quit') }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** What starts a core process, as its one argument. */
export const CoreStart = z.object({
  demo: z.boolean(),
  version: z.string(),
  /** The program's own path, where it is an installed one that a session can start. */
  program: z.string().optional(),
});
export type CoreStart = z.infer<typeof CoreStart>;
