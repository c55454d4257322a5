import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createPaths } from '../../src/paths.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { folder } from '../app/platform.ts';
import { writeSettings } from '../desktop/core.ts';
import { randomFrom } from '../log/damage.ts';

const child = fileURLToPath(new URL('killChild.ts', import.meta.url));

it('a study is in force whole or not at all when it is killed while it is applied or ended', async () => {
  const home = folder();
  const random = randomFrom(3);
  writeSettings(home, { dailyCap: 7, sources: { window: false }, typedApps: ['Mail'] });
  const { studies: _, ...mine } = JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  let acknowledged = 0;
  for (let round = 0; round < 10; round++) {
    const run = spawn(process.execPath, [child, home], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    run.stdout.on('data', (chunk) => {
      if (!out.includes('ready')) setTimeout(() => run.kill('SIGKILL'), random() * 120);
      out += String(chunk);
    });
    await new Promise((resolve) => run.once('close', resolve));
    const store = createSettingsStore(createPaths({ env: { BEFOREHAND_HOME: home } }));
    expect(store.note).toBeUndefined();
    const { now, past } = store.studies();
    // Whole lines alone: the last may be cut by the kill.
    const said = out.split('\n').slice(1, -1);
    const known = [...(now ? [now] : []), ...past].map((each) => each.consent.id);
    expect(known).toEqual(expect.arrayContaining(said.slice(-20)));
    acknowledged += said.length;
    if (!now) {
      expect(store.get()).toEqual(mine);
      continue;
    }
    expect(store.get()).toMatchObject({ dailyCap: 20, sources: { window: true }, typedApps: [] });
    expect(now.changes.map((each) => [each.setting, each.before])).toEqual([
      ['model.use', 'smollm2-135m'],
      ['cooldownSeconds', 0],
      ['dailyCap', 7],
      ['sources.window', false],
      ['typedApps', ['Mail']],
    ]);
    expect(now.consent).toMatchObject({ participant: 'p-01', study: 'gate-2026' });
  }
  expect(acknowledged).toBeGreaterThan(0);
}, 120_000);
