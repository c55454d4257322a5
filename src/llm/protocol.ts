import { z } from 'zod';
import { Receipt } from '../model/decision.ts';

/** What one call cost, as the model process measures it; the parent adds who asked and when. */
export const Measures = Receipt.pick({
  promptTokens: true,
  prefillTokens: true,
  outputTokens: true,
  firstTokenMs: true,
  totalMs: true,
  memoryBytes: true,
  stop: true,
});
export type Measures = z.infer<typeof Measures>;

/** The part of a CompletionRequest that the model process needs. */
export const EngineRequest = z.object({
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  prefix: z.string().optional(),
  grammar: z.string().optional(),
  maxTokens: z.number().int().min(1).max(100_000),
  temperature: z.number().min(0).max(5),
  timeoutMs: z.number().positive(),
  session: z.string().max(100),
});
export type EngineRequest = z.infer<typeof EngineRequest>;

/** How to load a model. `digest` is the SHA-256 the file must have; null: any, it is told in the answer. */
export const LoadRequest = z.object({
  file: z.string().min(1),
  digest: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  adapter: z.string().min(1).nullable(),
  threads: z.number().int().min(1).max(64),
  contextTokens: z.number().int().min(128).max(1_000_000),
  gpu: z.enum(['auto', 'off']),
});
export type LoadRequest = z.infer<typeof LoadRequest>;

const id = z.number().int().positive();

/** Core to model process. */
export const ToEngine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('load'), load: LoadRequest }),
  z.object({ kind: z.literal('complete'), id, request: EngineRequest }),
  z.object({
    kind: z.literal('score'),
    id,
    request: EngineRequest,
    choices: z.array(z.string().min(1)).min(1),
  }),
  z.object({ kind: z.literal('abort'), id }),
  z.object({ kind: z.literal('close') }),
]);
export type ToEngine = z.infer<typeof ToEngine>;

/** Model process to core. */
export const FromEngine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ready'),
    digest: z.string(),
    /** SHA-256 of the adapter, when one was loaded. */
    adapter: z.string().optional(),
    context: z.number().int().positive(),
  }),
  z.object({
    kind: z.literal('unfit'),
    code: z.enum(['model-missing', 'model-damaged', 'model-failed']),
    message: z.string().max(2000),
  }),
  z.object({ kind: z.literal('text'), id, text: z.string() }),
  z.object({ kind: z.literal('done'), id, text: z.string(), measures: Measures }),
  z.object({ kind: z.literal('scored'), id, probabilities: z.array(z.number()), measures: Measures }),
  z.object({ kind: z.literal('failed'), id, message: z.string().max(2000) }),
]);
export type FromEngine = z.infer<typeof FromEngine>;
