import { expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { newId } from '../../src/model/id.ts';
import { connectLog } from '../../src/log/owner.ts';
import { createPaths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { demoDay, folder, startApp } from './platform.ts';

const day = demoDay();
const inFront = (at: number, duration: number): Event => ({
  id: newId(at),
  at,
  duration,
  monitor: 'window',
  kind: 'window',
  app: 'Code',
  data: { title: 'secret plan.md' },
});
const state = (app: Awaited<ReturnType<typeof startApp>>['app']) => app.handlers['state.get']({});

/** Plays the recorded morning until a suggestion is shown. */
async function untilShown(run: Awaited<ReturnType<typeof startApp>>): Promise<Suggestion> {
  for (const event of day) {
    await run.feed(event);
    const { current } = await state(run.app);
    if (current) return current;
  }
  throw new Error('nothing was shown all day');
}

it('event, observation, decision, suggestion, answer, feedback; and the same after a restart', async () => {
  const home = folder();
  const first = await startApp(home, { now: day[0]!.at });
  const shown = await untilShown(first);
  expect(shown).toMatchObject({ state: 'shown', proposal: { proposer: expect.stringMatching(/^pattern:/) } });
  const answered = await first.app.handlers['suggestions.answer']({
    id: shown.id,
    answer: 'accept',
    via: 'card',
  });
  expect(answered.state).toBe('accepted');
  await until('the search or the answer', async () => {
    const { answer } = await first.app.handlers['suggestions.get']({ id: shown.id });
    return first.searches.length > 0 || answer?.state === 'done';
  });
  const { decision } = await first.app.handlers['suggestions.get']({ id: shown.id });
  expect(decision).toMatchObject({ outcome: 'proposal', suggestion: shown.id });
  const { today } = await state(first.app);
  expect(today).toMatchObject({ shown: 1, accepted: 1 });
  const [feedback] = (await first.app.log.feedbacks()).rows;
  expect(feedback).toMatchObject({ suggestion: shown.id, label: 'accepted', via: 'card', seen: shown.seen });
  const before = {
    observations: await first.app.handlers['observations.list']({ limit: 500 }),
    suggestions: await first.app.handlers['suggestions.list']({}),
    decisions: await first.app.handlers['decisions.list']({}),
  };
  await first.app.close();

  const second = await startApp(home, { settings: null, now: answered.history.at(-1)!.at + 1000 });
  const capture = (await second.app.log.events({ kinds: ['capture'] })).rows.map((each) => each.kind);
  expect(capture.length).toBeGreaterThan(2);
  expect((await state(second.app)).today).toEqual(today);
  expect(await second.app.handlers['suggestions.list']({})).toEqual(before.suggestions);
  expect(await second.app.handlers['decisions.list']({})).toEqual(before.decisions);
  const known = await second.app.handlers['observations.list']({ limit: 500 });
  expect(known.rows).toEqual(expect.arrayContaining(before.observations.rows));
  expect([...first.notes, ...second.notes]).toEqual([]);
});

it('watches nothing before Welcome, whatever is set or resumed, and stops when it is taken back', async () => {
  const { app, source } = await startApp(folder(), { settings: { welcomed: false }, host: 'desktop' });
  await app.handlers['settings.set']({ sources: { keyboard: false }, excludedApps: ['Bank'] });
  await app.handlers['capture.pause']({ minutes: 5 });
  await app.handlers['capture.resume']({});
  expect(source.calls).toEqual([]);
  expect((await app.log.events()).rows).toEqual([]);
  expect((await state(app)).capture).toBe('paused');
  await app.handlers['settings.set']({ welcomed: true, sources: { keyboard: true } });
  await until('watching', () => source.watching());
  expect((await state(app)).capture).toBe('watching');
  await app.handlers['settings.set']({ welcomed: false });
  await until('no watching', () => !source.watching());
  await app.handlers['settings.set']({ welcomed: true });
  await until('watching again', () => source.watching());
});

it('forgets in memory too: nothing comes back by what was still going on', async () => {
  const home = folder();
  const { app, feed, source, setClock } = await startApp(home, { settings: { eagerness: 0 } });
  const at = Date.UTC(2026, 2, 10, 9, 5);
  await feed(inFront(at, 0));
  expect((await app.handlers['observations.list']({ text: 'secret' })).rows).toHaveLength(1);
  // As `beforehand log forget` does it, through the socket of the running core.
  const paths = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
  const remote = await connectLog(paths.socket);
  setClock(at + 60_000);
  expect(await remote?.forget({ everything: true })).toBeGreaterThan(0);
  await remote?.close();
  expect(await app.handlers['need.record']({})).toEqual({ observations: 0 });
  // The window is left now: its monitor tells how long it lasted, since before the forgetting.
  source.emit(inFront(at, 90_000));
  await app.idle();
  await app.handlers['capture.pause']({ minutes: null });
  expect((await app.handlers['observations.list']({ text: 'secret' })).rows).toEqual([]);
  expect((await app.log.events({ kinds: ['window'] })).rows).toEqual([]);
});

it('a change that no patch may make, and ids that nobody knows, are answered and change nothing', async () => {
  const { app } = await startApp(folder());
  const { handlers } = app;
  const id = newId();
  await expect(async () => handlers['settings.set']({ pausedUntil: 0 })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await expect(async () => handlers['suggestions.get']({ id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(async () =>
    handlers['suggestions.answer']({ id, answer: 'accept', via: 'card' }),
  ).rejects.toMatchObject({ code: 'not-found' });
  await expect(async () => handlers['models.use']({ alias: 'nobody' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(async () => handlers['models.pull']({ alias: 'nobody' })).rejects.toThrow();
  expect(handlers['answers.stop']({ suggestion: id })).toEqual({});
  expect(await handlers.forget({ suggestion: id })).toEqual({ forgotten: 0 });
  for (const source of ['window', 'clipboard', 'keyboard', 'typed', 'files', 'idle'] as const) {
    const { stored, never } = await handlers['privacy.sample']({ source });
    expect([stored.length > 0, never.length > 0, stored.includes('jane@')]).toEqual([true, true, false]);
  }
  expect((await handlers['models.list']({})).length).toBeGreaterThan(0);
  expect(await state(app)).toMatchObject({ capture: 'watching', model: { state: 'off' } });
});

it('two answers at once: one stands', async () => {
  const run = await startApp(folder(), { now: day[0]!.at });
  const { id } = await untilShown(run);
  const answers = await Promise.allSettled([
    run.app.handlers['suggestions.answer']({ id, answer: 'reject', via: 'card' }),
    run.app.handlers['suggestions.answer']({ id, answer: 'accept', via: 'inbox' }),
  ]);
  expect(answers.map((each) => each.status)).toContain('fulfilled');
  const { suggestion } = await run.app.handlers['suggestions.get']({ id });
  // The recorded day goes on: that a card timed out before is no answer.
  const labels = (await run.app.log.feedbacks()).rows.filter(
    (each) => each.suggestion === id && each.via !== 'timeout',
  );
  expect(suggestion.history.at(-1)?.state).toBe(suggestion.state);
  expect(labels.length).toBe(answers.filter((each) => each.status === 'fulfilled').length);
});

it('closes twice, keeps the last heartbeat, and answers nobody afterwards', async () => {
  const home = folder();
  const { app, feed } = await startApp(home);
  const at = Date.UTC(2026, 2, 10, 9, 1);
  await feed({ id: newId(at), at, duration: 0, monitor: 'window', kind: 'window', app: 'Code', data: {} });
  await Promise.all([app.close(), app.close()]);
  await expect(app.log.state()).rejects.toMatchObject({ code: 'not-running' });
  const again = await startApp(home, { settings: null, now: at + 5000 });
  const states = (await again.app.log.events({ kinds: ['capture'] })).rows.map((each) =>
    each.kind === 'capture' ? each.data.state : '',
  );
  expect(states).toContain('stopped');
});

it('in the quiet hours a suggestion is held, not shown; the state says until when', async () => {
  const quietHours = [{ days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59' }];
  const { app, feed } = await startApp(folder(), { settings: { quietHours }, now: day[0]!.at });
  let more = 15;
  for (const event of day) {
    await feed(event);
    if ((await state(app)).waiting > 0 && more-- === 0) break;
  }
  const { rows } = await app.handlers['suggestions.list']({});
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.flatMap((each) => each.history.map((step) => step.state))).not.toContain('shown');
  const now = await state(app);
  expect([now.current, now.quietUntil !== null]).toEqual([null, true]);
  expect(now.says).toMatch(/, quiet until /);
});

it('a window that stays is not told of outside the hours, even where its timer comes first', async () => {
  const at = new Date(2026, 2, 10, 16, 59).getTime();
  const watchHours = [{ days: [0, 1, 2, 3, 4, 5, 6], from: '09:00', to: '17:00' }];
  const { app, source, setClock } = await startApp(folder(), { settings: { watchHours }, now: at });
  // Half a second before it is looked at again.
  const since = at - 5.5 * 60_000 + 500;
  source.emit({
    id: newId(since),
    at: since,
    duration: 0,
    monitor: 'window',
    kind: 'window',
    app: 'Code',
    data: { title: 'a title of before' },
  });
  // The machine slept over the end of the hours.
  setClock(at + 3_600_000);
  await until('the end of the watching', async () => (await state(app)).capture === 'paused');
  await app.idle();
  const { rows } = await app.log.events({ kinds: ['window'] });
  expect(rows.map((each) => each.duration)).toEqual([0]);
});

it('goes on after the clock was set back behind a forget', async () => {
  const { app, feed, setClock } = await startApp(folder());
  const at = Date.UTC(2026, 2, 10, 9, 5);
  const window = (time: number) =>
    ({
      id: newId(time),
      at: time,
      duration: 0,
      monitor: 'window',
      kind: 'window',
      app: 'Code',
      data: {},
    }) as const;
  await feed(window(at));
  await app.handlers.forget({ app: 'Code' });
  setClock(at - 3_600_000);
  await feed(window(at - 3_600_000 + 1000));
  await until('the new window', async () => (await app.log.events({ kinds: ['window'] })).rows.length === 1);
});
