import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readGate } from '../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../agent/prompt.ts';
import { endpointKey, measuredStore } from '../app/tier.ts';
import { linearJudge } from '../bench/protocol/judges.ts';
import { benchMoments, measureTier, type TierMoment } from '../bench/tier/measure.ts';
import { readScenes } from '../bench/tier/scenes.ts';
import { observationsOf } from '../bench/protocol/traces.ts';
import { AppError } from '../errors.ts';
import type { Measured, TierFigures } from '../llm/measured.ts';
import type { Llm } from '../model/llm.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { readBenchFolder } from '../proactivebench/folder.ts';
import { windowsOf } from '../proactivebench/windows.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { thresholdOf } from '../suggestions/policy.ts';
import { interruptible } from './interrupt.ts';
import { openEndpoint, openModel } from './openModel.ts';
import { progressBar, result, say, table } from './output.ts';

/** `beforehand models measure`: whether a model has earned it that what it proposes is shown. */
export function addMeasure(models: Command): void {
  models
    .command('measure [alias]')
    .description('measure whether what a model proposes is good enough to be shown, and remember it')
    .option('--data <folder>', "measure on a folder in ProactiveBench's layout too")
    .option('--json', 'print the measurement', false)
    .action(async (alias: string | undefined, options: { data?: string; json: boolean }) => {
      const paths = createPaths();
      const store = createSettingsStore(paths);
      if (store.note) say(store.note);
      const settings = store.get();
      const own = settings.model.prompt;
      const bench = options.data === undefined ? null : await momentsOf(options.data);
      const gate = await readGate(join(paths.assets, 'gate.json'));
      const { llm, key } = await opened(alias, settings);
      try {
        const measured = await interruptible((signal) =>
          measureTier(
            { signal, progress: progressBar },
            {
              llm,
              prompt: own ? readOwnPrompt(own) : readPrompt(join(paths.assets, 'prompts', 'decide-1.json')),
              gate,
              threshold: thresholdOf(settings.eagerness),
              modelThreshold: settings.model.threshold,
              scenes: readScenes(join(paths.assets, 'scenes', 'measure-1.json')).scenes,
              bench,
              now: systemClock.now(),
            },
          ),
        );
        if (!measured) {
          say('Interrupted; nothing was kept, and what was known before still holds.');
          process.exitCode = 1;
          return;
        }
        const kept = { ...measured, digest: key ?? measured.digest };
        await measuredStore(paths).keep(kept);
        result(options.json, kept, lines(kept));
      } finally {
        await llm.close();
      }
    });
}

/** The model to measure; `key` where its digest alone does not name it. */
async function opened(
  alias: string | undefined,
  { model, endpoint }: ReturnType<ReturnType<typeof createSettingsStore>['get']>,
): Promise<{ readonly llm: Llm; readonly key: string | null }> {
  const use = alias ?? model.use;
  if (use === 'none')
    throw new AppError('usage', '[models] the settings use no model: name one, or `remote` for an endpoint.');
  if (use === 'remote') {
    if (!endpoint)
      throw new AppError(
        'usage',
        '[models] no endpoint is set: name one in Settings, or a model of the catalogue.',
      );
    return { llm: await openEndpoint(endpoint.url, endpoint.model), key: endpointKey(endpoint) };
  }
  const { adapter, file } = model;
  const inUse = use === model.use;
  const llm = await openModel(use, {
    ...(inUse && adapter !== null && { adapter }),
    ...(inUse && file !== null && { file }),
  });
  return { llm, key: null };
}

/** Judged windows, each with a judge that was fitted on the other days alone. */
async function momentsOf(folder: string): Promise<readonly TierMoment[]> {
  if (!existsSync(folder)) throw new AppError('not-found', `[models] there is no folder ${folder}`);
  const read = await readBenchFolder(folder);
  const rows = [...read.train, ...read.test];
  const judge = linearJudge(rows);
  return benchMoments(windowsOf(rows), ({ trace, obs }) =>
    judge.of({
      name: trace,
      real: false,
      steps: obs.map((observed) => ({ observed, status: null })),
      observations: observationsOf(obs),
    }),
  );
}

function lines(measured: Measured): string[] {
  const { scenes, bench, offerSeconds, tokensPerSecond, shows, reasons } = measured;
  const seconds = offerSeconds === null ? '–' : `${offerSeconds.toFixed(1)} s`;
  const speed = tokensPerSecond === null ? '–' : `${tokensPerSecond.toFixed(0)} tokens/s`;
  return [
    ...table([
      ['', 'moments', 'read', 'F1 with gate', 'gate alone', 'offers', 'fit', 'patterns fit'],
      row('our own scenes', scenes),
      ...(bench ? [row('the data named', bench)] : []),
    ]),
    `An offer takes ${seconds} in the middle, at ${speed}.`,
    shows
      ? `What ${measured.alias} proposes is shown from now on.`
      : `What ${measured.alias} proposes stays hidden: ${reasons.join('; ')}.`,
  ];
}

function row(name: string, figures: TierFigures): string[] {
  return [
    name,
    `${figures.moments} (${figures.needed} needed)`,
    share(figures.parsed),
    share(figures.f1),
    share(figures.gateF1),
    String(figures.offers),
    share(figures.fitting),
    share(figures.patternsFitting),
  ];
}

const share = (part: number | null) => (part === null ? '–' : part.toFixed(2));
