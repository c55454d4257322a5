import { copyFileSync, existsSync, mkdirSync, openSync, statSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createBenching } from '../../src/app/benching.ts';
import type { MeasureProgress } from '../../src/app/measuring.ts';
import { createShelf } from '../../src/app/shelf.ts';
import { createTier } from '../../src/app/tier.ts';
import { readCatalogue } from '../../src/llm/catalogue.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { folder } from '../app/platform.ts';
import { until } from '../until.ts';
import { defaultModel } from './defaultModel.ts';

const ALIAS = 'smollm2-135m';

/** The real default model in a models folder of its own. */
async function shelf(place: 'copy' | 'link') {
  const { file, entry } = await defaultModel();
  const home = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: home, BEFOREHAND_MODELS: join(home, 'models') } });
  mkdirSync(paths.models);
  const mine = join(paths.models, entry.file);
  if (place === 'copy') copyFileSync(file, mine);
  else symlinkSync(file, mine);
  let settings = Settings.parse({ model: { threads: 1, gpu: 'off', contextTokens: 2048 } });
  const catalogue = readCatalogue(join(paths.assets, 'models.json'));
  const tier = createTier({ paths, settings: () => settings });
  const made = createShelf({ paths, catalogue, settings: () => settings, tier });
  let busy = false;
  const told: MeasureProgress[] = [];
  const benching = createBenching({
    paths,
    settings: () => settings,
    models: { busy: () => busy },
    spawn: createNodeSpawn(),
    clock: systemClock,
    onProgress: (_, progress) => told.push(progress),
  });
  onTestFinished(() => benching.close());
  return {
    made,
    mine,
    benching,
    told,
    serve: (now: boolean) => (busy = now),
    use: (use: string) => (settings = Settings.parse({ model: { use } })),
  };
}

it('verifies the real file against its hash, tells damage, and removes it unless it is in use', async () => {
  const { made, mine, use } = await shelf('copy');
  const { size } = statSync(mine);
  const read: number[] = [];
  expect(await made.verify(ALIAS, (done) => read.push(done))).toMatchObject({
    state: 'ready',
    pinned: 'shipped',
  });
  expect(read.at(-1)).toBe(size);
  writeSync(openSync(mine, 'r+'), 'x', size - 100);
  expect(await made.verify(ALIAS, () => {})).toMatchObject({ state: 'damaged' });
  await expect(made.remove(ALIAS)).rejects.toThrow('is in use');
  expect(existsSync(mine)).toBe(true);
  use('none');
  await made.remove(ALIAS);
  expect(existsSync(mine)).toBe(false);
  expect(await made.verify(ALIAS, () => {})).toMatchObject({ state: 'missing' });
});

it('measures real speeds in the background, begins anew when the user is served, and keeps nothing when stopped', async () => {
  const { made, benching, told, serve } = await shelf('link');
  expect(await benching.start(ALIAS)).toBe(true);
  expect(await benching.start(ALIAS)).toBe(false);
  await until('it has begun', () => told.some(({ done }) => done > 0));
  serve(true);
  await until('it waits', () => told.at(-1)?.message === 'waiting');
  serve(false);
  await until('it is measured', () => told.at(-1)?.state === 'done', 120_000);
  const listed = (await made.list()).find(({ alias }) => alias === ALIAS)!;
  expect(listed.speed).toMatchObject({ threads: 1 });
  const { prefillPerSecond, decodePerSecond, firstTokenMs, memoryBytes, at } = listed.speed!;
  for (const each of [prefillPerSecond, decodePerSecond, firstTokenMs]) expect(each).toBeGreaterThan(1);
  expect(memoryBytes).toBeGreaterThan(1e8);

  await until('it is over', () => benching.now() === null);
  expect(await benching.start(ALIAS)).toBe(true);
  expect(benching.stop(ALIAS)).toBe(true);
  await until('it stopped', () => told.at(-1)?.message === 'stopped');
  expect((await made.list()).find(({ alias }) => alias === ALIAS)!.speed!.at).toBe(at);
});
