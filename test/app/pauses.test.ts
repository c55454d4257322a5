import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createCapture } from '../../src/app/capture.ts';
import { createPauses } from '../../src/app/pauses.ts';
import { createSettingsStore } from '../../src/settingsFile.ts';
import { fakeMonitor, folder } from './platform.ts';

/** Real settings file and capture; time passes when told. */
function make(home: string, options: { consented?: () => boolean; full?: () => boolean } = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const clock = { now: () => Date.now() };
  const store = createSettingsStore({ settings: join(home, 'settings.json') });
  const settings = {
    get: store.get,
    set: async (patch: Parameters<typeof store.set>[0]) => {
      if (options.full?.()) throw new Error('the disk is full');
      return store.set(patch);
    },
  };
  const source = fakeMonitor();
  const capture = createCapture({
    clock,
    sense: () => ({ monitors: [source.monitor], focus: () => ({ source: 'window' }) }),
    ingest: () => {},
    onChange: () => {},
  });
  const pauses = createPauses({
    capture,
    settings,
    clock,
    consented: options.consented ?? (() => true),
    onChange: () => {},
  });
  onTestFinished(() => pauses.close());
  return { pauses, capture, source, settings };
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
