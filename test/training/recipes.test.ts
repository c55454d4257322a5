import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../desktop/core.ts';
import { needs, program } from '../needs.ts';

const folder = join(root, 'training');

/** `file.test_name` of every Python test, so that each is counted and named here. */
const names = readdirSync(join(folder, 'tests'))
  .filter((file) => /^test_\w+\.py$/.test(file))
  .sort()
  .flatMap((file) =>
    [...readFileSync(join(folder, 'tests', file), 'utf8').matchAll(/^def (test_\w+)/gm)].map(
      (found) => `${file.slice(0, -3)}.${found[1]}`,
    ),
  );

needs(['training'], 'the training recipes', () => {
  let said: Record<string, string | null> = {};
  beforeAll(async () => {
    const { stdout } = await execa(program('training')!, [join(folder, 'tests', 'run.py')]);
    said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Record<string, string | null>;
  }, 300_000);

  it.each(names)('%s', (name) => {
    expect(said[name], said[name] ?? undefined).toBeNull();
  });

  it('are clean for ruff, which also formats them', async () => {
    const ruff = join(program('training')!, '..', 'ruff');
    await execa(ruff, ['check', '--no-cache', '.'], { cwd: folder });
    await execa(ruff, ['format', '--check', '--no-cache', '.'], { cwd: folder });
  });
});
