import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { newId } from '../../src/model/id.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createSupervised, type Life } from '../../src/monitors/supervised.ts';
import { expectMissing } from '../suites/monitor.ts';
import { until } from '../until.ts';

const event = () => ({
  id: newId(),
  at: 1,
  duration: 0,
  monitor: 'test',
  kind: 'afk' as const,
  data: { status: 'afk' as const },
});

function source(plan: readonly ('fail' | 'ok')[] = []) {
  const lives: Life[] = [];
  let closed = 0;
  const times: number[] = [];
  const monitor = createSupervised({
    name: 'test',
    clock: systemClock,
    backOff: { first: 50, limit: 200 },
    async open(life) {
      times.push(performance.now());
      lives.push(life);
      if (plan[lives.length - 1] === 'fail') throw new AppError('no-display', '[monitor:other] gone');
      return () => void closed++;
    },
  });
  return { monitor, lives, times, closed: () => closed };
}

describe('a supervised monitor', () => {
  it('doubles its back-off up to the limit and counts restarts', async () => {
    const { monitor, lives, times } = source(['ok', 'fail', 'fail', 'fail', 'ok']);
    const stop = await monitor.start(() => {});
    lives[0]!.died(new Error('first death'));
    expect(monitor.health()).toMatchObject({ state: 'unhealthy', reason: '[monitor:test] first death' });
    await until('recovery', () => monitor.health().state === 'healthy');
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    for (const [index, least] of [50, 100, 200, 200].entries()) {
      expect(gaps[index]).toBeGreaterThanOrEqual(least - 2);
    }
    expect(monitor.health()).toMatchObject({ restarts: 4, state: 'healthy' });
    expect(monitor.health().reason).toBeUndefined();
    await stop();
  });

  it('hears a life only once, and nothing of it after the stop', async () => {
    const { monitor, lives, closed } = source();
    const emitted: unknown[] = [];
    const stop = await monitor.start((each) => emitted.push(each));
    lives[0]!.died(new Error('one'));
    lives[0]!.died(new Error('two'));
    await until('the second life', () => lives.length === 2 && monitor.health().state === 'healthy');
    await stop();
    lives[1]!.emit(event());
    lives[1]!.died(new Error('late'));
    expect(emitted).toEqual([]);
    expect([monitor.health().state, closed(), lives.length]).toEqual(['off', 2, 2]);
  });

  it('is stopped for good while it waits for a restart', async () => {
    const { monitor, lives } = source();
    const stop = await monitor.start(() => {});
    lives[0]!.died(new Error('death'));
    await stop();
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(lives.length).toBe(1);
  });

  it('rejects the first failure, says what is missing in its own name, and does not retry', async () => {
    const { monitor, lives } = source(['fail', 'ok']);
    await expectMissing(monitor, 'no-display');
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(lives.length).toBe(1);
    const stop = await monitor.start(() => {});
    expect(monitor.health().state).toBe('healthy');
    await stop();
  });

  it('shows a partial fault and its mend, then that it is gone', async () => {
    const { monitor, lives } = source();
    const stop = await monitor.start(() => {});
    lives[0]!.note({ state: 'unhealthy', reason: 'half', mend: 'mend it' });
    expect(monitor.health()).toMatchObject({ state: 'unhealthy', reason: 'half', mend: 'mend it' });
    lives[0]!.note(null);
    expect(monitor.health()).toEqual({ name: 'test', state: 'healthy', events: 0, restarts: 0 });
    await stop();
  });
});
