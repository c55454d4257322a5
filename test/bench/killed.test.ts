import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readResults } from '../../src/bench/results.ts';
import { until } from '../until.ts';

const child = fileURLToPath(new URL('killedBench.ts', import.meta.url));
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bench-killed-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const results = () => join(home, 'results.jsonl');
const worked = () =>
  existsSync(join(home, 'worked'))
    ? readFileSync(join(home, 'worked'), 'utf8').split('\n').filter(Boolean)
    : [];

/** A bench of twelve items that take a moment each, in a process of its own with the real harness. */
function begin(pace: number): {
  process: ChildProcess;
  ended: Promise<{ code: number | null; out: string; talk: string }>;
} {
  const process_ = spawn(process.execPath, [child, home, String(pace)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let talk = '';
  process_.stdout.on('data', (text) => (out += String(text)));
  process_.stderr.on('data', (text) => (talk += String(text)));
  const ended = new Promise<{ code: number | null; out: string; talk: string }>((resolve) =>
    process_.on('close', (code) => resolve({ code, out, talk })),
  );
  return { process: process_, ended };
}

it(
  'killed in the middle, the same command goes on where it was, to the same bytes',
  { timeout: 60_000 },
  async () => {
    const first = begin(500);
    await until('some items', () => worked().length >= 4);
    first.process.kill('SIGKILL');
    await first.ended;
    const before = worked();
    expect(before.length).toBeLessThan(12);
    expect(existsSync(results())).toBe(false);

    const second = await begin(0).ended;
    expect(second.code).toBe(0);
    // What was kept is not worked out again; at most the item at hand is.
    const again = worked().slice(before.length);
    expect(again.filter((item) => before.includes(item)).length).toBeLessThanOrEqual(1);
    expect(new Set(worked()).size).toBe(12);

    const third = await begin(0).ended;
    expect(third.out).toBe(second.out);
    expect(worked()).toHaveLength(before.length + again.length);
    rmSync(join(home, 'cache'), { recursive: true });
    expect((await begin(0).ended).out).toBe(second.out);
    const { rows, bad } = await readResults(results());
    expect([rows.length, bad]).toEqual([3, []]);
    expect(new Set(rows.map((row) => JSON.stringify(row.result))).size).toBe(1);
  },
);

it(
  'Ctrl-C ends it after the item at hand, says how to go on, and appends nothing',
  { timeout: 60_000 },
  async () => {
    const run = begin(500);
    await until('some items', () => worked().length >= 3);
    run.process.kill('SIGINT');
    const { code, out, talk } = await run.ended;
    expect([code, out]).toEqual([1, '']);
    expect(talk).toContain('Interrupted. What was done is kept: the same command goes on there.');
    expect(talk).toMatch(/Working: \d+ % of 12 items, \d+ s left/);
    expect(existsSync(results())).toBe(false);
    const done = worked().length;
    expect((await begin(0).ended).code).toBe(0);
    expect(worked()).toHaveLength(12);
    expect(done).toBeLessThan(12);
  },
);
