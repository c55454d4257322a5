import { join } from 'node:path';
import { readGate } from '../agent/gate.ts';
import { readOwnPrompt, readPrompt } from '../agent/prompt.ts';
import { AppError, asAppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';
import { thresholdOf } from '../suggestions/policy.ts';
import type { Models } from './models.ts';
import { endpointKey, measuredStore } from './tier.ts';

/** How far a measurement is, as the window shows it. */
export interface MeasureProgress {
  readonly done: number;
  readonly total: number;
  readonly state: 'running' | 'done' | 'failed';
  /** What came of it, or what went wrong, in words. */
  readonly message?: string;
}

/** Measures the model in use while the assistant runs. */
export interface Measuring {
  /** Begins in the background; false when it is under way. Rejects where there is no model that could be asked. */
  start(): Promise<boolean>;
  close(): Promise<void>;
}

/** The measurement of `beforehand models measure` on our own scenes, with the model that runs already. */
export function createMeasuring(options: {
  readonly paths: Paths;
  readonly settings: () => Settings;
  readonly models: Pick<Models, 'llm' | 'refresh'>;
  readonly clock: Clock;
  readonly onProgress: (progress: MeasureProgress) => void;
}): Measuring {
  const { paths, settings, models, clock, onProgress } = options;
  const ending = new AbortController();
  let running: Promise<void> | null = null;

  async function measure(): Promise<void> {
    const now = settings();
    // Of use to nobody before this is asked for.
    const [{ measureTier }, { readScenes }] = await Promise.all([
      import('../bench/tier/measure.ts'),
      import('../bench/tier/scenes.ts'),
    ]);
    const { prompt: own, use } = now.model;
    let last = { done: 0, total: 0 };
    const measured = await measureTier(
      {
        signal: ending.signal,
        progress: () => ({
          update(done, total) {
            last = { done, total };
            onProgress({ ...last, state: 'running' });
          },
          stop() {},
        }),
      },
      {
        llm: models.llm,
        prompt: own ? readOwnPrompt(own) : readPrompt(join(paths.assets, 'prompts', 'decide-1.json')),
        gate: await readGate(join(paths.assets, 'gate.json')),
        threshold: thresholdOf(now.eagerness),
        modelThreshold: now.model.threshold,
        scenes: readScenes(join(paths.assets, 'scenes', 'measure-1.json')).scenes,
        bench: null,
        now: clock.now(),
      },
    );
    if (!measured) return;
    // Another model was chosen meanwhile: nobody knows which of the two said what.
    if (settings().model.use !== use || models.llm.info().digest !== measured.digest) {
      onProgress({
        ...last,
        state: 'failed',
        message: 'Another model was chosen meanwhile; nothing was kept.',
      });
      return;
    }
    const digest = use === 'remote' && now.endpoint ? endpointKey(now.endpoint) : measured.digest;
    await measuredStore(paths).keep({ ...measured, digest });
    await models.refresh();
    onProgress({
      ...last,
      state: 'done',
      message: measured.shows
        ? 'What it proposes is shown from now on.'
        : `What it proposes stays hidden: ${measured.reasons.join('; ')}.`,
    });
  }

  return {
    async start() {
      if (running) return false;
      const { state, reason } = models.llm.info();
      if (state !== 'ready' && state !== 'loading')
        throw new AppError(
          'model-missing',
          `[models] ${reason ?? 'there is no model that could be measured'}`,
        );
      running = measure()
        .catch((thrown: unknown) => {
          const { message } = asAppError(thrown, 'model-failed', 'models');
          onProgress({ done: 0, total: 0, state: 'failed', message });
        })
        .finally(() => (running = null));
      return true;
    },
    async close() {
      ending.abort();
      await running;
    },
  };
}
