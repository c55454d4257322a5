import type { Assistant } from '../../src/contract.ts';
import type { modelChannels } from '../../src/contract/models.ts';
import { AppError } from '../../src/errors.ts';
import type { Handlers, Publish } from '../../src/rpc.ts';
import type { FakeDay } from './fakeDay.ts';

/** Models that download, verify and measure as far as a test publishes it; the endpoint at port 9 never answers. */
export function fakeModels(
  day: FakeDay,
  publish: Publish<Assistant>,
): Pick<Handlers<Assistant>, keyof typeof modelChannels> {
  let key: string | null = null;
  const place = () => ({ place: key === null ? ('none' as const) : ('file' as const) });
  return {
    'models.list': () => day.models,
    'models.machine': () => ({ memoryBytes: 16e9, freeBytes: 212e9, folder: '/home/ada/models' }),
    'models.use': ({ alias, file, adapter }) => {
      if (file && !file.endsWith('.gguf'))
        throw new AppError('model-damaged', `[llm] ${file} is not a GGUF file`);
      day.models = day.models.map((each) => ({ ...each, inUse: each.alias === alias && !file }));
      const own = { file: file ?? null, adapter: adapter ?? null };
      day.settings = { ...day.settings, model: { ...day.settings.model, use: alias, ...own } };
      return day.settings;
    },
    'models.measure': () => {
      publish('progress', { task: 'measure', done: 9, total: 36, state: 'running' });
      return { started: true };
    },
    'models.pull': ({ alias }) => {
      publish('progress', { task: `model:${alias}`, done: 120e6, total: 400e6, state: 'running' });
      return { started: true };
    },
    'models.stop': ({ alias, what }) => {
      if (what === 'pull')
        day.models = day.models.map((each) => (each.alias === alias ? { ...each, part: 120e6 } : each));
      const task = `${what === 'pull' ? 'model' : 'bench'}:${alias}`;
      publish('progress', { task, done: 0, total: 0, state: 'failed', message: 'stopped' });
      return { stopped: true };
    },
    'models.verify': ({ alias }) =>
      alias === 'smollm2-135m'
        ? { state: 'ready', sha256: 'ab'.repeat(32), pinned: 'shipped' }
        : { state: 'damaged' },
    'models.bench': ({ alias }) => {
      publish('progress', { task: `bench:${alias}`, done: 1, total: 4, state: 'running' });
      return { started: true };
    },
    'models.remove': ({ alias }) => {
      day.models = day.models.map((each) => (each.alias === alias ? { ...each, installed: false } : each));
      return day.models;
    },
    'endpoint.key': place,
    'endpoint.keep': (given) => {
      ({ key } = given);
      return place();
    },
    'endpoint.test': ({ url, model }) => {
      const { host, port } = new URL(url);
      if (port === '9')
        throw new AppError('model-failed', `[llm:remote] ${host} does not answer; check the address`);
      return { reply: `A recipe for rye bread, says ${model}.`, ms: 840 };
    },
  };
}
