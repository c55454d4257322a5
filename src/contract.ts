import { cardChannels } from './contract/card.ts';
import { captureChannels } from './contract/capture.ts';
import { told } from './contract/events.ts';
import { insightChannels } from './contract/insights.ts';
import { modelChannels } from './contract/models.ts';
import { programChannels } from './contract/program.ts';
import { settingsChannels } from './contract/settings.ts';
import { suggestionChannels } from './contract/suggestions.ts';
import { teachingChannels } from './contract/teaching.ts';
import type { Contract } from './rpc.ts';

export { events } from './contract/events.ts';
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

/** The contract of the assistant as `rpc.ts` takes it. */
export const assistant = { channels: contract, ...told };
export type Assistant = typeof assistant;
