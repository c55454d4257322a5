import { z } from 'zod';
import { Decision } from '../model/decision.ts';
import { ForgetFilter, LogCopy } from '../model/log.ts';
import { Observation } from '../model/observation.ts';
import { nothing, page } from './parts.ts';
import { AppState } from './state.ts';
import type { Contract } from '../rpc.ts';

/** What is watched and kept, and forgetting it. */
export const captureChannels = {
  'state.get': { input: nothing, output: AppState },
  'capture.pause': {
    input: z.union([
      z.strictObject({ minutes: z.number().min(0).max(10_080).nullable() }),
      z.strictObject({ until: z.literal('tomorrow') }),
    ]),
    output: AppState,
  },
  /** Lets every source prove now that it works; the answer is how it went. */
  'capture.check': { input: nothing, output: AppState },
  'capture.resume': { input: nothing, output: AppState },
  'observations.list': {
    input: z.object({ ...page, text: z.string().max(200).optional(), app: z.string().max(256).optional() }),
    output: z.object({ rows: z.array(Observation), next: z.number().optional() }),
  },
  /**
   * How many observations began in each local hour since `from` (epoch ms), of one application or of all, newest first:
   * start of the hour and number. The whole length of the timeline without a row of it.
   */
  'observations.hours': {
    input: z.strictObject({ app: z.string().max(256).optional(), from: z.number().int().optional() }),
    output: z.object({ hours: z.array(z.tuple([z.number().int(), z.number().int()])) }),
  },
  /** Observations by their own time, newest first, from `to` (epoch ms, inclusive) downwards, `skip` of them left out. */
  'observations.at': {
    input: z.strictObject({
      to: z.number().int(),
      from: z.number().int().optional(),
      skip: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(500).optional(),
      app: z.string().max(256).optional(),
    }),
    output: z.object({ rows: z.array(Observation) }),
  },
  /** Windows in front since `from` (epoch ms), newest first, without their words: what a picture of the day is made of. */
  'observations.stays': {
    input: z.strictObject({ from: z.number().int() }),
    output: z.object({
      rows: z.array(Observation.pick({ id: true, time: true, duration: true }).extend({ app: z.string() })),
    }),
  },
  forget: { input: ForgetFilter, output: z.object({ forgotten: z.number() }) },
  /** Locks the log with a new key and destroys the old one. */
  'key.rotate': { input: nothing, output: nothing },
  'copies.list': { input: nothing, output: z.array(LogCopy) },
  'need.record': { input: nothing, output: z.object({ observations: z.number() }) },
  'decisions.list': {
    input: z.object(page),
    output: z.object({ rows: z.array(Decision), next: z.number().optional() }),
  },
} satisfies Contract['channels'];
