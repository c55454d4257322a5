import { isAbsolute } from 'node:path';
import type { Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import { lookOver } from '../llm/ownFile.ts';
import type { Clock } from '../model/ports.ts';
import type { Handlers } from '../rpc.ts';
import type { SettingsStore } from '../settingsFile.ts';
import type { Benching } from './benching.ts';
import type { EndpointKey } from './endpointKey.ts';
import { tryEndpoint } from './endpointTest.ts';
import type { Measuring, MeasureProgress } from './measuring.ts';
import type { Models } from './models.ts';
import type { modelChannels } from '../contract/models.ts';

/** Channels of the models, and of an endpoint in their place. */
export type ModelHandlers = Pick<Handlers<Assistant>, keyof typeof modelChannels>;

/** One function for each of them. `onVerify` hears how much of a file was read. */
export function createModelHandlers(parts: {
  readonly models: Models;
  readonly measuring: Measuring;
  readonly benching: Benching;
  readonly endpointKey: EndpointKey;
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly clock: Clock;
  readonly onVerify: (alias: string, progress: MeasureProgress) => void;
}): ModelHandlers {
  const { models, measuring, benching, endpointKey, settings, clock } = parts;
  const { shelf } = models;
  return {
    'models.list': () => shelf.list(),
    'models.machine': () => shelf.machine(),
    async 'models.use'({ alias, file, adapter }) {
      const known = await shelf.list();
      if (alias !== 'none' && alias !== 'remote' && !known.some((each) => each.alias === alias)) {
        throw new AppError('not-found', `[models] there is no model “${alias}” in the catalogue.`);
      }
      if (alias === 'remote' && !settings.get().endpoint) {
        throw new AppError('bad-input', '[models] no endpoint is set: name its address and model first.');
      }
      await sound(file, 'model');
      await sound(adapter, 'adapter');
      return settings.set({ model: { use: alias, file: file ?? null, adapter: adapter ?? null } });
    },
    'models.measure': async () => ({ started: await measuring.start() }),
    async 'models.pull'({ alias }) {
      return { started: models.pull(alias) };
    },
    'models.stop': ({ alias, what }) => ({
      stopped: what === 'pull' ? models.stop(alias) : benching.stop(alias),
    }),
    async 'models.verify'({ alias }) {
      const tell = parts.onVerify;
      const found = await shelf.verify(alias, (done, total) =>
        tell(alias, { done, total, state: 'running' }),
      );
      tell(alias, { done: 1, total: 1, state: found.state === 'ready' ? 'done' : 'failed' });
      if (found.state === 'ready') return found;
      return { state: found.state };
    },
    'models.bench': async ({ alias }) => ({ started: await benching.start(alias) }),
    async 'models.remove'({ alias }) {
      if (models.pulls(alias) || benching.now() === alias) {
        throw new AppError(
          'refused',
          '[models] it is being fetched or measured: stop that before you remove it.',
        );
      }
      await shelf.remove(alias);
      return shelf.list();
    },
    'endpoint.key': async ({ url }) => ({ place: await endpointKey.place(url) }),
    async 'endpoint.keep'({ url, key }) {
      const place = await endpointKey.keep(url, key);
      if (settings.get().model.use === 'remote') await models.refresh();
      return { place };
    },
    'endpoint.test': async ({ url, model }) =>
      tryEndpoint({ url, model, key: await endpointKey.of(url), clock }),
  };
}

/** Refuses a file of one's own that is none, before anything is changed. */
async function sound(file: string | undefined, kind: 'model' | 'adapter'): Promise<void> {
  if (file === undefined) return;
  if (!isAbsolute(file)) {
    throw new AppError(
      'bad-input',
      `[models] name the ${kind} file by its whole path, from the root: ${file}`,
    );
  }
  const found = await lookOver(file, kind);
  if (found.state !== 'ready') {
    throw new AppError(found.state === 'missing' ? 'not-found' : 'model-damaged', found.reason);
  }
}
