import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMeasuring, type MeasureProgress } from '../../src/app/measuring.ts';
import { measuredStore } from '../../src/app/tier.ts';
import { readScenes } from '../../src/bench/tier/scenes.ts';
import { createFakeLlm, type FakeReply } from '../../src/llm/fake.ts';
import type { CompletionRequest, LlmInfo } from '../../src/model/llm.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { folder } from './platform.ts';

const { scenes } = readScenes(join(createPaths().assets, 'scenes', 'measure-1.json'));
const DIGEST = 'e'.repeat(64);

/** A model that speaks where help is wanted, of what is wanted. */
function good({ messages }: CompletionRequest): FakeReply {
  const text = messages.at(-1)!.content;
  const scene = scenes.find(({ events }) => events.every((each) => text.includes(each)))!;
  if (!scene.need) return 'false}';
  const task = `Write a short note: ${scene.wanted.map(([first]) => first).join(' and ')}`;
  return `true,"task":"${task}","message":"Shall I?","why":"it is new","operation":"chat","argument":"${task}"}`;
}

function measuring(reply: (request: CompletionRequest) => FakeReply, info: Partial<LlmInfo> = {}) {
  const paths = createPaths({ env: { BEFOREHAND_HOME: folder() } });
  let settings = Settings.parse({ model: { use: 'fake' } });
  const told: MeasureProgress[] = [];
  let refreshed = 0;
  const made = createMeasuring({
    paths,
    settings: () => settings,
    models: {
      llm: createFakeLlm({ replies: reply, info: { digest: DIGEST, ...info } }),
      refresh: async () => void (refreshed += 1),
    },
    clock: { now: () => 1000 },
    onProgress: (progress) => told.push(progress),
  });
  return {
    made,
    paths,
    told,
    refreshed: () => refreshed,
    use: (use: string) => (settings = Settings.parse({ model: { use } })),
  };
}

it('measures in the background, once at a time, keeps what came of it and lets it hold at once', async () => {
  const { made, paths, told, refreshed } = measuring(good);
  expect(await made.start()).toBe(true);
  expect(await made.start()).toBe(false);
  await until('it is measured', () => told.at(-1)?.state === 'done');
  expect(told[0]).toEqual({ done: 1, total: scenes.length, state: 'running' });
  expect(told.at(-1)?.message).toBe('What it proposes is shown from now on.');
  expect(measuredStore(paths).of(DIGEST, 'decide-1')).toMatchObject({ shows: true, at: 1000 });
  expect(refreshed()).toBe(1);
});

it('keeps nothing where it is stopped, the model fails, or another one was chosen meanwhile', async () => {
  const stopped = measuring(good);
  await stopped.made.start();
  await stopped.made.close();
  expect(existsSync(join(stopped.paths.data, 'measured.json'))).toBe(false);

  const failing = measuring(() => ({ error: 'model-failed' }));
  await failing.made.start();
  await until('it failed', () => failing.told.at(-1)?.state === 'failed');
  expect(failing.told.at(-1)?.message).toContain('scripted failure');

  const changed = measuring(good);
  await changed.made.start();
  changed.use('another');
  await until('it ended', () => changed.told.at(-1)?.state !== 'running' && changed.told.length > 1);
  expect(changed.told.at(-1)).toMatchObject({
    state: 'failed',
    message: expect.stringMatching(/chosen meanwhile/),
  });
  expect(existsSync(join(changed.paths.data, 'measured.json'))).toBe(false);
});

it('asks nothing of a model that is not there', async () => {
  const { made } = measuring(good, { state: 'missing', reason: 'run: beforehand models pull fake' });
  await expect(made.start()).rejects.toMatchObject({ code: 'model-missing' });
});
