import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { createDwell } from '../../src/app/dwell.ts';
import type { Event, WindowEvent } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';

const minute = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  return () => void vi.useRealTimers();
});

function make(afk = () => false) {
  const told: WindowEvent[] = [];
  const onDwell = vi.fn();
  const dwell = createDwell({
    clock: { now: () => Date.now() },
    afk,
    emit(event) {
      told.push(event);
      dwell.follow(event);
    },
    onDwell,
  });
  onTestFinished(() => dwell.close());
  return { dwell, told, onDwell };
}

const window = (at: number, duration = 0): WindowEvent => ({
  id: newId(at),
  at,
  duration,
  monitor: 'window',
  kind: 'window',
  app: 'Evince',
  data: { title: 'Report' },
});

it('tells three times of a long stay, as a heartbeat of the same window', () => {
  const { dwell, told, onDwell } = make();
  const event = window(Date.now());
  dwell.follow(event);
  vi.advanceTimersByTime(60 * minute);
  expect(told.map((each) => each.duration)).toEqual([5.5 * minute, 8.5 * minute, 15 * minute]);
  expect(told.every((each) => each.at === event.at && each.id !== event.id && each.data === event.data)).toBe(
    true,
  );
  expect(onDwell).toHaveBeenCalledTimes(3);
});

it('counts anew for another window, and says nothing of one that was left', () => {
  const { dwell, told } = make();
  const event = window(Date.now());
  dwell.follow(event);
  vi.advanceTimersByTime(5 * minute);
  dwell.follow(window(Date.now()));
  vi.advanceTimersByTime(5 * minute);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(minute);
  expect(told).toHaveLength(1);
  // Left: the monitor tells how long it lasted, and nothing is in front.
  dwell.follow({ ...told[0]!, id: newId(), duration: 6 * minute });
  vi.advanceTimersByTime(60 * minute);
  expect(told).toHaveLength(1);
});

const base = { id: newId(), at: 2_000_000, duration: 0 };
it.each<[string, Event]>([
  ['a pause', { ...base, monitor: 'capture', kind: 'capture', data: { state: 'paused' } }],
  [
    'a window that may not be kept',
    { ...base, monitor: 'window', kind: 'dropped', data: { source: 'window', reason: 'excluded', count: 1 } },
  ],
])('%s ends the stay: what is not watched is not told', (_, event) => {
  const { dwell, told } = make();
  dwell.follow(window(Date.now()));
  dwell.follow(event);
  vi.advanceTimersByTime(60 * minute);
  expect(told).toEqual([]);
});

it('says nothing while nobody is there, nor after a reset or the end', () => {
  let away = true;
  const { dwell, told } = make(() => away);
  dwell.follow(window(Date.now()));
  vi.advanceTimersByTime(6 * minute);
  expect(told).toEqual([]);
  away = false;
  dwell.reset();
  vi.advanceTimersByTime(60 * minute);
  dwell.follow(window(Date.now()));
  dwell.close();
  vi.advanceTimersByTime(60 * minute);
  expect(told).toEqual([]);
});
