import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readResults } from '../../src/bench/results.ts';
import { cli } from '../desktop/core.ts';
import { defaultModel } from './defaultModel.ts';

const home = mkdtempSync(join(tmpdir(), 'bench-latency-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('the real model: naive evaluates every prompt anew, ours only what is new; again it costs nothing', async () => {
  const { file } = await defaultModel();
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    BEFOREHAND_HOME: join(home, 'data'),
    BEFOREHAND_MODELS: dirname(file),
  };
  const args = ['bench', 'latency', '--model', 'smollm2-135m', '--turns', '4,5', '--budget', '100', '--json'];
  const first = await cli(env, args);
  expect([first.code, first.talk.includes('Naive beside ours')]).toEqual([0, true]);
  const result = JSON.parse(first.out) as {
    rows: { side: string; executed: number; prefillTokens: number; firstTokenMs: { n: number } | null }[];
    naiveEvaluated: number;
    gate: { calls: number }[];
  };
  const [naive, ours] = result.rows;
  // A few words of the model's own chat template are shared with the prompt that empties the session.
  expect(result.naiveEvaluated).toBeGreaterThan(0.97);
  expect([naive?.executed, ours?.executed]).toEqual([4, 4]);
  expect(naive!.prefillTokens / ours!.prefillTokens).toBeGreaterThan(2);
  expect(result.rows[3]?.firstTokenMs?.n).toBe(5);
  expect(result.gate.length).toBeGreaterThan(0);
  const again = await cli(env, args);
  expect(again.out).toBe(first.out);
  const { rows } = await readResults(join(home, 'data', 'bench', 'results.jsonl'));
  expect(rows.map((row) => [row.bench, row.model?.alias])).toEqual([
    ['latency', 'smollm2-135m'],
    ['latency', 'smollm2-135m'],
  ]);
});
