import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../desktop/core.ts';
import { needs } from '../needs.ts';
import { defaultModel, modelsFolder } from './defaultModel.ts';

needs(['training'], 'the loop from answers to a benched model', () => {
  const home = mkdtempSync(join(tmpdir(), 'beforehand-loop-'));
  beforeAll(() => defaultModel());
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('export, train, convert, use and bench fit together, and the results name model and adapter', async () => {
    const script = join(root, 'scripts', 'trainingLoop.mjs');
    const { stdout } = await execa(process.execPath, [script, '--size', 'small', '--json'], {
      env: { HOME: home, TMPDIR: home, BEFOREHAND_MODELS: modelsFolder },
    });
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({ conversations: 18, steps: 2 });
    expect(summary.loss.last).toBeLessThan(summary.loss.first);
    expect(summary.model.digest).toMatch(new RegExp(`^[0-9a-f]{64}\\+${summary.adapter.sha256}$`));
    expect(summary.bench.map((row: { windows: number }) => row.windows)).toEqual([6, 6, 6]);
  }, 600_000);
});
