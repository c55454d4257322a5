import { expect, it, onTestFinished, vi } from 'vitest';
import { createRounds } from '../../src/app/rounds.ts';
import type { Health, Monitor } from '../../src/model/monitor.ts';
import { fakeMonitor } from './platform.ts';

it('goes round every 5 s, every 2 s while a source is ill, once a minute while nobody is there, and then not at all', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let health: Health = { name: 'one', state: 'healthy', events: 0, restarts: 0 };
  let away = false;
  let checks = 0;
  const told: string[] = [];
  const monitor: Monitor = {
    ...fakeMonitor('one').monitor,
    health: () => health,
    check: async () => void checks++,
  };
  const lacking: Monitor = {
    ...fakeMonitor('two').monitor,
    health: () => ({ ...health, name: 'two', state: 'missing' }),
  };
  const rounds = createRounds({
    monitors: () => [monitor, lacking],
    afk: () => away,
    onChange: () => told.push(health.state),
  });
  const within = async (ms: number) => {
    const before = checks;
    await vi.advanceTimersByTimeAsync(ms);
    return checks - before;
  };
  rounds.begin();
  expect(await within(15_100)).toBe(3);
  health = { ...health, state: 'unhealthy', reason: 'it is deaf' };
  expect(await within(5000)).toBe(1);
  expect(await within(4000)).toBe(2);
  health = { ...health, state: 'healthy' };
  away = true;
  rounds.begin();
  expect(await within(59_000)).toBe(0);
  expect(await within(1_500)).toBe(1);
  away = false;
  rounds.begin();
  expect(await within(5_100)).toBe(1);
  rounds.end();
  expect(await within(120_000)).toBe(0);
  expect(told).toEqual(['healthy', 'unhealthy', 'healthy']);
});
