import { join } from 'node:path';
import type { Command } from 'commander';
import { readGateWeights } from '../../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../../agent/prompt.ts';
import { benchNeed } from '../../bench/need/need.ts';
import { Settings } from '../../model/settings.ts';
import { createPaths } from '../../paths.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { thresholdOf } from '../../suggestions/policy.ts';
import { result } from '../output.ts';
import { checkModelOptions, type ModelOptions, openModels, withModelOptions } from './models.ts';
import { linesOfNeed } from './needLines.ts';
import { type BenchOptions, runBench, withBenchOptions } from './options.ts';

interface Options extends BenchOptions, ModelOptions {
  readonly data: string;
  readonly prompt?: string;
}

/** `beforehand bench need`: does a detector want to help when people wanted help? */
export function addBenchNeed(bench: Command): void {
  withBenchOptions(
    withModelOptions(
      bench
        .command('need')
        .description(
          'does a detector want to help when people wanted help: baselines, published models, the gate',
        )
        .requiredOption('--data <folder>', "a folder in ProactiveBench's layout"),
      {
        model: 'ask this model of the catalogue too, behind the gate and alone',
        endpoint: 'ask a model behind an OpenAI-compatible endpoint too: the windows are sent there',
      },
    ).option('--prompt <file>', 'a prompt file with other words than ours'),
  ).action(async (options: Options) => {
    checkModelOptions(options);
    const { assets } = createPaths();
    const weights = await readGateWeights(join(assets, 'gate.json'));
    const prompt = options.prompt
      ? readOwnPrompt(options.prompt)
      : readPrompt(join(assets, 'prompts', 'decide-1.json'));
    const folder = await readBenchFolder(options.data);
    const asked = await openModels(options);
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
