import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/log/open.ts';
import { createPaths } from '../../src/paths.ts';
import { openVersions, versionsFile } from '../../src/reward/versions.ts';
import { answered, NOW } from '../app/learnt.ts';
import { cli } from '../desktop/core.ts';

it('without a running core, too, forgetting takes the names of apps from what was learnt, and then all of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-forget-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    BEFOREHAND_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: folder,
  };
  const paths = createPaths({ env });
  const clock = { now: () => NOW };
  const { log } = await openLog({ paths, clock });
  await answered(log, 6, () => true);
  await log.close();
  const versions = await openVersions(versionsFile(paths.data), { clock, onNote() {} });
  await versions.change((now) => ({
    ...now,
    inUse: 'v1',
    next: 2,
    versions: [
      {
        id: 'v1',
        at: NOW,
        learntFrom: 6,
        bias: 0.5,
        apps: [{ app: 'Secret Ledger', bias: 1 }],
        kinds: [{ kind: 'model', bias: 0.1 }],
      },
    ],
  }));

  const one = await cli(env, ['log', 'forget', '--app', 'Secret Ledger']);
  expect([one.code, one.talk]).toEqual([0, '']);
  const left = readFileSync(versionsFile(paths.data), 'utf8');
  expect(left).not.toContain('Secret Ledger');
  expect(left).toContain('"bias":0.5');

  expect((await cli(env, ['log', 'forget', '--everything'])).code).toBe(0);
  expect(existsSync(versionsFile(paths.data))).toBe(false);
}, 120_000);
