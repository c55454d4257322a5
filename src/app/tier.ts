import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readOwnPrompt, readPrompt } from '../agent/prompt.ts';
import { createMeasuredStore, type Measured, type MeasuredStore, type TierFigures } from '../llm/measured.ts';
import type { LlmInfo } from '../model/llm.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';

/** The command that measures the model in use. */
const MEASURE = 'beforehand models measure';
/** Longest reason that stands on a surface, in characters. */
const LONGEST = 400;

/** Where the measurements of this machine are kept. */
export function measuredStore(paths: Pick<Paths, 'data'>): MeasuredStore {
  return createMeasuredStore(join(paths.data, 'measured.json'));
}

/** What the model of an endpoint is measured under: another address may serve another model of that name. */
export function endpointKey({ url, model }: { readonly url: string; readonly model: string }): string {
  return `${model} at ${url}`.slice(0, LONGEST);
}

/** Version of the prompt of decisions that the settings mean; that of the shipped one where theirs cannot be read. */
export function promptVersion(paths: Pick<Paths, 'assets'>, settings: Pick<Settings, 'model'>): string {
  if (settings.model.prompt !== null) {
    try {
      return readOwnPrompt(settings.model.prompt).version;
    } catch {}
  }
  return readPrompt(join(paths.assets, 'prompts', 'decide-1.json')).version;
}

/** A measurement on our own scenes, as the window shows it. */
export type FileFigures = Pick<Measured, 'at' | 'shows' | 'offerSeconds'> &
  Omit<TierFigures, 'needed'> & { readonly reasons: string[] };

/** Whether models have earned it that what they propose is shown, by the measurements of this machine. */
export interface Tier {
  /** Of the model that is measured under this key; null where nothing can be. */
  verdict(key: string | null): Pick<LlmInfo, 'shows' | 'hidden'>;
  /** Of a file without an adapter, by its hash. */
  showsFile(sha256: string | null): boolean;
  /** What the measurement of such a file showed; null where there is none. */
  ofFile(sha256: string | null): FileFigures | null;
  /** Whether anything was ever measured here. */
  any(): boolean;
}

/** The tier by the measurements in the data folder, each asked for by what the settings are now. */
export function createTier(options: {
  readonly paths: Pick<Paths, 'data' | 'assets'>;
  readonly settings: () => Pick<Settings, 'model'>;
}): Tier {
  const { paths, settings } = options;
  const store = measuredStore(paths);
  let named: string | null | undefined;
  let version = '';
  const words = () => {
    const now = settings().model.prompt;
    if (now !== named) {
      named = now;
      version = promptVersion(paths, settings());
    }
    return version;
  };
  return {
    verdict(key) {
      const found = key === null ? null : store.of(key, words());
      if (found?.shows) return { shows: true };
      const why = found
        ? `${found.reasons.join('; ')} (measured ${new Date(found.at).toLocaleDateString('sv')}, again: ${MEASURE})`
        : `it was not measured on this computer yet; run: ${MEASURE}`;
      return { shows: false, hidden: `What it proposes is hidden: ${why}`.slice(0, LONGEST) };
    },
    showsFile: (sha256) => sha256 !== null && store.of(sha256, words())?.shows === true,
    ofFile(sha256) {
      const found = sha256 === null ? null : store.of(sha256, words());
      if (!found) return null;
      const { at, shows, reasons, offerSeconds, scenes } = found;
      const { needed: _needed, ...figures } = scenes;
      return { at, shows, reasons: [...reasons], offerSeconds, ...figures };
    },
    any: () => statSync(join(paths.data, 'measured.json'), { throwIfNoEntry: false }) !== undefined,
  };
}
