import type { ModelState } from '../contract.ts';
import { AppError, asAppError } from '../errors.ts';
import { findModel, readCatalogue, type CatalogueEntry } from '../llm/catalogue.ts';
import { modelFile, pullModel, verifyModel, type PullProgress } from '../llm/download.ts';
import { createLocalLlm, digestOf } from '../llm/local.ts';
import { lookOver } from '../llm/ownFile.ts';
import { hashFile } from '../llm/pins.ts';
import type { CompletionRequest, Llm, LlmInfo } from '../model/llm.ts';
import type { Clock, Spawn } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';
import { join } from 'node:path';
import type { EndpointKey } from './endpointKey.ts';
import { createShelf, type Shelf } from './shelf.ts';
import { createTier, endpointKey } from './tier.ts';

/** The model in use and the ones that could be. */
export interface Models {
  /** Always the model now in use, across changes of settings. */
  readonly llm: Llm;
  /** The models there are, as they lie on this machine. */
  readonly shelf: Shelf;
  /** Whether it is asked something just now. */
  busy(): boolean;
  pulls(alias: string): boolean;
  /** Stops a download; what was fetched stays. False where there is none. */
  stop(alias: string): boolean;
  /** Fetches a model in the background; progress goes to `onProgress`. False when it is being fetched already. */
  pull(alias: string): boolean;
  /** Follows the settings: closes the old model and takes the new one. Never rejects: `state` says what went wrong. */
  refresh(): Promise<void>;
  /**
   * Forgets every prompt: the process that holds them in its memory ends, once what it writes now is written, and the
   * next call starts another. Does nothing for a model that was not asked yet.
   */
  forget(): Promise<void>;
  state(): ModelState;
  close(): Promise<void>;
}

const OFF: LlmInfo = {
  alias: 'none',
  digest: '',
  state: 'off',
  reason: 'No model is chosen; patterns still propose.',
  shows: false,
  answers: false,
  context: 0,
  leaves: false,
};

/** A model file that is fit to be loaded. */
interface Chosen {
  readonly alias: string;
  readonly path: string;
  readonly digest: string;
  /** SHA-256 of the file, by which its measurement is found; absent where nothing was ever measured. */
  readonly sha256?: string;
  readonly answers: boolean;
}

/** Says why there is no model, in the same shape as a model that there is. */
const none = (alias: string, state: LlmInfo['state'], reason: string): LlmInfo => ({
  ...OFF,
  alias,
  state,
  reason,
});

/** `onChange` is told when the model's state changes. Nothing is loaded before the first call. */
export function createModels(options: {
  readonly paths: Paths;
  readonly settings: () => Settings;
  readonly spawn: Spawn;
  readonly clock: Clock;
  /** The key of an endpoint; without it none is sent. */
  readonly endpointKey?: Pick<EndpointKey, 'of'>;
  readonly onChange: () => void;
  readonly onProgress: (
    alias: string,
    progress: PullProgress & { readonly state: 'running' | 'done' | 'failed' },
  ) => void;
}): Models {
  const { paths, settings, spawn, clock, onChange } = options;
  const catalogue = readCatalogue(join(paths.assets, 'models.json'));
  const tier = createTier({ paths, settings });
  const shelf = createShelf({ paths, catalogue, settings, tier });
  const pulling = new Map<string, AbortController>();
  let current: Llm | null = null;
  let opening: Promise<void> | null = null;
  let problem: LlmInfo | null = null;
  let memoryBytes: number | undefined;
  let asked = false;
  let closed = false;
  /** Makes the local model in use once more, without looking its file over again. */
  let remake: (() => Llm) | null = null;
  /** What the model in use is measured under. */
  let measuredAs: string | null = null;
  /** Calls that run, by model; and the models that end with their last call. */
  const running = new Map<Llm, number>();
  const retired = new Set<Llm>();

  /** Counts a call of `llm` while it runs. */
  async function during<T>(llm: Llm, call: () => Promise<T>): Promise<T> {
    running.set(llm, (running.get(llm) ?? 0) + 1);
    try {
      return await call();
    } finally {
      const left = (running.get(llm) ?? 1) - 1;
      if (left > 0) running.set(llm, left);
      else running.delete(llm);
      if (left === 0 && retired.delete(llm)) await llm.close();
    }
  }

  async function open(): Promise<void> {
    const now = settings();
    problem = null;
    current = null;
    remake = null;
    measuredAs = null;
    if (now.model.use === 'none') return;
    if (now.model.use === 'remote') {
      if (!now.endpoint) {
        problem = none(
          'remote',
          'missing',
          'No endpoint is set: name one in Settings or choose a local model.',
        );
        return;
      }
      // A tenth of a second of every start, for what few people use.
      const { createRemoteLlm } = await import('../llm/remote.ts');
      current = createRemoteLlm({
        url: now.endpoint.url,
        model: now.endpoint.model,
        // A key in a settings file would be a secret in plain text.
        key: await options.endpointKey?.of(now.endpoint.url),
        clock,
      });
      measuredAs = endpointKey(now.endpoint);
      return;
    }
    await openLocal(now);
  }

  async function openLocal(now: Settings): Promise<void> {
    const { use, file, adapter } = now.model;
    const chosen = file ? await ownFile(use, file) : await fromCatalogue(use);
    if (!chosen) return;
    const { alias, path, digest, sha256, answers } = chosen;
    // A file that is not there is told when it is loaded.
    const adapterDigest = adapter ? await hashFile(adapter).catch(() => undefined) : undefined;
    measuredAs = sha256 ? digestOf(sha256, adapterDigest) : null;
    remake = () =>
      createLocalLlm({
        spawn,
        clock,
        model: { alias, file: path, digest, answers, adapter, ...(adapterDigest && { adapterDigest }) },
        settings: now.model,
        onState: onChange,
      });
    current = remake();
  }

  async function ownFile(alias: string, path: string): Promise<Chosen | null> {
    const found = await lookOver(path);
    if (found.state === 'ready') {
      // Hashing gigabytes is worth while only where something was measured that it could be.
      const sha256 = tier.any() ? await hashFile(path) : undefined;
      return { alias, path, digest: 'own-file', answers: true, ...(sha256 && { sha256 }) };
    }
    problem = none(alias, found.state, found.reason);
    return null;
  }

  async function fromCatalogue(alias: string): Promise<Chosen | null> {
    let entry: CatalogueEntry;
    try {
      entry = findModel(catalogue, alias);
    } catch (thrown) {
      problem = none(alias, 'missing', asAppError(thrown, 'not-found', 'models').message);
      return null;
    }
    const found = await verifyModel(entry, paths);
    if (found.state !== 'ready') {
      problem = none(alias, found.state, found.reason);
      return null;
    }
    const { sha256 } = found;
    return { alias, path: modelFile(entry, paths), digest: sha256, sha256, answers: entry.answers };
  }

  function ready(): Llm {
    if (current) {
      asked = true;
      return current;
    }
    const why = info();
    throw new AppError('model-missing', `[models] ${why.reason ?? 'no model is in use'}`);
  }

  /** Settings may change again while the model of the last change is looked over. */
  async function opened(): Promise<void> {
    await opening;
    if (opening) await opened();
  }

  const info = (): LlmInfo => {
    if (opening) return none(settings().model.use, 'loading', 'the model file is being looked over');
    if (!current) return problem ?? OFF;
    return { ...current.info(), ...tier.verdict(measuredAs) };
  };

  return {
    llm: {
      info,
      async complete(request: CompletionRequest, signal) {
        await opened();
        const asking = ready();
        const completion = await during(asking, () => asking.complete(request, signal));
        if (asking === current) memoryBytes = completion.receipt.memoryBytes;
        return completion;
      },
      async score(request, choices, signal) {
        await opened();
        const asking = ready();
        return during(asking, () => asking.score(request, choices, signal));
      },
      close: async () => {},
    },
    shelf,
    busy: () => running.size > 0,
    pulls: (alias) => pulling.has(alias),
    stop(alias) {
      pulling.get(alias)?.abort();
      return pulling.has(alias);
    },
    pull(alias) {
      if (pulling.has(alias)) return false;
      const entry = findModel(catalogue, alias);
      const ending = new AbortController();
      pulling.set(alias, ending);
      let last: PullProgress = { step: '', done: 0, total: entry.bytes };
      const tell = (state: 'running' | 'done' | 'failed', note?: string) =>
        options.onProgress(alias, { ...last, state, ...(note && { note }) });
      const fetched = shelf.roomFor(alias).then(() =>
        pullModel({
          entry,
          paths,
          signal: ending.signal,
          onProgress(progress) {
            last = progress;
            tell('running', progress.note);
          },
        }),
      );
      fetched
        .then(() => (settings().model.use === alias ? this.refresh() : undefined))
        .then(
          () => tell('done'),
          (thrown: unknown) =>
            tell(
              'failed',
              ending.signal.aborted ? 'stopped' : asAppError(thrown, 'download-failed', 'models').message,
            ),
        )
        .finally(() => pulling.delete(alias));
      return true;
    },
    async refresh() {
      // One after another: two quick changes of the settings must not leave two models.
      const before = opening;
      const work = (async () => {
        await before;
        await current?.close();
        memoryBytes = undefined;
        asked = false;
        if (closed) return;
        try {
          await open();
        } catch (thrown) {
          const { message } = asAppError(thrown, 'model-failed', 'models');
          problem = none(settings().model.use, 'failed', message);
        }
      })();
      const mine = work.finally(() => {
        if (opening === mine) opening = null;
        onChange();
      });
      opening = mine;
      await mine;
    },
    async forget() {
      await opened();
      const old = current;
      if (!old || !asked || !remake || closed) return;
      current = remake();
      memoryBytes = undefined;
      asked = false;
      onChange();
      if (running.has(old)) retired.add(old);
      else await old.close();
    },
    state() {
      const { alias, shows, hidden, answers, leaves, ...now } = info();
      // A sound file that nobody has asked yet is as good as loaded: it loads at its first call.
      const state = now.state === 'loading' && !asked && !opening ? 'ready' : now.state;
      const reason =
        now.reason ?? (state === 'ready' && !asked ? 'loads when it is first needed' : undefined);
      return { alias, state, reason, shows, hidden, answers, leaves, memoryBytes };
    },
    async close() {
      closed = true;
      for (const each of pulling.values()) each.abort();
      await opened();
      await Promise.all([current, ...retired].map((each) => each?.close()));
    },
  };
}
