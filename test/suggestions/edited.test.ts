import { expect, it } from 'vitest';
import { labelOf } from '../../src/model/label.ts';
import type { Operation } from '../../src/model/proposal.ts';
import { inOwnWords } from '../../src/operations/edited.ts';
import { createLifecycle } from '../../src/suggestions/lifecycle.ts';
import { createTestLog } from './fakeLog.ts';
import { answersIn, fakeTime, offer, settingsWith, suggestion } from './fakes.ts';

function setup(mode: 'live' | 'shadow' = 'live') {
  const time = fakeTime();
  const { log } = createTestLog();
  const settings = settingsWith({ mode });
  const start = () =>
    createLifecycle({ ...time, settings: () => settings, log, onChange() {}, onFeedback() {} });
  return { time, log, start, lifecycle: start() };
}

it('an accept in other words is accepted and labelled edited; the proposal stays as it was made', async () => {
  const { lifecycle, log } = setup();
  const { id } = (await lifecycle.offer(offer('pandas merge')))!;
  await lifecycle.boundary('save');
  const done = await lifecycle.answer(id, 'accept', { via: 'card', task: '  Look up pandas concat ' });
  expect(done).toMatchObject({
    state: 'accepted',
    edited: 'Look up pandas concat',
    proposal: { task: 'Look up pandas merge' },
  });
  const [row] = await answersIn(log);
  expect(row).toMatchObject({
    label: 'edited',
    edited: 'Look up pandas concat',
    proposal: { task: 'Look up pandas merge' },
  });
  expect(labelOf(row!)).toMatchObject({ valid: true, pred_task: 'Look up pandas merge' });
});

it('the same words are no edit, and a reject takes none', async () => {
  const { lifecycle, log } = setup();
  const one = (await lifecycle.offer(offer('pandas merge')))!;
  await lifecycle.answer(one.id, 'accept', { via: 'inbox', task: 'Look up pandas merge' });
  const two = (await lifecycle.offer(offer('rust borrow checker')))!;
  await lifecycle.answer(two.id, 'reject', { via: 'inbox', task: 'something else' });
  expect((await answersIn(log)).map(({ label, edited }) => [label, edited])).toEqual([
    ['accepted', undefined],
    ['rejected', undefined],
  ]);
});

it('an edited answer whose step was lost in a crash is finished as accepted, in the person’s words', async () => {
  const { lifecycle, log, start } = setup();
  const held = (await lifecycle.offer(offer('pandas merge')))!;
  await lifecycle.boundary('save');
  const shown = (await log.suggestion(held.id))!;
  await lifecycle.answer(held.id, 'accept', { via: 'card', task: 'Look up pandas concat' });
  await lifecycle.close();
  // As a crash leaves it: the row of the answer is there, the step is not.
  await log.suggest(shown);
  await start().resume();
  expect(await log.suggestion(held.id)).toMatchObject({ state: 'accepted', edited: 'Look up pandas concat' });
  expect(await answersIn(log)).toHaveLength(1);
});

it('the digest may ask about a suggestion of shadow mode for a week, the inbox for a day', async () => {
  const { lifecycle, log, time } = setup('shadow');
  const day = 86_400_000;
  const one = (await lifecycle.offer(offer('pandas merge')))!;
  const two = (await lifecycle.offer(offer('rust borrow checker')))!;
  await time.pass(3 * day);
  await expect(lifecycle.answer(one.id, 'accept', { via: 'inbox' })).rejects.toThrow('more than a day ago');
  await lifecycle.answer(one.id, 'accept', { via: 'digest', needed: true });
  expect((await answersIn(log)).at(-1)).toMatchObject({ label: 'accepted', via: 'digest', needed: true });
  await time.pass(5 * day);
  await expect(lifecycle.answer(two.id, 'accept', { via: 'digest' })).rejects.toThrow('more than a week ago');
});

it.each<[Operation, Partial<Record<string, unknown>>]>([
  [{ kind: 'search', query: 'a' }, { query: 'my words' }],
  [{ kind: 'chat', instruction: 'a' }, { instruction: 'my words' }],
  [
    { kind: 'remind', text: 'a', minutes: 5 },
    { text: 'a', minutes: 5 },
  ],
])('own words go into %o where it is nothing but words', (operation, after) => {
  const made = suggestion('x', 1);
  const given = { ...made, proposal: { ...made.proposal, operation } };
  expect(inOwnWords(given)).toBe(given);
  const { proposal } = inOwnWords({ ...given, edited: 'my words' });
  expect(proposal.task).toBe('my words');
  expect(proposal.operation).toEqual({ kind: operation.kind, ...after });
});
