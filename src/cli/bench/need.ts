import { join } from 'node:path';
import type { Command } from 'commander';
import { readGateWeights } from '../../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../../agent/prompt.ts';
import type { Asked } from '../../bench/need/ask.ts';
import { benchNeed } from '../../bench/need/need.ts';
import { AppError } from '../../errors.ts';
import { Settings } from '../../model/settings.ts';
import { createPaths } from '../../paths.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { openEndpoint, openModel } from '../openModel.ts';
import { result } from '../output.ts';
import { linesOfNeed } from './needLines.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface Options extends BenchOptions {
  readonly data: string;
  readonly model?: string;
  readonly adapter?: string;
  readonly endpoint?: string;
  readonly endpointModel?: string;
  readonly prompt?: string;
}

/** `beforehand bench need`: does a detector want to help when people wanted help? */
export function addBenchNeed(bench: Command): void {
  withBenchOptions(
    bench
      .command('need')
      .description(
        'does a detector want to help when people wanted help: baselines, published models, the gate',
      )
      .requiredOption('--data <folder>', "a folder in ProactiveBench's layout")
      .option('--model <alias>', 'ask this model of the catalogue too, behind the gate and alone')
      .option('--adapter <file>', 'a GGUF LoRA adapter over that model')
      .option(
        '--endpoint <url>',
        'ask a model behind an OpenAI-compatible endpoint too: the windows are sent there',
      )
      .option('--endpoint-model <name>', 'its name there')
      .option('--prompt <file>', 'a prompt file with other words than ours'),
  ).action(async (options: Options) => {
    if ((options.endpoint === undefined) !== (options.endpointModel === undefined))
      throw new AppError('usage', '[bench] --endpoint and --endpoint-model go together: name both');
    if (options.adapter !== undefined && options.model === undefined)
      throw new AppError('usage', '[bench] --adapter goes over a model: name it with --model');
    const { assets } = createPaths();
    const weights = await readGateWeights(join(assets, 'gate.json'));
    const prompt = options.prompt
      ? readOwnPrompt(options.prompt)
      : readPrompt(join(assets, 'prompts', 'decide-1.json'));
    const folder = await readBenchFolder(options.data);
    const asked = await openAll(options);
    try {
      const done = await runBench('need', options, async (run) => {
        const need = await benchNeed(run, {
          folder,
          weights,
          threshold: thresholdOf(Settings.parse({}).eagerness),
          prompt,
          asked,
        });
        const info = asked[0]?.llm.info();
        return (
          need && {
            result: need,
            facts: {
              model: info ? { alias: asked[0]!.name, digest: info.digest } : null,
              data: { digest: folder.digest, folder: options.data },
            },
          }
        );
      });
      if (!done) return;
      const words = new Map(
        windowsOf([...folder.train, ...folder.test]).map((window) => [window.id, window.obs.at(-1)!.event]),
      );
      result(options.json, done, linesOfNeed(done, words));
    } finally {
      for (const { llm } of asked) await llm.close();
    }
  });
}

async function openAll(options: Options): Promise<readonly Asked[]> {
  const { model, adapter, endpoint, endpointModel } = options;
  return [
    ...(model === undefined
      ? []
      : [
          { name: model, llm: await openModel(model, adapter === undefined ? {} : { adapter }), where: null },
        ]),
    ...(endpoint === undefined || endpointModel === undefined
      ? []
      : [{ name: endpointModel, llm: await openEndpoint(endpoint, endpointModel), where: endpoint }]),
  ];
}
