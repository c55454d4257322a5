import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCapture, type Capture } from '../../src/app/capture.ts';
import { createPauses, type Pauses } from '../../src/app/pauses.ts';
import type { Hours } from '../../src/model/settings.ts';
import { newId } from '../../src/model/id.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { fakeMonitor, folder } from './platform.ts';

/** Real settings file and capture; time passes when told. */
function make(
  home: string,
  options: { consented?: () => boolean; full?: () => boolean; offset?: () => number; hours?: Hours[] } = {},
) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  /** The wall clock may be set; `performance` is what nobody can set. */
  const clock = { now: () => Date.now() + (options.offset?.() ?? 0) };
  const store = createSettingsStore({ settings: join(home, 'settings.json') });
  const settings = {
    get: store.get,
    set: async (patch: Parameters<typeof store.set>[0]) => {
      if (options.full?.()) throw new Error('the disk is full');
      return store.set(patch);
    },
  };
  const source = fakeMonitor();
  const got: string[] = [];
  const capture: Capture = createCapture({
    clock,
    sense: () => ({ monitors: [source.monitor], focus: () => ({ source: 'window' }) }),
    ingest: (event) => void got.push(event.kind),
    onChange: () => {},
    admits: () => pauses.admits(),
  });
  const pauses: Pauses = createPauses({
    capture,
    settings,
    clock,
    steady: () => performance.now(),
    consented: options.consented ?? (() => true),
    onChange: () => {},
  });
  onTestFinished(() => pauses.close());
  return { pauses, capture, source, settings, clock, got };
}

it('pauses for minutes and goes on by itself', async () => {
  const { pauses, source, capture, settings } = make(folder());
  await pauses.start();
  expect(source.watching()).toBe(true);
  await pauses.pause(0.333);
  expect([source.watching(), capture.paused()]).toEqual([false, true]);
  expect(settings.get().pausedUntil).toBeGreaterThan(Date.now());
  await vi.advanceTimersByTimeAsync(20_100);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
  await vi.waitFor(() => expect(settings.get().pausedUntil).toBeNull());
});

it('survives a restart, and ends at its time also then', async () => {
  const home = folder();
  const first = make(home);
  await first.pauses.start();
  await first.pauses.pause(10);
  first.pauses.close();
  const second = make(home);
  await second.pauses.start();
  expect([second.capture.paused(), second.source.calls]).toEqual([true, []]);
  await vi.advanceTimersByTimeAsync(600_500);
  await vi.waitFor(() => expect(second.source.watching()).toBe(true));
  expect(first.source.watching()).toBe(false);
});

it('until resumed means so, over restarts; a pause that ended meanwhile is over', async () => {
  const home = folder();
  const first = make(home);
  await first.pauses.start();
  await first.pauses.pause(null);
  first.pauses.close();
  const second = make(home);
  await second.pauses.start();
  await vi.advanceTimersByTimeAsync(40 * 86_400_000);
  expect(second.source.watching()).toBe(false);
  await second.pauses.resume();
  expect(second.source.watching()).toBe(true);
  await second.pauses.pause(1);
  second.pauses.close();
  vi.setSystemTime(Date.now() + 120_000);
  const third = make(home);
  await third.pauses.start();
  expect([third.source.watching(), third.settings.get().pausedUntil]).toEqual([true, null]);
});

it('starts nothing before it is agreed to, not even by a resume', async () => {
  let agreed = false;
  const { pauses, source } = make(folder(), { consented: () => agreed });
  await pauses.start();
  await pauses.pause(1);
  await pauses.resume();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(source.calls).toEqual([]);
  agreed = true;
  await pauses.start();
  expect(source.watching()).toBe(true);
});

it('a pause asked for while a resume is on its way wins', async () => {
  const { pauses, source, capture, settings } = make(folder());
  await pauses.start();
  await pauses.pause(null);
  await Promise.all([pauses.resume(), pauses.pause(null)]);
  expect([capture.paused(), source.watching(), settings.get().pausedUntil]).toEqual([true, false, 0]);
});

it('a full disk neither keeps a pause from beginning nor from ending', async () => {
  let full = false;
  const { pauses, source } = make(folder(), { full: () => full });
  await pauses.start();
  full = true;
  await expect(pauses.pause(1)).rejects.toThrow('full');
  await vi.waitFor(() => expect(source.watching()).toBe(false));
  await vi.advanceTimersByTimeAsync(61_000);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
});

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;

it.each([
  ['an hour forward', HOUR],
  ['an hour back', -HOUR],
  ['ten years forward', YEARS],
  ['ten years back', -YEARS],
])('the clock set %s neither ends a pause early nor keeps it longer', async (_, jump) => {
  let offset = 0;
  const { pauses, source, settings, clock } = make(folder(), { offset: () => offset });
  await pauses.start();
  await pauses.pause(15);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  offset = jump;
  // Every surface shows the end where the clock is now, and a restart finds it there.
  expect(pauses.state()).toMatchObject({ by: 'you' });
  expect(Math.abs(pauses.state()!.until - clock.now() - 10 * 60_000)).toBeLessThan(2000);
  await vi.advanceTimersByTimeAsync(61_000);
  await vi.waitFor(() =>
    expect(Math.abs(settings.get().pausedUntil! - clock.now() - 9 * 60_000)).toBeLessThan(3000),
  );
  await vi.advanceTimersByTimeAsync(8.9 * 60_000 - 2000);
  expect(source.watching()).toBe(false);
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
  await vi.waitFor(() => expect(settings.get().pausedUntil).toBeNull());
});

it('a suspended machine does not make a pause longer, and no event slips in before it is noticed', async () => {
  let asleep = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  const now = performance.now.bind(performance);
  const { pauses, source } = make(folder(), { offset: () => asleep });
  // The steady clock counts suspended time, timers do not.
  vi.spyOn(performance, 'now').mockImplementation(() => now() + asleep);
  onTestFinished(() => void vi.restoreAllMocks());
  await pauses.start();
  await pauses.pause(60);
  await vi.advanceTimersByTimeAsync(60_000);
  asleep = 8 * HOUR;
  await vi.advanceTimersByTimeAsync(61_000);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
});

it('until tomorrow is until six the next morning', async () => {
  const { pauses, source, settings } = make(folder());
  vi.setSystemTime(new Date(2026, 2, 10, 21, 0));
  await pauses.start();
  await pauses.pause('tomorrow');
  expect(settings.get().pausedUntil).toBe(new Date(2026, 2, 11, 6).getTime());
  await vi.advanceTimersByTimeAsync(8.9 * HOUR);
  expect(source.watching()).toBe(false);
  await vi.advanceTimersByTimeAsync(0.2 * HOUR);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
});

const office: Hours[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];
const window = () => ({
  id: newId(),
  at: Date.now(),
  duration: 0,
  monitor: 'fake',
  kind: 'window' as const,
  data: {},
});

it('keeps to the hours, and a resume outside them holds until they begin, over a restart too', async () => {
  const home = folder();
  const first = make(home);
  // A Tuesday.
  vi.setSystemTime(new Date(2026, 2, 10, 16, 59));
  await first.settings.set({ watchHours: office });
  await first.pauses.start();
  expect([first.source.watching(), first.pauses.state()]).toEqual([true, null]);
  await vi.advanceTimersByTimeAsync(61_000);
  await vi.waitFor(() => expect(first.source.watching()).toBe(false));
  const nine = new Date(2026, 2, 11, 9).getTime();
  expect(first.pauses.state()).toEqual({ by: 'hours', until: nine });
  await first.pauses.resume();
  expect([first.source.watching(), first.pauses.state()]).toEqual([true, null]);
  expect(first.settings.get().watchingUntil).toBe(nine);
  first.pauses.close();
  const second = make(home);
  vi.setSystemTime(new Date(2026, 2, 10, 23));
  await second.pauses.start();
  expect(second.source.watching()).toBe(true);
  // Nine the next morning is inside the hours; at five it ends as ever.
  await vi.advanceTimersByTimeAsync(17.9 * HOUR);
  expect(second.source.watching()).toBe(true);
  expect(second.settings.get().watchingUntil).toBeNull();
  await vi.advanceTimersByTimeAsync(0.2 * HOUR);
  await vi.waitFor(() => expect(second.source.watching()).toBe(false));
});

it('a second resume outside the hours, and other quiet hours, change nothing of the first', async () => {
  const { pauses, source, settings } = make(folder());
  vi.setSystemTime(new Date(2026, 2, 10, 18));
  await settings.set({ watchHours: office });
  await pauses.start();
  const nine = new Date(2026, 2, 11, 9).getTime();
  await pauses.resume();
  await pauses.resume();
  expect([source.watching(), pauses.state(), settings.get().watchingUntil]).toEqual([true, null, nine]);
  await settings.set({ quietHours: office });
  await pauses.follow();
  expect([source.watching(), pauses.state(), settings.get().watchingUntil]).toEqual([true, null, nine]);
  await settings.set({ watchHours: [{ ...office[0]!, to: '16:00' }] });
  await pauses.follow();
  expect([source.watching(), pauses.state()?.by]).toEqual([false, 'hours']);
});

it('a pause of the person’s own outlasts the beginning of the hours; when it ends, the hours count', async () => {
  const { pauses, source, settings, capture } = make(folder());
  vi.setSystemTime(new Date(2026, 2, 10, 8, 30));
  await settings.set({ watchHours: office });
  await pauses.start();
  await pauses.pause(60);
  await vi.advanceTimersByTimeAsync(45 * 60_000);
  expect([source.watching(), pauses.state()?.by]).toEqual([false, 'you']);
  await vi.advanceTimersByTimeAsync(16 * 60_000);
  await vi.waitFor(() => expect(source.watching()).toBe(true));
  await vi.advanceTimersByTimeAsync(7 * HOUR);
  await pauses.pause(120);
  await vi.advanceTimersByTimeAsync(2.1 * HOUR);
  expect([capture.paused(), pauses.state()?.by]).toEqual([true, 'hours']);
});

it('an event outside the hours is refused even when the timer has not come yet; changed hours count at once', async () => {
  const { pauses, source, settings, got } = make(folder());
  vi.setSystemTime(new Date(2026, 2, 10, 16));
  await settings.set({ watchHours: office });
  await pauses.start();
  source.emit(window());
  vi.setSystemTime(new Date(2026, 2, 10, 18));
  source.emit(window());
  await vi.waitFor(() => expect(source.watching()).toBe(false));
  expect(got.filter((each) => each === 'window').length).toBe(1);
  await settings.set({ watchHours: [] });
  await pauses.follow();
  expect(source.watching()).toBe(true);
});
