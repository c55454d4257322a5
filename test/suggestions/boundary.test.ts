import { describe, expect, it } from 'vitest';
import { newId } from '../../src/model/id.ts';
import type { Event } from '../../src/model/event.ts';
import { boundary, createBoundaries, type Boundary } from '../../src/suggestions/boundary.ts';
import { fakeTime } from './fakes.ts';

const base = (at: number, app?: string) => ({
  id: newId(at),
  at,
  duration: 0,
  monitor: 'test',
  ...(app ? { app } : {}),
});
const window = (app: string | undefined, at = 0, title?: string): Event => ({
  ...base(at, app),
  kind: 'window',
  data: title ? { title } : {},
});
const keys = (at = 0, chords: ('save' | 'copy')[] = [], app = 'Editor'): Event => ({
  ...base(at, app),
  kind: 'keyboard',
  data: { keys: 5, words: 1, corrections: 0, chords },
});
const afk = (status: 'afk' | 'not-afk', at = 0): Event => ({ ...base(at), kind: 'afk', data: { status } });
const file = (action: 'modified' | 'created' | 'deleted'): Event => ({
  ...base(0),
  kind: 'file',
  data: { action, name: 'a.md', type: 'markdown', size: 1, binary: false },
});

describe('a boundary', () => {
  it.each<[string, Event, Event | undefined, Boundary | null]>([
    ['another app', window('Firefox'), window('Editor'), 'app-switch'],
    ['another window of the same app', window('Firefox', 1, 'b'), window('Firefox', 0, 'a'), null],
    ['the first window', window('Firefox'), undefined, null],
    ['to the assistant', window('Beforehand'), window('Editor'), null],
    ['to the assistant in a browser window', window('Chromium', 0, 'Beforehand'), window('Editor'), null],
    ['back from the assistant', window('Editor'), window('Beforehand'), null],
    ['a save by keys', keys(0, ['copy', 'save']), undefined, 'save'],
    ['typing', keys(), keys(), null],
    ['a file saved', file('modified'), undefined, 'save'],
    ['a file deleted', file('deleted'), undefined, null],
    ['back at the desk', afk('not-afk'), afk('afk'), 'return'],
    ['still at the desk', afk('not-afk'), afk('not-afk'), null],
    ['at the desk since the start', afk('not-afk'), undefined, null],
    ['away', afk('afk'), afk('not-afk'), null],
    ['a click long after typing', window('Editor', 5000), keys(0), 'typing-pause'],
    ['a click right after typing', window('Editor', 500), keys(0), null],
    ['typing on after a pause', keys(5000), keys(0), null],
  ])('%s', (_, event, previous, expected) => expect(boundary(event, previous)).toBe(expected));
});

function stream() {
  const time = fakeTime();
  const heard: Boundary[] = [];
  const boundaries = createBoundaries({ ...time, onBoundary: (each) => heard.push(each) });
  return { time, heard, boundaries, now: () => time.clock.now() };
}

describe('boundaries of a live stream', () => {
  it('tells of a pause 4 s after the last key, once', async () => {
    const { time, heard, boundaries, now } = stream();
    boundaries.take(keys(now()));
    await time.pass(3000);
    boundaries.take(keys(now()));
    await time.pass(3999);
    expect(heard).toEqual([]);
    await time.pass(1);
    expect(heard).toEqual(['typing-pause']);
    await time.pass(60_000);
    boundaries.take(window('Editor', now()));
    expect(heard).toEqual(['typing-pause']);
  });

  it('counts what passed between the end of a burst and its arrival', async () => {
    const { time, heard, boundaries, now } = stream();
    boundaries.take({ ...keys(now() - 5000), duration: 2000 });
    await time.pass(999);
    expect(heard).toEqual([]);
    await time.pass(1);
    expect(heard).toEqual(['typing-pause']);
  });

  it('does not take a look at the assistant for a switch', () => {
    const { heard, boundaries } = stream();
    for (const app of ['Editor', 'Beforehand', 'Editor', 'Firefox']) boundaries.take(window(app));
    expect(heard).toEqual(['app-switch']);
  });

  it('sees a switch across the events between two windows', () => {
    const { heard, boundaries } = stream();
    boundaries.take(window('Editor'));
    boundaries.take(file('deleted'));
    boundaries.take(afk('not-afk'));
    boundaries.take(window('Editor'));
    boundaries.take(window('Firefox'));
    expect(heard).toEqual(['app-switch']);
  });

  it('a pause that ended before its burst was told is none: keys that go on are waited for', async () => {
    const time = fakeTime();
    const heard: Boundary[] = [];
    let pressed = time.clock.now();
    const boundaries = createBoundaries({
      ...time,
      lastKey: () => pressed,
      onBoundary: (each) => heard.push(each),
    });
    // The monitor cuts a burst after 15 s: it is told while the typing goes on.
    boundaries.take(keys(time.clock.now()));
    for (let second = 0; second < 30; second++) {
      await time.pass(1000);
      pressed = time.clock.now();
    }
    expect(heard).toEqual([]);
    await time.pass(3999);
    expect(heard).toEqual([]);
    await time.pass(1);
    expect(heard).toEqual(['typing-pause']);
  });

  it('leaves no timer behind', () => {
    const { time, boundaries, now } = stream();
    boundaries.take(keys(now()));
    boundaries.close();
    expect(time.waiting()).toBe(0);
  });
});
