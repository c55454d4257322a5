import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readGate } from '../../src/agent/gate.ts';
import { createFileCache } from '../../src/bench/cache.ts';
import { generatedDays } from '../../src/bench/timing/generated.ts';
import { heard } from '../../src/bench/timing/heard.ts';
import { benchTiming } from '../../src/bench/timing/timing.ts';
import { newId } from '../../src/model/id.ts';
import type { Event } from '../../src/model/event.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';

it('every card of generated days comes at a boundary and none late, typing without a pause included', async () => {
  const days = generatedDays(3, 1)
    .filter(({ name }) => /prose|one window/.test(name))
    .map((day) => ({ ...day, group: day.name }));
  const gate = await readGate(join(createPaths().assets, 'gate.json'));
  const run = {
    seed: 1,
    signal: new AbortController().signal,
    cache: createFileCache('/nowhere'),
    progress: () => ({ update() {}, stop() {} }),
  };
  const done = await benchTiming(run, { days, gate, settings: Settings.parse({}), threshold: 0.5 });
  expect(done!.groups.map(({ name }) => name)).toHaveLength(3);
  expect(done!.all.shown).toBeGreaterThan(10);
  expect(done!.all).toMatchObject({ atBoundary: 1, amidTyping: 0, late: 0 });
}, 60_000);

it('makes the same days from the same seed, and others from another', () => {
  expect(generatedDays(1, 1).map(({ events }) => events.map(({ at }) => at))).toEqual(
    generatedDays(1, 1).map(({ events }) => events.map(({ at }) => at)),
  );
  expect(generatedDays(1, 1)[0]!.events.length).not.toBe(generatedDays(2, 1)[0]!.events.length);
});

it.each([
  ['The user types a query into the search box.', 'keyboard'],
  ['The user saves the file.', 'keyboard'],
  ['The user switches to the terminal.', 'window'],
  ['The user reads the page.', undefined],
])('hears in “%s” %s', (sentence, kind) => {
  const event: Event = {
    id: newId(1),
    at: 1,
    duration: 0,
    monitor: 'x',
    kind: 'described',
    data: { sentence },
  };
  expect(heard(event, 60_001)?.kind).toBe(kind);
});
