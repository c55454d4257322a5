import { describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createReplayMonitor } from '../../src/monitors/replay.ts';
import { testMonitor } from '../suites/monitor.ts';

const begin = Date.UTC(2026, 0, 5, 9);
const recorded = (count: number, gap = 1000): Event[] =>
  Array.from({ length: count }, (_, index) => ({
    id: newId(),
    at: begin + index * gap,
    duration: 0,
    monitor: 'window',
    kind: 'window',
    app: 'Editor',
    data: { title: `page ${index}` },
  }));

testMonitor('replay', async () => {
  let broken = false;
  // A recording that comes for as long as anybody wants it, and can fail.
  const events = {
    async *[Symbol.asyncIterator]() {
      for (const event of recorded(100_000, 20)) {
        if (broken) throw new Error('the recording cannot be read');
        yield event;
      }
    },
  };
  return {
    monitor: createReplayMonitor({ events, clock: systemClock, backOff: { first: 100, limit: 200 } }),
    provoke() {},
    source: { kill: () => void (broken = true), revive: () => void (broken = false) },
  };
});

describe('replay', () => {
  it('keeps ids and times, in order, at infinite speed', async () => {
    const events = recorded(500);
    const played: Event[] = [];
    const replay = createReplayMonitor({ events, clock: systemClock, speed: Infinity });
    const stop = await replay.start((event) => played.push(event));
    await replay.finished;
    expect(played).toEqual(events);
    await stop();
  });

  it('moves to the present with new ids when retimed', async () => {
    const played: Event[] = [];
    const events = recorded(4);
    const before = Date.now();
    const replay = createReplayMonitor({ events, clock: systemClock, speed: 100, retime: true });
    const stop = await replay.start((event) => played.push(event));
    await replay.finished;
    await stop();
    expect(played.map((event) => event.at - played[0]!.at)).toEqual([0, 10, 20, 30]);
    expect(played[0]!.at).toBeGreaterThanOrEqual(before);
    expect(played.map((event) => event.id)).not.toContain(events[0]!.id);
  });

  it('takes as long as the recording over its speed, and knows an event when it is over', async () => {
    const [first, second] = recorded(2, 0);
    const events = [first!, { ...second!, duration: 3000 }];
    const replay = createReplayMonitor({ events, clock: systemClock, speed: 10 });
    const begun = performance.now();
    const stop = await replay.start(() => {});
    await replay.finished;
    expect(performance.now() - begun).toBeGreaterThanOrEqual(295);
    await stop();
  });

  it('finishes at the stop, even in the middle of a long pause', async () => {
    const replay = createReplayMonitor({ events: recorded(2, 3_600_000), clock: systemClock });
    const played: Event[] = [];
    const stop = await replay.start((event) => played.push(event));
    await stop();
    await replay.finished;
    expect(played.length).toBeLessThan(2);
  });
});
