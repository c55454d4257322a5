import { describe, expect, it } from 'vitest';
import { forgetting } from '../../src/app/forgetting.ts';
import { createKeeper } from '../../src/app/keeper.ts';
import { AppError } from '../../src/errors.ts';
import { openLog } from '../../src/log/open.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { folder } from './platform.ts';

const full = new AppError('disk-full', '[log] the disk is full');
let made = 0;
const piece = (app = 'Code'): [Event, Observation] => {
  const at = ++made;
  const id = newId(at);
  const event: Event = { id, at, duration: 0, monitor: 'window', kind: 'window', app, data: {} };
  return [event, { id, time: at, duration: 0, kind: 'window', app, event: `n${at}`, sources: [id] }];
};

/** A log that refuses while told to. */
function disk() {
  const rows: string[] = [];
  const state = {
    error: null as AppError | null,
    bad: new Set<string>(),
    largest: 0,
    slow: Promise.resolve(),
  };
  return {
    rows,
    state,
    log: {
      async append(events: readonly Event[]) {
        await state.slow;
        state.largest = Math.max(state.largest, events.length);
        if (state.error) throw state.error;
        if (events.some(({ id }) => state.bad.has(id))) throw new AppError('internal', '[log] a bad row');
        rows.push(...events.map(({ id }) => id));
      },
      observe: async () => {},
    },
  };
}

describe('keeper', () => {
  it('waits while the disk is full, keeps the order of arrival and tells once each way', async () => {
    const { rows, state, log } = disk();
    const told: (string | null)[] = [];
    const keeper = createKeeper(log, (error) => told.push(error?.code ?? null), 20);
    const pieces = Array.from({ length: 1200 }, () => piece());
    keeper.keep(...pieces[0]!);
    await keeper.flush();
    state.error = full;
    for (const each of pieces.slice(1, 600)) keeper.keep(...each);
    await keeper.flush();
    expect(keeper.trouble()).toBe(full.message);
    await new Promise((resolve) => setTimeout(resolve, 60));
    // Some arrive while what waits is being written.
    const slow = Promise.withResolvers<void>();
    state.slow = slow.promise;
    state.error = null;
    await new Promise((resolve) => setTimeout(resolve, 60));
    for (const each of pieces.slice(600)) keeper.keep(...each);
    slow.resolve();
    await until('all is written', () => keeper.trouble() === undefined);
    keeper.keep(...piece());
    await keeper.flush();
    expect(rows.slice(0, 1200)).toEqual(pieces.map(([{ id }]) => id));
    expect(told).toEqual(['disk-full', null]);
    expect([keeper.lost(), state.largest <= 1000]).toEqual([0, true]);
    await keeper.close();
  });

  it('is bounded, and counts what it could not hold', async () => {
    const { rows, state, log } = disk();
    const keeper = createKeeper(log, () => {}, 5);
    state.error = full;
    keeper.keep(...piece());
    await keeper.flush();
    for (let n = 0; n < 20_100; n++) keeper.keep(...piece());
    expect(keeper.lost()).toBe(101);
    state.error = null;
    await keeper.close();
    expect(rows).toHaveLength(20_000);
  });

  it('writes what comes at once in few portions, an observation that grows once each, and holds back for a slow disk', async () => {
    const { rows, state, log } = disk();
    const observed: Observation[][] = [];
    const slow = Promise.withResolvers<void>();
    state.slow = slow.promise;
    let calls = 0;
    const keeper = createKeeper(
      {
        append: (events) => {
          calls += 1;
          return log.append(events);
        },
        observe: async (all) => void observed.push([...all]),
      },
      () => {},
    );
    const [first, observation] = piece();
    const events = [first, ...Array.from({ length: 4999 }, () => piece()[0])];
    for (const [n, event] of events.entries()) keeper.keep(event, { ...observation, duration: n });
    const flushed = keeper.flush();
    slow.resolve();
    await flushed;
    expect(rows).toEqual(events.map(({ id }) => id));
    expect(calls).toBe(6);
    // The first goes alone, the last form with the last portion.
    expect(observed.flat().map(({ duration }) => duration)).toEqual([0, 4999]);
    await keeper.close();
  });

  it('tells of each kind what a burst made it lose, once there is room again', async () => {
    const { rows, state, log } = disk();
    const slow = Promise.withResolvers<void>();
    state.slow = slow.promise;
    const lost: [string, number][] = [];
    const keeper = createKeeper(
      log,
      () => {},
      5,
      (kind, count) => lost.push([kind, count]),
    );
    for (let n = 0; n < 9_999; n += 1) keeper.keep(...piece());
    await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 30_000; n += 1) keeper.keep(...piece());
    expect(lost).toEqual([]);
    slow.resolve();
    await keeper.flush();
    await until('the losses are told', () => lost.length > 0);
    expect(lost).toEqual([['window', keeper.lost()]]);
    expect(rows.length + keeper.lost()).toBe(39_999);
    await keeper.close();
  });

  it('a row that the log can’t take holds up nobody, and is counted', async () => {
    const { rows, state, log } = disk();
    const keeper = createKeeper(log, () => {}, 5);
    const pieces = Array.from({ length: 5 }, () => piece());
    state.bad.add(pieces[2]![0].id);
    for (const each of pieces) keeper.keep(...each);
    await until('no trouble', () => keeper.lost() === 1 && keeper.trouble() === undefined);
    expect(new Set(rows)).toEqual(new Set(pieces.filter((_, n) => n !== 2).map(([{ id }]) => id)));
    await keeper.close();
  });

  it('what waits and is forgotten is never written', async () => {
    const { rows, state, log } = disk();
    const keeper = createKeeper(log, () => {}, 5);
    state.error = full;
    const [kept, gone] = [piece('Code'), piece('Bank')];
    keeper.keep(...kept);
    keeper.keep(...gone);
    await keeper.flush();
    keeper.forget(forgetting({ app: 'Bank' }));
    state.error = null;
    await keeper.close();
    expect(rows).toEqual([kept[0].id]);
  });

  it('writes what waits on the real log when closed, also in the middle of a retry', async () => {
    const home = folder();
    const paths = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
    const { log } = await openLog({ paths, clock: systemClock });
    let refuse = true;
    const keeper = createKeeper(
      { ...log, append: (events) => (refuse ? Promise.reject(full) : log.append(events)) },
      () => {},
      1,
    );
    const pieces = [piece(), piece(), piece()];
    for (const each of pieces) keeper.keep(...each);
    await keeper.flush();
    refuse = false;
    await keeper.close();
    expect((await log.events()).rows.map(({ id }) => id)).toEqual(pieces.map(([{ id }]) => id).toReversed());
    expect((await log.observations()).rows).toHaveLength(3);
    await log.close();
  });
});

describe('forgetting', () => {
  const [event, observation] = piece('Bank');
  it.each([
    [{ everything: true as const }, true],
    [{ app: 'Bank' }, true],
    [{ app: 'Code' }, false],
    [{ from: event.at, to: event.at }, true],
    [{ from: event.at + 1, to: event.at + 9 }, false],
    [{ observations: [event.id] }, true],
    [{ observations: [newId()] }, false],
    [{ suggestion: newId() }, false],
  ])('%j takes what the log would take: %s', (filter, expected) => {
    const what = forgetting(filter);
    expect([what.event(event), what.observation(observation)]).toEqual([expected, expected]);
  });
});
