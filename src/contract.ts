import { z } from 'zod';
import { cardChannels } from './contract/card.ts';
import { captureChannels } from './contract/capture.ts';
import { insightChannels } from './contract/insights.ts';
import { modelChannels } from './contract/models.ts';
import { programChannels } from './contract/program.ts';
import { settingsChannels } from './contract/settings.ts';
import { AppState } from './contract/state.ts';
import { suggestionChannels } from './contract/suggestions.ts';
import { teachingChannels } from './contract/teaching.ts';
import { Answer } from './model/feedback.ts';
import { Observation } from './model/observation.ts';
import { Mishap, ProgramState } from './model/program.ts';
import { Suggestion } from './model/suggestion.ts';
import type { Contract } from './rpc.ts';

export { ModelChoice } from './contract/models.ts';
export { ExclusionList, ShippedExclusions } from './contract/settings.ts';
export { AppState, ModelState } from './contract/state.ts';

/** Channel name -> input and output schema: one map for IPC, WebSocket and the core's own socket. */
export const contract = {
  ...captureChannels,
  ...suggestionChannels,
  ...cardChannels,
  ...teachingChannels,
  ...settingsChannels,
  ...modelChannels,
  ...programChannels,
  ...insightChannels,
} satisfies Contract['channels'];

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

/** The contract of the assistant as `rpc.ts` takes it. */
export const assistant = { channels: contract, events, latest: ['state'] };
export type Assistant = typeof assistant;
