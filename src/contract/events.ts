import { z } from 'zod';
import { Answer } from '../model/feedback.ts';
import { Observation } from '../model/observation.ts';
import { Mishap, ProgramState } from '../model/program.ts';
import { Suggestion } from '../model/suggestion.ts';
import type { Contract } from '../rpc.ts';
import { AppState } from './state.ts';

/** What the core tells without being asked. */
export const events = {
  state: AppState,
  observed: z.array(Observation),
  /**
   * Observations that began since `from` (epoch ms) were written, forgotten or left out of `observed` without being told one
   * by one: what a page holds of them is to be read again.
   */
  changed: z.object({ from: z.number().int() }),
  suggestion: Suggestion,
  answer: Answer,
  program: ProgramState,
  /** A part ended unexpectedly and was started again. */
  mishap: Mishap,
  progress: z.object({
    task: z.string(),
    done: z.number(),
    total: z.number(),
    state: z.enum(['running', 'done', 'failed']),
    message: z.string().optional(),
  }),
} satisfies Contract['events'];

/** All that the calling side parses; of `latest` only the newest counts. A page takes this and leaves out the channels. */
export const told = { events, latest: ['state'] };
