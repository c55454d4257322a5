import { expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { until } from '../until.ts';
import { folder, startApp } from './platform.ts';

const NOW = Date.UTC(2026, 2, 10, 9);

const typed = (at: number, text: string): Event => ({
  id: newId(at),
  at,
  duration: 1000,
  monitor: 'keyboard',
  kind: 'keyboard',
  app: 'Code',
  data: { keys: 9, words: 2, corrections: 0, chords: [], text },
});

it('what goes on while the log forgets does not bring back what is being forgotten', async () => {
  const { app, source, feed, setClock } = await startApp(folder(), { now: NOW, settings: { eagerness: 0 } });
  await feed(typed(NOW + 1000, 'the secret words'));
  await until(
    'the words on disk',
    async () => (await app.log.observations({ text: 'secret' })).rows.length === 1,
  );
  setClock(NOW + 2500);
  const state = { done: false };
  const forgotten = (async () => app.handlers.forget({ everything: true }))().finally(
    () => (state.done = true),
  );
  // Typing goes on in the same application: without care it would be the same burst, with the same words in it.
  for (let at = NOW + 3000; !state.done; at += 10) {
    source.emit(typed(at, 'and on it goes'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await forgotten;
  await feed(typed(NOW + 90_000, 'and on'));
  const { rows } = await app.log.observations();
  const stored = new Set((await app.log.events({ limit: 1000 })).rows.map(({ id }) => id));
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain('secret');
  expect(rows.flatMap(({ sources }) => sources).filter((id) => !stored.has(id))).toEqual([]);
});

it('a burst of events and a forget at once leave nothing of what came before', async () => {
  const { app, source, setClock } = await startApp(folder(), { now: NOW, settings: { eagerness: 0 } });
  const seen = (n: number, title: string): Event => ({
    id: newId(NOW + n),
    at: NOW + n,
    duration: 0,
    monitor: 'window',
    kind: 'window',
    app: 'Code',
    data: { title },
  });
  for (let n = 0; n < 3000; n += 1) source.emit(seen(n, `secret ${n}`));
  setClock(NOW + 3001);
  const state = { done: false };
  const forgotten = (async () => app.handlers.forget({ everything: true }))().finally(
    () => (state.done = true),
  );
  let last = 3001;
  while (!state.done || last < 4000) {
    for (let n = 0; n < 20; n += 1) source.emit(seen((last += 1), `public ${last}`));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await forgotten;
  await app.idle();
  await until('the last one on disk', async () => {
    const page = await app.log.events({ kinds: ['window'], limit: 1 });
    return page.rows[0]?.kind === 'window' && page.rows[0].data.title === `public ${last}`;
  });
  const titles: string[] = [];
  let before: number | undefined;
  do {
    const page = await app.log.events({
      kinds: ['window'],
      limit: 1000,
      ...(before !== undefined && { before }),
    });
    titles.push(...page.rows.map((row) => (row.kind === 'window' && row.data.title) || ''));
    before = page.next;
  } while (before !== undefined);
  expect(titles.filter((title) => title.includes('secret'))).toEqual([]);
  // Whatever came after the moment of forgetting is all there: a tail without a gap.
  expect(titles.length).toBeGreaterThan(0);
  const numbers = titles.toReversed().map((title) => Number(title.slice(7)));
  const gaps = numbers.filter((each, n) => n > 0 && each !== numbers[n - 1]! + 1);
  expect([gaps, numbers.at(-1)]).toEqual([[], last]);
  const { rows } = await app.log.observations({ limit: 1000 });
  expect(rows.filter((row) => row.time < NOW + 3001 && row.kind === 'window')).toEqual([]);
});

it('a single event of the window in front does not come back when that window is left', async () => {
  const { app, source, feed, setClock } = await startApp(folder(), { now: NOW, settings: { eagerness: 0 } });
  const front = (at: number, title: string, duration = 0): Event => ({
    id: newId(at),
    at,
    duration,
    monitor: 'window',
    kind: 'window',
    app: 'Code',
    data: { title },
  });
  const first = front(NOW + 1000, 'secret page');
  await feed(first);
  await until(
    'the title on disk',
    async () => (await app.log.observations({ text: 'secret' })).rows.length === 1,
  );
  setClock(NOW + 60_000);
  await app.handlers.forget({ events: [first.id] });
  // The monitor tells of it once more, now with its duration, and then of the next.
  source.emit(front(NOW + 1000, 'secret page', 61_000));
  await feed(front(NOW + 62_000, 'public page'));
  await until(
    'the next on disk',
    async () => (await app.log.observations({ text: 'public' })).rows.length === 1,
  );
  expect(JSON.stringify((await app.log.events({ limit: 1000 })).rows)).not.toContain('secret');
  expect(JSON.stringify((await app.log.observations()).rows)).not.toContain('secret');
});
