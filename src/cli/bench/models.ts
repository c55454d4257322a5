import type { Command } from 'commander';
import type { Asked } from '../../bench/need/ask.ts';
import { AppError } from '../../errors.ts';
import { openEndpoint, openModel } from '../openModel.ts';

/** Options that name a model to ask. */
export interface ModelOptions {
  readonly model?: string;
  readonly adapter?: string;
  readonly endpoint?: string;
  readonly endpointModel?: string;
}

/** Adds `--model`, `--adapter`, `--endpoint` and `--endpoint-model`; `model` and `endpoint` say what they are asked for. */
export function withModelOptions(command: Command, words: { model: string; endpoint: string }): Command {
  return command
    .option('--model <alias>', words.model)
    .option('--adapter <file>', 'a GGUF LoRA adapter over that model')
    .option('--endpoint <url>', words.endpoint)
    .option('--endpoint-model <name>', 'its name there');
}

/** Throws `usage` for an option that would be passed over without the one it belongs to. */
export function checkModelOptions({ model, adapter, endpoint, endpointModel }: ModelOptions): void {
  if ((endpoint === undefined) !== (endpointModel === undefined))
    throw new AppError('usage', '[bench] --endpoint and --endpoint-model go together: name both');
  if (adapter !== undefined && model === undefined)
    throw new AppError('usage', '[bench] --adapter goes over a model: name it with --model');
}

/**
 * The models that the options name, the one of this machine first; the caller closes them. Rejects as `checkModelOptions`,
 * `openModel` and `openEndpoint` do.
 */
export async function openModels(options: ModelOptions): Promise<readonly Asked[]> {
  checkModelOptions(options);
  const { model, adapter, endpoint, endpointModel } = options;
  // The endpoint first: a wrong address is told before a file of gigabytes is hashed.
  const remote =
    endpoint === undefined || endpointModel === undefined
      ? []
      : [{ name: endpointModel, llm: await openEndpoint(endpoint, endpointModel), where: endpoint }];
  if (model === undefined) return remote;
  const llm = await openModel(model, adapter === undefined ? {} : { adapter });
  return [{ name: model, llm, where: null }, ...remote];
}
