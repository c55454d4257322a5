import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { AppError, asAppError } from '../errors.ts';
import { findModel, readCatalogue } from '../llm/catalogue.ts';
import { modelFile, verifyModel } from '../llm/download.ts';
import { createLocalLlm } from '../llm/local.ts';
import { MEASURE_STEPS, measureModel } from '../llm/measure.ts';
import type { Clock, Spawn } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';
import type { MeasureProgress } from './measuring.ts';
import type { Models } from './models.ts';
import { speedStore } from './shelf.ts';

/** Measures how quick models are here, one at a time. */
export interface Benching {
  /** Begins in the background; false while one is measured. Rejects where the file is not there or not sound. */
  start(alias: string): Promise<boolean>;
  /** False where this one is not being measured. Nothing is kept. */
  stop(alias: string): boolean;
  /** Which one is measured now. */
  now(): string | null;
  close(): Promise<void>;
}

/** Milliseconds between two looks at whether the user is served; and how long nobody must have been before it begins anew. */
const LOOK = 50;
const CALM = 1500;
/** Beginnings before it gives up: who is served all the time has no time for figures. */
const TRIES = 20;

/**
 * Speeds as `beforehand models bench` measures them, in a process of their own. A call of the user's ends the measurement
 * at its next token, and it begins anew, cold, when the model has rested: figures beside other work would be wrong, and
 * nobody waits for them.
 */
export function createBenching(options: {
  readonly paths: Paths;
  readonly settings: () => Settings;
  readonly models: Pick<Models, 'busy'>;
  readonly spawn: Spawn;
  readonly clock: Clock;
  readonly onProgress: (alias: string, progress: MeasureProgress) => void;
}): Benching {
  const { paths, settings, models, spawn, clock, onProgress } = options;
  const catalogue = readCatalogue(join(paths.assets, 'models.json'));
  let now: { readonly alias: string; readonly ending: AbortController } | null = null;
  let running: Promise<void> | null = null;

  async function calm(alias: string, signal: AbortSignal): Promise<void> {
    for (let rested = 0; rested < CALM; rested += LOOK) {
      if (models.busy()) {
        rested = 0;
        onProgress(alias, { done: 0, total: MEASURE_STEPS, state: 'running', message: 'waiting' });
      }
      await wait(LOOK, undefined, { signal });
    }
  }

  /** One beginning; null where the user was served meanwhile. */
  async function attempt(alias: string, digest: string, ending: AbortSignal) {
    const entry = findModel(catalogue, alias);
    const served = new AbortController();
    const look = setInterval(() => models.busy() && served.abort(), LOOK);
    const llm = createLocalLlm({
      spawn,
      clock,
      model: { alias, file: modelFile(entry, paths), digest, answers: entry.answers },
      settings: settings().model,
    });
    try {
      return await measureModel(llm, AbortSignal.any([ending, served.signal]), (done) =>
        onProgress(alias, { done, total: MEASURE_STEPS, state: 'running' }),
      );
    } catch (thrown) {
      if (served.signal.aborted) return null;
      throw thrown;
    } finally {
      clearInterval(look);
      await llm.close();
    }
  }

  async function measure(alias: string, digest: string, ending: AbortSignal): Promise<void> {
    for (let tried = 0; tried < TRIES; tried++) {
      await calm(alias, ending);
      const found = await attempt(alias, digest, ending);
      if (!found) continue;
      const { prefillPerSecond, decodePerSecond, warmFirstTokenMs: firstTokenMs, memoryBytes } = found;
      await speedStore(paths).keep({
        alias,
        at: clock.now(),
        threads: settings().model.threads,
        prefillPerSecond,
        decodePerSecond,
        firstTokenMs,
        memoryBytes,
      });
      onProgress(alias, { done: MEASURE_STEPS, total: MEASURE_STEPS, state: 'done' });
      return;
    }
    throw new AppError(
      'model-failed',
      '[models] the model was at work all the time: try again when it rests',
    );
  }

  return {
    async start(alias) {
      if (now) return false;
      const entry = findModel(catalogue, alias);
      const ending = new AbortController();
      now = { alias, ending };
      onProgress(alias, { done: 0, total: MEASURE_STEPS, state: 'running' });
      const found = await verifyModel(entry, paths).catch((thrown: unknown) => {
        now = null;
        throw thrown;
      });
      if (found.state !== 'ready') {
        now = null;
        throw new AppError(
          found.state === 'missing' ? 'model-missing' : 'model-damaged',
          `[models] ${found.reason}`,
        );
      }
      running = measure(alias, found.sha256, ending.signal)
        .catch((thrown: unknown) => {
          const { message } = asAppError(thrown, 'model-failed', 'models');
          const state = 'failed' as const;
          onProgress(alias, {
            done: 0,
            total: 0,
            state,
            message: ending.signal.aborted ? 'stopped' : message,
          });
        })
        .finally(() => (now = running = null));
      return true;
    },
    stop(alias) {
      if (now?.alias !== alias) return false;
      now.ending.abort();
      return true;
    },
    now: () => now?.alias ?? null,
    async close() {
      now?.ending.abort();
      await running;
    },
  };
}
