import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Event } from '../../src/model/event.ts';
import { readTraces, tracesOf } from '../../src/replay/proactivebench.ts';
import { DAY_ONE, parseTime, timesOf } from '../../src/replay/time.ts';
import { DATA, withData } from './data.ts';

const readTrace = async (path: string) => (await readTraces(path)).flat();

const folder = mkdtempSync(join(tmpdir(), 'beforehand-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const HOUR = 3_600_000;
const o = (time: string, event: string) => ({ time, event });
const sentences = (events: readonly Event[]) =>
  events.map((each) => (each.kind === 'described' ? each.data.sentence : null));

describe('times', () => {
  it.each<[string | number, number | null]>([
    ['1717377997.0', 1_717_377_997_000],
    ['1717378000.744', 1_717_378_000_744],
    [1717377997.5, 1_717_377_997_500],
    ['Day 1, 12:00 AM', DAY_ONE],
    ['Day 1, 11:00 PM', DAY_ONE + 23 * HOUR],
    ['Day 2, 12:30 PM', DAY_ONE + 36.5 * HOUR],
    ['9:05 am', DAY_ONE + 9 * HOUR + 300_000],
    ['yesterday', null],
    ['', null],
  ])('%j', (time, at) => expect(parseTime(time)).toBe(at));

  it('turn the day at a midnight the prose forgot, and follow on where they say nothing', () => {
    const times = timesOf(['Day 1, 11:58 PM', 'Day 1, 12:03 AM', 'sometime', 'Day 1, 12:10 AM']);
    const day = DAY_ONE + 24 * HOUR;
    expect(times).toEqual([day - 120_000, day + 180_000, day + 181_000, day + 600_000]);
  });

  it('never go back, whatever stands there', () => {
    const time = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 2_000_000_000 }).map(String),
      fc
        .tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 10, max: 59 }),
        )
        .map(([day, hour, minute]) => `Day ${day}, ${hour}:${minute} ${minute % 2 ? 'PM' : 'AM'}`),
    );
    fc.assert(
      fc.property(fc.array(time), (times) => {
        const result = timesOf(times);
        expect(result).toHaveLength(times.length);
        for (let at = 1; at < result.length; at++) expect(result[at]).toBeGreaterThanOrEqual(result[at - 1]!);
      }),
    );
  });
});

const step = (time: string, event: string, agent_response: unknown) => ({
  observation: { time, event, user: 'someone' },
  agent_response,
  task_status: false,
  other_infomation: {},
});

describe('a trace', () => {
  it('becomes described events, whatever the model answered', async () => {
    const steps = [
      step('Day 1, 8:00 PM', 'The user opens a tab.', ['null']),
      step('Day 1, 8:10 PM', 'The user types.', { candidate_task: ['x'] }),
      step('Day 1, 8:20 PM', 'The user reads.', null),
    ];
    const events = await readTrace(file('t.json', JSON.stringify(steps, null, 4)));
    expect(events.map((each) => Event.parse(each))).toEqual(events);
    expect(sentences(events)).toEqual(steps.map((each) => each.observation.event));
    expect(events[1]!.at - events[0]!.at).toBe(600_000);
  });

  it('that is cut off, or holds something else, is named without its content', async () => {
    await expect(readTrace(file('u.json', '[{"observation": {"time": "1"'))).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/u\.json is not whole JSON/),
    });
    const bad = [step('1', 'ok', null), { observation: 'hunter2' }];
    const error = await readTrace(file('v.json', JSON.stringify(bad))).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/entry 2: .*observation/) });
    expect(String(error)).not.toContain('hunter2');
  });

  it('an empty one has no events', async () => expect(await readTrace(file('w.json', '[]'))).toEqual([]));
});

describe('reward data', () => {
  const [a, b, c, d] = [o('1', 'A'), o('2', 'B'), o('3', 'C'), o('4', 'D')] as const;

  it('windows of one trace are put together, each observation once', () => {
    const other = [o('1', 'other'), b];
    expect(tracesOf([[a, b], [a], other, [a, b, c], [a, b, d]])).toEqual([[a, b, c, d], other]);
  });

  it('becomes the events of its traces', async () => {
    const rows = [[a], [a, b, c], [a, b]].map((obs) => JSON.stringify({ obs, pred_task: null, valid: true }));
    expect(sentences(await readTrace(file('r.jsonl', `${rows.join('\n')}\n{"obs": [`)))).toEqual([
      'A',
      'B',
      'C',
    ]);
  });
});

withData('the real data', () => {
  it('every trace is read, in order of time', async () => {
    const folders = readdirSync(join(DATA, 'traces')).map((model) => join(DATA, 'traces', model));
    const traces = [join(DATA, 'test_data'), ...folders].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(folder, name)),
    );
    expect(traces.length).toBeGreaterThan(100);
    for (const name of traces) {
      const events = await readTrace(name);
      expect(events.length, name).toBeGreaterThan(0);
      for (let at = 1; at < events.length; at++) {
        expect(events[at]!.at, name).toBeGreaterThanOrEqual(events[at - 1]!.at);
      }
    }
  });

  it('its reward data holds the 216 windows of eleven traces', async () => {
    expect(await readTrace(join(DATA, 'reward_data', 'train_data.jsonl'))).toHaveLength(216);
  });
});
