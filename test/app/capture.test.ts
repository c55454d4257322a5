import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCapture } from '../../src/app/capture.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { Emit, Monitor } from '../../src/model/monitor.ts';
import { fakeMonitor } from './platform.ts';

const something = (): Event => ({
  id: newId(),
  at: 1,
  duration: 0,
  monitor: 'fake',
  kind: 'window',
  app: 'Code',
  data: {},
});

function watch(monitors: () => readonly Monitor[]) {
  const got: string[] = [];
  const sense = vi.fn(() => ({ monitors: monitors(), focus: () => ({ source: 'window' as const }) }));
  const capture = createCapture({
    clock: { now: () => 1 },
    sense,
    ingest: (event) => got.push(event.kind === 'capture' ? event.data.state : event.kind),
    onChange: () => {},
  });
  onTestFinished(() => capture.close());
  return { capture, got, sense };
}

describe('capture', () => {
  it('starts, pauses, resumes, restarts and closes in order, and says so in the log', async () => {
    const source = fakeMonitor();
    const { capture, got } = watch(() => [source.monitor]);
    await capture.start();
    source.emit(something());
    await capture.pause();
    await capture.pause();
    await capture.resume();
    await capture.resume();
    await capture.restart();
    source.emit(something());
    await capture.close();
    await capture.close();
    expect(got).toEqual(['started', 'window', 'paused', 'resumed', 'window', 'stopped']);
    expect(source.calls).toEqual(['start', 'stop', 'start', 'stop', 'start', 'stop']);
  });

  it('opens nothing before it is started, whatever else is asked', async () => {
    const source = fakeMonitor();
    const { capture, got } = watch(() => [source.monitor]);
    await capture.restart();
    await capture.pause();
    await capture.resume();
    await capture.close();
    expect([source.calls, got]).toEqual([[], []]);
  });

  it('drops events from the moment of the pause, even of monitors that still stop or start', async () => {
    const begin = Promise.withResolvers<void>();
    const slow = fakeMonitor('slow', () => begin.promise);
    const quick = fakeMonitor('quick');
    const { capture, got } = watch(() => [quick.monitor, slow.monitor]);
    const starting = capture.start();
    await vi.waitFor(() => expect(quick.watching()).toBe(true));
    const pausing = capture.pause();
    quick.emit(something());
    // A start that hangs must not hold up the pause.
    await Promise.all([starting, pausing]);
    expect(quick.watching()).toBe(false);
    begin.resolve();
    await vi.waitFor(() => expect(slow.calls).toEqual(['start', 'stop']));
    expect(got).toEqual(['started', 'paused']);
  });

  it('what a monitor had begun before a pause is never told, not even after a quick resume', async () => {
    const stopping = Promise.withResolvers<void>();
    const emits: Emit[] = [];
    const monitor: Monitor = {
      ...fakeMonitor('slow').monitor,
      async start(emit) {
        emits.push(emit);
        return () => stopping.promise;
      },
    };
    const { capture, got } = watch(() => [monitor]);
    await capture.start();
    const pausing = capture.pause();
    const resuming = capture.resume();
    // A clipboard that was being read, a burst that ends with its monitor.
    emits[0]!(something());
    stopping.resolve();
    await Promise.all([pausing, resuming]);
    emits[0]!(something());
    expect(got).toEqual(['started', 'paused', 'resumed']);
    emits[1]!(something());
    expect(got.at(-1)).toBe('window');
  });

  it('binds sources that are no monitors, and the hours that the host asks for', async () => {
    let open = true;
    const got: string[] = [];
    const capture = createCapture({
      clock: { now: () => 1 },
      sense: () => ({ monitors: [], focus: () => ({ source: 'window' }) }),
      ingest: (event) => got.push(event.kind),
      onChange: () => {},
      admits: () => open,
    });
    onTestFinished(() => capture.close());
    capture.take(something());
    open = false;
    capture.take(something());
    open = true;
    await capture.pause();
    capture.take(something());
    expect(got).toEqual(['window']);
  });

  it('a resume while the pause still stops ends up watching, with each monitor started once', async () => {
    const source = fakeMonitor();
    const { capture } = watch(() => [source.monitor]);
    await capture.start();
    await Promise.all([capture.restart(), capture.pause(), capture.resume(), capture.restart()]);
    expect(source.watching()).toBe(true);
    expect(source.calls.filter((each) => each === 'start').length).toBe(
      source.calls.filter((each) => each === 'stop').length + 1,
    );
  });

  it('tries a monitor again that could not start, but not while paused', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let works = false;
    const source = fakeMonitor('late', async () => {
      if (!works) throw new Error('no display');
    });
    const other = fakeMonitor('other');
    const { capture } = watch(() => [source.monitor, other.monitor]);
    await capture.start();
    expect([source.calls.length, other.watching()]).toEqual([1, true]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(source.calls.length).toBe(2);
    await capture.pause();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.calls.length).toBe(2);
    works = true;
    await capture.resume();
    expect([source.watching(), other.watching()]).toEqual([true, true]);
  });

  it('goes on after platform sources that could not be made at all', async () => {
    let broken = true;
    const source = fakeMonitor();
    const { capture } = watch(() => {
      if (broken) throw new Error('unknown platform');
      return [source.monitor];
    });
    await expect(capture.start()).rejects.toThrow('unknown platform');
    broken = false;
    await capture.restart();
    expect(source.watching()).toBe(true);
  });

  it('a monitor that never stops does not keep the program from ending', async () => {
    const stuck: Monitor = {
      ...fakeMonitor('stuck').monitor,
      start: async () => () => new Promise<void>(() => {}),
    };
    const { capture } = watch(() => [stuck]);
    await capture.start();
    await capture.close();
  });
});
