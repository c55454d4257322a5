import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDemo } from '../../src/app/demo.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { createPaths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { folder } from './platform.ts';

const NINE = new Date(2026, 2, 10, 9).getTime();

/** A day of events so many minutes after nine. */
function day(minutes: readonly number[]) {
  const root = folder();
  mkdirSync(join(root, 'src', 'assets', 'demo'), { recursive: true });
  const lines = minutes.map((minute) => {
    const at = NINE + minute * 60_000;
    return JSON.stringify({
      id: newId(at),
      at,
      duration: 0,
      monitor: 'window',
      kind: 'window',
      app: `a${minute}`,
      data: {},
    });
  });
  writeFileSync(join(root, 'src', 'assets', 'demo', 'day.jsonl'), lines.join('\n'));
  return createPaths({ env: { BEFOREHAND_HOME: root, BEFOREHAND_ROOT: root } });
}

it('plays the day in order, moved to today, on a clock that never goes back', async () => {
  const now = new Date(2026, 10, 23, 15).getTime();
  const demo = await createDemo(day([0, 1, 31, 32]), now);
  const seen: Event[] = [];
  const times: number[] = [];
  const stop = await demo.monitor.start((event) => {
    seen.push(event);
    times.push(demo.clock.now());
  });
  await until('the whole day', () => seen.length === 4);
  await stop();
  expect(seen.map((event) => event.app)).toEqual(['a0', 'a1', 'a31', 'a32']);
  expect(new Date(seen[0]!.at).toDateString()).toBe(new Date(now).toDateString());
  expect(new Date(seen[2]!.at).getHours()).toBe(9);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  // The clock shows the day's time, not the time of watching it.
  expect(times[3]! - times[0]!).toBeGreaterThan(31 * 60_000);
});

it('stands still while held, and goes on where it was after a pause', async () => {
  const demo = await createDemo(day([0, 1, 2, 3]), NINE);
  const seen: string[] = [];
  const emit = (event: Event) => {
    seen.push(event.app!);
    if (event.app === 'a1') demo.hold(true);
  };
  const stop = await demo.monitor.start(emit);
  await until('the second event', () => seen.length === 2);
  await new Promise((resolve) => setTimeout(resolve, 1600));
  expect(seen).toEqual(['a0', 'a1']);
  await stop();
  demo.hold(false);
  const again = await demo.monitor.start(emit);
  await until('the rest', () => seen.length === 4);
  await again();
  expect(seen).toEqual(['a0', 'a1', 'a2', 'a3']);
});

it('names a recorded day that cannot be read', async () => {
  const root = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: root, BEFOREHAND_ROOT: root } });
  await expect(createDemo(paths, NINE)).rejects.toMatchObject({ code: 'unreadable' });
});
