import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { AppState } from '../../src/contract.ts';
import { startCore } from '../../electron/core.ts';
import { until } from '../until.ts';
import { createFake } from './fake.ts';
import { noUpdates } from './noUpdates.ts';

const file = (name: string) => fileURLToPath(new URL(`../../electron/${name}`, import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'core-'));
const fake = createFake();
afterEach(async () => {
  await fake.stop();
  rmSync(home, { recursive: true, force: true });
});

it('the real core runs behind the real link, on a recorded day, and closes its log when asked', async () => {
  const failures: string[] = [];
  const core = startCore({
    api: fake.api,
    entries: { core: file('coreProcess.ts'), llm: file('llmProcess.ts'), keys: file('keysProcess.ts') },
    start: { demo: true, version: '0.1.0' },
    env: { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: join(home, 'data') },
    onFailed: (message) => failures.push(message),
    onShow: () => {},
    updates: noUpdates,
  });
  const state: AppState = await until('the state of the core', () => core.state(), 60_000);
  expect([state.host, state.demo, state.version, failures]).toEqual(['desktop', true, '0.1.0', []]);
  expect(await core.handlers['settings.get']({})).toMatchObject({ mode: 'live' });
  expect(statSync(join(home, 'data')).mode & 0o777).toBe(0o700);
  await core.quit();
  expect(core.state()).toBeNull();
  await expect(async () => core.handlers['settings.get']({})).rejects.toMatchObject({ code: 'not-running' });
});
