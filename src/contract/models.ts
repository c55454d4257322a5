import { z } from 'zod';
import { EndpointAddress, KeyPlace } from '../model/endpoint.ts';
import { Settings } from '../model/settings.ts';
import { nothing } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** What a measurement of a model showed on this machine: `at` is epoch ms, shares are of 0 to 1, null where nothing was offered. */
const Shown = z.object({
  at: z.number(),
  shows: z.boolean(),
  reasons: z.array(z.string()),
  moments: z.number(),
  parsed: z.number(),
  f1: z.number(),
  gateF1: z.number(),
  offers: z.number(),
  fitting: z.number().nullable(),
  patternsFitting: z.number().nullable(),
  offerSeconds: z.number().nullable(),
});

/** Speed on this machine: tokens a second, milliseconds, bytes; `at` is epoch ms. */
const Quick = z.object({
  at: z.number(),
  threads: z.number(),
  prefillPerSecond: z.number(),
  decodePerSecond: z.number(),
  firstTokenMs: z.number(),
  memoryBytes: z.number(),
});

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
  /** Bytes of a download that was stopped: it goes on from there. */
  part: z.number().optional(),
  /** Whether what it proposes has earned to be shown on this machine. */
  shows: z.boolean(),
  answers: z.boolean(),
  /** Hash known beforehand, pinned at first download, or not yet known. */
  pinned: z.enum(['shipped', 'first-download', 'none']),
  speed: Quick.optional(),
  measured: Shown.optional(),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

const alias = z.string().max(100);

/** The models there are. */
export const modelChannels = {
  'models.list': { input: nothing, output: z.array(ModelChoice) },
  /** What this machine has for models: bytes of memory, free bytes where models lie (null: unknown), and where that is. */
  'models.machine': {
    input: nothing,
    output: z.object({ memoryBytes: z.number(), freeBytes: z.number().nullable(), folder: z.string() }),
  },
  /** `file` and `adapter` are absolute paths; what is absent is taken off. A file that is no model is refused. */
  'models.use': {
    input: z.strictObject({
      alias,
      file: z.string().min(1).max(4096).optional(),
      adapter: z.string().min(1).max(4096).optional(),
    }),
    output: Settings,
  },
  /** Measures the model in use, in the background; told as progress of `measure`. False while it is being measured. */
  'models.measure': { input: nothing, output: z.object({ started: z.boolean() }) },
  /** Fetches a model in the background, from where it was stopped; told as progress of `model:ALIAS`. */
  'models.pull': { input: z.object({ alias }), output: z.object({ started: z.boolean() }) },
  /** Stops the download of a model, or the measurement of its speed. What was fetched stays. */
  'models.stop': {
    input: z.strictObject({ alias, what: z.enum(['pull', 'bench']) }),
    output: z.object({ stopped: z.boolean() }),
  },
  /** Reads the whole file and compares its hash; told as progress of `verify:ALIAS` too. */
  'models.verify': {
    input: z.strictObject({ alias }),
    output: z.object({
      state: z.enum(['ready', 'missing', 'damaged']),
      sha256: z.string().optional(),
      pinned: z.enum(['shipped', 'first-download', 'none']).optional(),
    }),
  },
  /**
   * Measures a model's speed in the background, in a process of its own and never while the user is served; told as
   * progress of `bench:ALIAS`. False while one is measured.
   */
  'models.bench': { input: z.strictObject({ alias }), output: z.object({ started: z.boolean() }) },
  /** Deletes the file of a model that is not in use, and what was fetched of it. */
  'models.remove': { input: z.strictObject({ alias }), output: z.array(ModelChoice) },
  /** Whether a key is kept for this address, and where. */
  'endpoint.key': { input: z.strictObject({ url: EndpointAddress }), output: z.object({ place: KeyPlace }) },
  /** Keeps the key of this address (null: forgets it); it replaces the one before, of whatever address. */
  'endpoint.keep': {
    input: z.strictObject({
      url: EndpointAddress,
      key: z
        .string()
        .min(1)
        .max(1000)
        .regex(/^[!-~]+$/, 'a key has no blanks')
        .nullable(),
    }),
    output: z.object({ place: KeyPlace }),
  },
  /** Asks it once, about a made-up observation, with the key that is kept. Rejects with what is wrong. */
  'endpoint.test': {
    input: z.strictObject({ url: EndpointAddress, model: z.string().min(1).max(200) }),
    output: z.object({ reply: z.string(), ms: z.number() }),
  },
} satisfies Contract['channels'];
