import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { defaultModel } from './defaultModel.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Runs an entry where nothing can be forked; what it answered, and what it tried. */
async function drive(entry: string): Promise<{ answers: unknown[]; tried: string; code: number | null }> {
  const args = [
    '--import',
    path('test/electron/utilityWithoutFork.mjs'),
    path('test/electron/llmDriver.mjs'),
  ];
  const child = spawn(process.execPath, [...args, entry, (await defaultModel()).file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, tried] = ['', ''];
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (tried += String(data)));
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  const answers = out
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
  return { answers, tried, code };
}

it('the model loads and answers in a utility process that can fork nothing', async () => {
  const { answers, tried, code } = await drive(path('electron/llmProcess.ts'));
  expect(answers).toEqual([{ kind: 'ready' }, { kind: 'done' }]);
  expect(tried).not.toMatch(/was tried/);
  expect(code).toBe(0);
});

it('the built entry does the same', async () => {
  const built = path('out/main/llmProcess.js');
  expect(
    existsSync(built),
    'built by npm test, or node -e "import(\'./scripts/setup.mjs\').then(m=>m.build())"',
  ).toBe(true);
  const { answers } = await drive(built);
  expect(answers).toEqual([{ kind: 'ready' }, { kind: 'done' }]);
});

it('without the stand-in the library tries to fork and finds no binary', async () => {
  const { answers, tried } = await drive(path('test/electron/llmWithoutStandIn.ts'));
  expect(tried).toMatch(/fork was tried/);
  expect(answers).toEqual([{ kind: 'unfit', code: 'model-failed' }]);
});
