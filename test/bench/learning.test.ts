import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGate } from '../../src/agent/gate.ts';
import { openReward } from '../../src/app/rewardHere.ts';
import { benchLearning } from '../../src/bench/learning/learning.ts';
import { simulatedUsers } from '../../src/bench/learning/users.ts';
import { drawWorld } from '../../src/bench/learning/world.ts';
import { reportOf } from '../../src/bench/report/runs.ts';
import { createPaths } from '../../src/paths.ts';
import { benchRun, createMemoryCache } from './run.ts';

const paths = createPaths();
const { judge, weights } = openReward(paths);
const gate = await readGate(join(paths.assets, 'gate.json'));
const shipped = { gate, judge, score: weights.score, digest: 'shipped' };
const small = { people: 1, days: 6, moments: 20, eagerness: 0.4 };

describe('simulated users', () => {
  it('a world is the same for its seed, and another for another', () => {
    expect(drawWorld(3, 2, 4)).toEqual(drawWorld(3, 2, 4));
    expect(drawWorld(4, 2, 4)).not.toEqual(drawWorld(3, 2, 4));
    const world = drawWorld(3, 2, 4);
    expect(world.map((day) => day.length)).toEqual([4, 4]);
    for (const { at, events, candidates } of world.flat()) {
      expect(candidates.length).toBeGreaterThanOrEqual(2);
      expect(events.every((event) => event.at < at)).toBe(true);
    }
  });

  it('there are at least five kinds, beside one of no taste', () => {
    const tastes = simulatedUsers(5).map((user) =>
      [
        ['pattern:error', 'Chromium', 1, 10],
        ['model', 'Slack', 1, 10],
        ['model', 'Slack', 9, 16],
      ].map(([kind, app, day, hour]) =>
        user.taste({ kind: kind as string, app: app as string, day: day as number, hour: hour as number }),
      ),
    );
    expect(new Set(tastes.map(String)).size).toBeGreaterThanOrEqual(6);
  });
});

describe('learning from their answers', () => {
  it('saves a strict user from what a frozen one goes on showing, and is no secret in the report', async () => {
    const cache = createMemoryCache();
    const run = benchRun({ seed: 7, cache });
    const done = (await benchLearning(shipped, run, { ...small, users: ['strict'] }))!;
    expect(done.rows.map(({ user, life }) => `${user}, ${life}`)).toEqual([
      'strict, frozen',
      'strict, learning',
      'strict, knowing',
    ]);
    const [frozen, learning, knowing] = done.rows;
    expect(learning!.regret).toBeLessThan(frozen!.regret);
    expect(learning!.saved).toBeCloseTo(learning!.regret - frozen!.regret, 2);
    expect(knowing!.regret).toBeLessThan(frozen!.regret);
    expect(done.curve[1]!.days).toHaveLength(small.days);
    // Another look is all from the cache, and the same.
    const again = await benchLearning(shipped, run, { ...small, users: ['strict'] });
    expect(again).toEqual(done);
    expect(cache.counts()).toMatchObject({ hits: 3, misses: 3 });

    const report = reportOf([
      {
        at: '2026-11-24T10:00:00Z',
        bench: 'learning',
        version: '0',
        commit: null,
        command: 'beforehand bench learning',
        seed: 7,
        seconds: 1,
        model: null,
        data: null,
        machine: { cores: 1, processor: 'x', memoryBytes: 1 },
        result: done,
      },
    ]);
    expect(report.sections[0]!.title).toMatch(/^Learning/);
    expect(JSON.stringify(report.sections)).toContain('strict');
  }, 60_000);

  it('stops when it is interrupted', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await benchLearning(shipped, benchRun({ signal: stop.signal }), small)).toBeNull();
  });
});
