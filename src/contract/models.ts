import { z } from 'zod';
import { Settings } from '../model/settings.ts';
import { nothing } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** One model of the catalogue, as a person chooses it. Bytes are bytes. */
export const ModelChoice = z.object({
  alias: z.string(),
  title: z.string(),
  summary: z.string(),
  bytes: z.number(),
  memoryBytes: z.number(),
  licence: z.string(),
  installed: z.boolean(),
  inUse: z.boolean(),
  fits: z.boolean(),
  /** Whether what it proposes has earned to be shown on this machine. */
  shows: z.boolean(),
  answers: z.boolean(),
  /** Hash known beforehand, pinned at first download, or not yet known. */
  pinned: z.enum(['shipped', 'first-download', 'none']),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

/** The models there are. */
export const modelChannels = {
  'models.list': { input: nothing, output: z.array(ModelChoice) },
  /** `file` and `adapter` are absolute paths; what is absent is taken off. */
  'models.use': {
    input: z.strictObject({
      alias: z.string().max(100),
      file: z.string().min(1).max(4096).optional(),
      adapter: z.string().min(1).max(4096).optional(),
    }),
    output: Settings,
  },
  /** Measures the model in use, in the background; told as progress of `measure`. False while it is being measured. */
  'models.measure': { input: nothing, output: z.object({ started: z.boolean() }) },
  'models.pull': {
    input: z.object({ alias: z.string().max(100) }),
    output: z.object({ started: z.boolean() }),
  },
} satisfies Contract['channels'];
