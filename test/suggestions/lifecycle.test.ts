import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { Feedback } from '../../src/model/feedback.ts';
import { SuggestionState, Suggestion } from '../../src/model/suggestion.ts';
import type { Settings } from '../../src/model/settings.ts';
import { createLifecycle } from '../../src/suggestions/lifecycle.ts';
import { TRANSITIONS, step } from '../../src/suggestions/transitions.ts';
import { createTestLog } from './fakeLog.ts';
import { answersIn, fakeTime, offer, settingsWith, settle, suggestion } from './fakes.ts';

function setup(changed: Partial<Settings> = {}, mayShow?: () => boolean) {
  const time = fakeTime();
  const { log, fail } = createTestLog();
  const settings = settingsWith({ cardSeconds: 45, snoozeMinutes: 30, ...changed });
  const told: Suggestion[] = [];
  const heard: Feedback[] = [];
  const errors: AppError[] = [];
  const start = () =>
    createLifecycle({
      ...time,
      settings: () => settings,
      log,
      onChange: (each) => told.push(each),
      onFeedback: (each) => heard.push(each),
      onError: (error) => errors.push(error),
      ...(mayShow ? { mayShow } : {}),
    });
  const states = () => told.map((each) => each.state);
  return { time, log, fail, settings, told, heard, errors, states, start, lifecycle: start() };
}

/** Everything up to one on screen. */
async function shown(topic = 'pandas merge', changed: Partial<Settings> = {}) {
  const all = setup(changed);
  const held = await all.lifecycle.offer(offer(topic));
  await all.time.pass(1000);
  await all.lifecycle.boundary('app-switch');
  return { ...all, id: held!.id };
}

describe('the table of steps', () => {
  const states = SuggestionState.options;
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s -> %s', (from, to) => {
    const before = { ...suggestion('x', 1), state: from };
    if (TRANSITIONS[from].includes(to)) {
      expect(step(before, to, { at: 5, note: 'n' })).toMatchObject({
        state: to,
        history: [...before.history, { state: to, at: 5, note: 'n' }],
      });
    } else expect(() => step(before, to, { at: 5 })).toThrow(expect.objectContaining({ code: 'refused' }));
  });

  it('has exactly the steps of the design', () => {
    expect(Object.values(TRANSITIONS).flat().length).toBe(16);
    for (const end of ['accepted', 'rejected', 'withdrawn'] as const) expect(TRANSITIONS[end]).toEqual([]);
  });
});

describe('held until a boundary', () => {
  it('is held, durable, then shown at the boundary', async () => {
    const { lifecycle, log, states, told } = setup();
    const held = await lifecycle.offer(offer('pandas merge'));
    expect(Suggestion.parse(held)).toEqual(held);
    expect(lifecycle.current()).toBeNull();
    expect(lifecycle.waiting()).toBe(1);
    expect(await log.suggestion(held!.id)).toEqual(held);
    await lifecycle.boundary('save');
    expect(states()).toEqual(['held', 'shown']);
    expect(lifecycle.current()).toEqual(told[1]);
    expect(lifecycle.current()?.until).toBe(told[1]!.history[1]!.at + 45_000);
    expect(lifecycle.waiting()).toBe(0);
  });

  it('is in the log before anyone hears of it', async () => {
    const { lifecycle, fail, told, heard, log } = await shown();
    const { id } = lifecycle.current()!;
    fail(new AppError('disk-full', '[log] the disk is full'));
    await expect(lifecycle.answer(id, 'accept', { via: 'card' })).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(told.at(-1)?.state).toBe('shown');
    expect(heard).toEqual([]);
    expect((await log.suggestion(id))?.state).toBe('shown');
    await settle();
    await expect(lifecycle.answer(id, 'accept', { via: 'card' })).resolves.toMatchObject({
      state: 'accepted',
    });
    expect(await answersIn(log)).toHaveLength(1);
  });

  it('expires when its reason no longer lives, with feedback that says so', async () => {
    const { lifecycle, time, states, heard } = setup();
    await lifecycle.offer(offer('pandas merge', { lifetime: 60_000 }));
    await time.pass(59_999);
    expect(states()).toEqual(['held']);
    await time.pass(1);
    expect(states()).toEqual(['held', 'expired']);
    expect(heard).toMatchObject([{ label: 'expired', via: 'timeout', latency: 0 }]);
    await lifecycle.boundary('save');
    expect(lifecycle.current()).toBeNull();
  });

  it('is not shown stale after a suspend, when no timer fired', async () => {
    const { lifecycle, time, states } = setup();
    await lifecycle.offer(offer('pandas merge', { lifetime: 60_000 }));
    time.jump(3_600_000);
    await lifecycle.boundary('return');
    expect(states()).toEqual(['held', 'expired']);
  });

  it('never stacks: the second waits for a boundary after the first', async () => {
    const { lifecycle, time } = setup();
    const first = await lifecycle.offer(offer('pandas merge'));
    await time.pass(1);
    const second = await lifecycle.offer(offer('rust borrow checker'));
    await Promise.all([lifecycle.boundary('save'), lifecycle.boundary('app-switch')]);
    expect(lifecycle.current()?.id).toBe(first!.id);
    expect(lifecycle.waiting()).toBe(1);
    await lifecycle.answer(first!.id, 'reject', { via: 'card' });
    expect(lifecycle.current()).toBeNull();
    await lifecycle.boundary('typing-pause');
    expect(lifecycle.current()?.id).toBe(second!.id);
  });

  it('offers one topic once, until it is answered', async () => {
    const { lifecycle } = setup();
    const [first, same] = await Promise.all([
      lifecycle.offer(offer('frame merge pandas')),
      lifecycle.offer(offer('frame merge pandas two')),
    ]);
    expect(same).toBeNull();
    await lifecycle.boundary('save');
    expect(await lifecycle.offer(offer('frame merge pandas'))).toBeNull();
    await lifecycle.answer(first!.id, 'snooze', { via: 'card' });
    expect(await lifecycle.offer(offer('frame merge pandas'))).toBeNull();
  });

  it('holds while the policy says that it may not be shown', async () => {
    let may = false;
    const { lifecycle } = setup({}, () => may);
    await lifecycle.offer(offer('pandas merge'));
    await lifecycle.boundary('save');
    expect(lifecycle.current()).toBeNull();
    may = true;
    await lifecycle.boundary('save');
    expect(lifecycle.current()).not.toBeNull();
  });

  it('is withdrawn while held, and not once shown', async () => {
    const { lifecycle, states, log } = setup();
    const held = await lifecycle.offer(offer('pandas merge'));
    await lifecycle.withdraw(held!.id, 'the error went away');
    expect(states()).toEqual(['held', 'withdrawn']);
    expect(await answersIn(log)).toEqual([]);
    const next = await lifecycle.offer(offer('rust borrow'));
    await lifecycle.boundary('save');
    await expect(lifecycle.withdraw(next!.id, 'x')).rejects.toMatchObject({ code: 'refused' });
  });
});

describe('answers', () => {
  it.each([
    ['accept', 'accepted'],
    ['reject', 'rejected'],
    ['snooze', 'snoozed'],
  ] as const)('%s is logged with what was seen and how long it took', async (word, label) => {
    const { lifecycle, time, log, heard, id } = await shown();
    const { seen, policy } = lifecycle.current()!;
    await time.pass(2500);
    await lifecycle.answer(id, word, { via: 'notification', reason: 'too-late' });
    const [row] = await answersIn(log);
    expect(Feedback.parse(row)).toMatchObject({
      label,
      suggestion: id,
      seen,
      policy,
      latency: 2500,
      via: 'notification',
      promptVersion: 'v1',
    });
    expect(row!.reason).toBe(label === 'rejected' ? 'too-late' : undefined);
    expect(heard).toEqual([row]);
  });

  it('names the model that worded it', async () => {
    const { lifecycle, log } = setup();
    const held = await lifecycle.offer(offer('pandas merge', { model: 'small@abc' }));
    await lifecycle.answer(held!.id, 'accept', { via: 'inbox' });
    expect((await answersIn(log))[0]).toMatchObject({ model: 'small@abc', latency: 0 });
  });

  it('is ignored after the seconds of the card, which is no reject', async () => {
    const { lifecycle, time, states, heard } = await shown();
    await time.pass(44_999);
    expect(lifecycle.current()).not.toBeNull();
    await time.pass(1);
    expect(states().at(-1)).toBe('ignored');
    expect(heard).toMatchObject([{ label: 'ignored', via: 'timeout', latency: 45_000 }]);
  });

  it('an ignored one can be accepted from the inbox within a day, and no later', async () => {
    const { lifecycle, time, id, heard } = await shown();
    await time.pass(45_000);
    await expect(lifecycle.answer(id, 'snooze', { via: 'inbox' })).rejects.toMatchObject({ code: 'refused' });
    await time.pass(86_400_000);
    await lifecycle.answer(id, 'accept', { via: 'inbox' });
    expect(heard.map((each) => each.label)).toEqual(['ignored', 'accepted']);
    const late = await shown();
    await late.time.pass(45_000 + 86_400_001);
    await expect(late.lifecycle.answer(late.id, 'accept', { via: 'inbox' })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it('a click that loses the race against the time-out still counts', async () => {
    const { lifecycle, time, id } = await shown();
    await time.pass(45_000);
    await expect(lifecycle.answer(id, 'accept', { via: 'notification' })).resolves.toMatchObject({
      state: 'accepted',
    });
  });

  it('one that is held is answered from the inbox alone', async () => {
    const { lifecycle } = setup();
    const held = await lifecycle.offer(offer('pandas merge'));
    await expect(lifecycle.answer(held!.id, 'reject', { via: 'card' })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(lifecycle.answer(held!.id, 'reject', { via: 'inbox' })).resolves.toMatchObject({
      state: 'rejected',
    });
    expect(lifecycle.waiting()).toBe(0);
  });

  it('two at once: the second is refused', async () => {
    const { lifecycle, id, heard } = await shown();
    const both = await Promise.allSettled([
      lifecycle.answer(id, 'accept', { via: 'card' }),
      lifecycle.answer(id, 'reject', { via: 'notification' }),
    ]);
    expect(both.map((each) => each.status)).toEqual(['fulfilled', 'rejected']);
    expect(heard).toHaveLength(1);
  });

  it('an unknown one is not found', async () => {
    const { lifecycle } = setup();
    const answer = lifecycle.answer('00000000-0000-7000-8000-000000000000', 'accept', { via: 'card' });
    await expect(answer).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('snooze', () => {
  it('comes back held, with its lifetime anew, and is shown again', async () => {
    const { lifecycle, time, id, states } = await shown();
    await lifecycle.answer(id, 'snooze', { via: 'card' });
    await lifecycle.boundary('save');
    expect(lifecycle.current()).toBeNull();
    await time.pass(30 * 60_000);
    expect(states().at(-1)).toBe('held');
    await time.pass(599_000);
    await lifecycle.boundary('save');
    expect(lifecycle.current()?.id).toBe(id);
    expect(states()).toEqual(['held', 'shown', 'snoozed', 'held', 'shown']);
  });
});

describe('shadow mode', () => {
  it('shows nothing; what expired is labelled in the digest', async () => {
    const { lifecycle, time, states } = setup({ mode: 'shadow' });
    const held = await lifecycle.offer(offer('pandas merge'));
    await lifecycle.boundary('app-switch');
    expect(lifecycle.current()).toBeNull();
    await time.pass(600_000);
    expect(states()).toEqual(['held', 'expired']);
    await lifecycle.answer(held!.id, 'accept', { via: 'digest' });
    expect(states().at(-1)).toBe('accepted');
  });
});

describe('forgetting', () => {
  it('never writes a forgotten suggestion again', async () => {
    const { lifecycle, time, log, id, told } = await shown();
    await log.forget({ suggestion: id });
    await time.pass(45_000);
    expect(await log.suggestion(id)).toBeNull();
    expect(told.at(-1)?.state).toBe('shown');
    expect(await answersIn(log)).toEqual([]);
    expect(lifecycle.current()).toBeNull();
  });

  it('drops it at once when told', async () => {
    const { lifecycle, log, id } = await shown();
    await log.forget({ suggestion: id });
    await lifecycle.forgotten();
    expect(lifecycle.current()).toBeNull();
    await expect(lifecycle.answer(id, 'accept', { via: 'card' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a step that cannot be written', () => {
  it('is told and tried again', async () => {
    const { time, fail, errors, states } = await shown();
    fail(new AppError('disk-full', '[log] the disk is full'));
    await time.pass(45_000);
    expect(errors).toMatchObject([{ code: 'disk-full' }]);
    expect(states().at(-1)).toBe('shown');
    await time.pass(5000);
    expect(states().at(-1)).toBe('ignored');
  });
});

describe('after a restart', () => {
  it('holds what still lives and expires what does not', async () => {
    const { lifecycle, start, time, states } = setup();
    const long = await lifecycle.offer(offer('pandas merge'));
    await lifecycle.offer(offer('rust borrow checker', { lifetime: 1000 }));
    await lifecycle.close();
    expect(time.waiting()).toBe(0);
    time.jump(5000);
    const again = start();
    await again.resume();
    expect(states()).toEqual(['held', 'held', 'expired']);
    expect(again.waiting()).toBe(1);
    await again.boundary('return');
    expect(again.current()?.id).toBe(long!.id);
  });

  it('takes one that was on screen for ignored, no later than its card lasted', async () => {
    const { lifecycle, start, time, log, id } = await shown();
    await lifecycle.close();
    time.jump(3_600_000);
    const again = start();
    await again.resume();
    expect(again.current()).toBeNull();
    expect(await log.suggestion(id)).toMatchObject({ state: 'ignored' });
    expect(await answersIn(log)).toMatchObject([{ label: 'ignored', latency: 45_000 }]);
  });

  it('lets a snooze go on', async () => {
    const { lifecycle, start, time, id } = await shown();
    await lifecycle.answer(id, 'snooze', { via: 'card' });
    await lifecycle.close();
    const again = start();
    await again.resume();
    expect(again.waiting()).toBe(0);
    await time.pass(30 * 60_000);
    expect(again.waiting()).toBe(1);
  });

  it('expires a snooze whose time came and went while nothing ran', async () => {
    const { lifecycle, start, time, id, states, log } = await shown();
    await lifecycle.answer(id, 'snooze', { via: 'card' });
    await lifecycle.close();
    time.jump(86_400_000);
    await start().resume();
    expect(states().slice(-2)).toEqual(['held', 'expired']);
    expect((await log.suggestion(id))?.state).toBe('expired');
  });

  it('finishes an answer whose step was cut off, without answering twice', async () => {
    const { lifecycle, start, log, id, time } = await shown();
    const before = (await log.suggestion(id))!;
    await time.pass(10);
    await lifecycle.answer(id, 'reject', { via: 'card' });
    await log.suggest(before);
    await start().resume();
    expect((await log.suggestion(id))?.state).toBe('rejected');
    expect(await answersIn(log)).toHaveLength(1);
  });

  it('refuses calls once closed', async () => {
    const { lifecycle } = setup();
    await lifecycle.close();
    await expect(lifecycle.boundary('save')).rejects.toMatchObject({ code: 'not-running' });
    await settle();
  });
});
