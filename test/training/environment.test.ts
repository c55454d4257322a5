import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wantedStamp } from '../../scripts/training.mjs';
import { needs, program } from '../needs.ts';

needs(['training'], 'the Python environment of the training recipes', () => {
  it('imports every trainer and every loader that reads an export back, at the versions that were asked for', async () => {
    const asks = [
      'import torch, transformers, datasets, pandas, peft, accelerate, gguf',
      'from trl import KTOTrainer, SFTTrainer',
      'from llamafactory.data import get_dataset',
      'from importlib.metadata import version',
      'print(*(version(name) for name in ("torch", "transformers", "trl", "llamafactory", "datasets")))',
    ];
    const said = await execa(program('training')!, ['-c', asks.join('\n')]);
    expect(said.stdout).toBe('2.11.0 4.57.6 0.24.0 0.9.5 4.0.0');
  }, 120_000);
});

describe('training:setup', () => {
  const setup = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['scripts/training.mjs', 'setup'], { encoding: 'utf8', env });

  it('says in one sentence that there is no Python 3.11', () => {
    const said = setup({ PATH: '/nowhere', BEFOREHAND_TRAINING_ENV: join(tmpdir(), 'none-such') });
    expect(said.status).toBe(1);
    expect(said.stderr.trim().split('\n').at(-1)).toMatch(
      /^training: no Python 3\.11 .*apt-get install python3-venv/,
    );
  });

  it('leaves an environment of this lock alone and does not take one of another lock for finished', () => {
    const home = mkdtempSync(join(tmpdir(), 'training-env-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    mkdirSync(join(home, 'bin'));
    cpSync('/bin/true', join(home, 'bin', 'python'));
    writeFileSync(join(home, 'requirements.sha256'), wantedStamp());
    const env = { PATH: '/nowhere', BEFOREHAND_TRAINING_ENV: home };
    expect(setup(env).stderr).toBe(`training: the environment stands in ${home}.\n`);
    writeFileSync(join(home, 'requirements.sha256'), 'another');
    expect(setup(env).status).toBe(1);
  });
});
