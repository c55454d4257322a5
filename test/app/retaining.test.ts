import { expect, it, onTestFinished, vi } from 'vitest';
import { createRetaining, keepFrom } from '../../src/app/retaining.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import { newId } from '../../src/model/id.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { observation } from '../log/rows.ts';
import { until } from '../until.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

function retaining(rows: number) {
  const log = createMemoryLog(systemClock);
  const told: string[] = [];
  let settings = Settings.parse({});
  let listener: (settings: Settings) => void = () => {};
  let limits: number[] = [];
  let broken = false;
  const retain = createRetaining({
    log: {
      ...log,
      async retain(from, limit) {
        limits.push(limit);
        if (broken) throw new Error('no disk');
        return log.retain(from, limit);
      },
    },
    clock: { now: () => NOW },
    steady: () => 0,
    settings: {
      get: () => settings,
      subscribe(each) {
        listener = each as typeof listener;
        return () => {};
      },
    },
    onGone: async (from) => void told.push(`gone ${NOW - from.window}`),
    onError: (message) => told.push(message),
    firstMs: 1,
    soonMs: 1,
    pauseMs: 1,
  });
  onTestFinished(retain.close);
  const change = (window: number) => {
    settings = Settings.parse({ retentionDays: { window } });
    listener(settings);
  };
  const old = Array.from({ length: rows }, (_, n) => observation(`old ${n}`, { time: NOW - 31 * DAY }));
  const young = observation('young', { time: NOW - 29 * DAY });
  const fill = () => log.observe([...old, young]);
  return { log, told, retain, change, fill, limits: () => limits, break: (on: boolean) => (broken = on) };
}

const left = async (log: ReturnType<typeof createMemoryLog>) =>
  (await log.observations({ limit: 1000 })).rows.length;

it('removes what is older than the settings say, in steps, and tells once', async () => {
  const { log, told, retain, fill, limits } = retaining(450);
  await fill();
  await retain.round();
  await until('the first round', async () => (await left(log)) === 1);
  await until('the word', () => told.length > 0);
  expect(told).toEqual([`gone ${30 * DAY}`]);
  expect(limits().length).toBeGreaterThanOrEqual(3);
});

it('begins at once when a time is shortened', async () => {
  const { log, retain, change, fill } = retaining(3);
  await fill();
  await retain.round();
  expect(await left(log)).toBe(1);
  change(7);
  await until('the shorter time', async () => (await left(log)) === 0);
});

it('days that are changed while a round goes on count soon after it, in a single row of rounds', async () => {
  const log = createMemoryLog(systemClock);
  const gates: PromiseWithResolvers<void>[] = [];
  const seen: number[] = [];
  let settings = Settings.parse({});
  let listener: (settings: Settings) => void = () => {};
  const retain = createRetaining({
    log: {
      ...log,
      async retain(from) {
        seen.push((NOW - from.window) / DAY);
        gates.push(Promise.withResolvers<void>());
        await gates.at(-1)!.promise;
        return 0;
      },
    },
    clock: { now: () => NOW },
    steady: () => 0,
    settings: {
      get: () => settings,
      subscribe(each) {
        listener = each as typeof listener;
        return () => {};
      },
    },
    onGone: async () => {},
    onError: () => {},
    firstMs: 1,
    soonMs: 1,
  });
  onTestFinished(retain.close);
  await until('the first round', () => seen.length === 1);
  for (const window of [20, 7]) {
    settings = Settings.parse({ retentionDays: { window } });
    listener(settings);
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([30]);
  gates[0]!.resolve();
  await until('the round by the new days', () => seen.length === 2);
  gates[1]!.resolve();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([30, 7]);
});

it('leaves a round out where the clock is ahead of what is known', async () => {
  for (const { newest, set, due } of [
    { newest: NOW - DAY / 2, set: 0, due: true },
    // The log's newest event is of another year: at the start.
    { newest: NOW - 400 * DAY, set: 0, due: false },
    // Set ahead while it runs.
    { newest: NOW, set: 400 * DAY, due: false },
    // Set back.
    { newest: NOW, set: -400 * DAY, due: true },
  ]) {
    const log = createMemoryLog(systemClock);
    await log.append([
      { id: newId(newest), at: newest, duration: 0, monitor: 'window', kind: 'window', data: {} },
    ]);
    let now = NOW;
    const rounds = vi.fn(async () => 0);
    const retain = createRetaining({
      log: { ...log, retain: rounds },
      clock: { now: () => now },
      steady: () => 0,
      settings: { get: () => Settings.parse({}), subscribe: () => () => {} },
      onGone: async () => {},
      onError: () => {},
      firstMs: 5,
    });
    now += set;
    if (due) await until('the round', () => rounds.mock.calls.length === 1);
    else await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rounds).toHaveBeenCalledTimes(due ? 1 : 0);
    retain.close();
  }
});

it('has a limit for each source, 30 days unless told', () => {
  const from = keepFrom(Settings.parse({ retentionDays: { clipboard: 2 } }).retentionDays, NOW);
  expect(NOW - from.clipboard).toBe(2 * DAY);
  expect(new Set(Object.values({ ...from, clipboard: from.window }))).toEqual(new Set([NOW - 30 * DAY]));
});
