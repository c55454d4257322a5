import type { PromptFile } from '../agent/prompt.ts';
import { createModelProposer } from '../agent/proposers/model.ts';
import type { Proposer } from '../model/agent.ts';
import type { AllowedTool } from '../model/mcp.ts';
import type { Settings } from '../model/settings.ts';
import type { Models } from './models.ts';

/** Whether what the model proposes may be shown: it has earned that on this machine, unless the user decided. */
export function speaks(settings: Settings, models: Pick<Models, 'llm'>): boolean {
  if (settings.model.proposals !== 'auto') return settings.model.proposals === 'on';
  return models.llm.info().shows;
}

/** Whether the model writes the answers to what is accepted: it is large enough, or the user wants its words anyway. */
export function writes(settings: Settings, models: Pick<Models, 'llm'>): boolean {
  if (settings.model.proposals === 'on') return true;
  const { answers, shows } = models.llm.info();
  return answers ?? shows;
}

/** The model speaks only where its words may be shown: asking and hiding would cost and give nothing. */
export function createSpeaker(options: {
  readonly settings: () => Settings;
  readonly models: Pick<Models, 'llm'>;
  /** The prompt now in force. */
  readonly prompt: () => PromptFile;
  /** Allowed tools of MCP servers. */
  readonly tools?: () => readonly AllowedTool[];
}): Proposer {
  const { settings, models } = options;
  let threshold = settings().model.threshold;
  let prompt = options.prompt();
  const make = () =>
    createModelProposer({
      llm: models.llm,
      prompt,
      threshold,
      ...(options.tools && { tools: options.tools }),
    });
  let model = make();
  return {
    name: model.name,
    async propose(context, signal) {
      if (!speaks(settings(), models) || models.llm.info().state === 'missing') return [];
      if (threshold !== settings().model.threshold || prompt !== options.prompt()) {
        threshold = settings().model.threshold;
        prompt = options.prompt();
        model = make();
      }
      return model.propose(context, signal);
    },
  };
}
