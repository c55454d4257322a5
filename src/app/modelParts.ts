import type { z } from 'zod';
import type { events } from '../contract.ts';
import type { Ports } from '../model/ports.ts';
import type { Paths } from '../paths.ts';
import type { SettingsStore } from '../settingsFile.ts';
import type { Announcer } from './announce.ts';
import { createBenching } from './benching.ts';
import { createEndpointKey } from './endpointKey.ts';
import { createMeasuring } from './measuring.ts';
import { createModelHandlers } from './modelChannels.ts';
import { createModels } from './models.ts';

type Progress = Omit<z.infer<typeof events.progress>, 'task'>;

/** The models, what is measured of them, and the channels of both; progress goes to every window. */
export function createModelParts({
  paths,
  ports,
  settings,
  announcer,
}: {
  readonly paths: Paths;
  readonly ports: Ports;
  readonly settings: SettingsStore;
  readonly announcer: Announcer;
}) {
  const { clock, spawn } = ports;
  const tell = (task: string) => (progress: Progress) => announcer.publish('progress', { task, ...progress });
  const endpointKey = createEndpointKey({ paths });
  const models = createModels({
    paths,
    endpointKey,
    settings: settings.get,
    spawn,
    clock,
    onChange: announcer.stateChanged,
    onProgress: (alias, { step, done, total, state, note }) =>
      tell(`model:${alias}`)({ done, total, state, message: note ?? step }),
  });
  const measuring = createMeasuring({
    paths,
    settings: settings.get,
    models,
    clock,
    onProgress: tell('measure'),
  });
  const benching = createBenching({
    paths,
    settings: settings.get,
    models,
    spawn,
    clock,
    onProgress: (alias, progress) => tell(`bench:${alias}`)(progress),
  });
  return {
    models,
    handlers: createModelHandlers({
      models,
      measuring,
      benching,
      endpointKey,
      settings,
      clock,
      onVerify: (alias, progress) => tell(`verify:${alias}`)(progress),
    }),
    /** Ends what is being measured; the models themselves are closed by whoever uses them last. */
    stopMeasuring: () => Promise.all([measuring.close(), benching.close()]),
  };
}
