import { describe, expect, it } from 'vitest';
import { Digest } from '../../src/model/digest.ts';
import { labelOf } from '../../src/model/label.ts';
import { drawn, letGo, NOW, pending } from './learnt.ts';
import { folder, startApp } from './platform.ts';

const HOUR = 3_600_000;
type App = Awaited<ReturnType<typeof startApp>>['app'];
const list = async (app: App) => Digest.parse(await app.handlers['digest.list']({}));
const start = (home = folder()) => startApp(home, { settings: { mode: 'shadow' }, now: NOW });

describe('what the digest asks about', () => {
  it('suggestions of shadow mode and drawn moments, oldest first, with what was seen', async () => {
    const { app } = await start();
    const late = letGo(NOW - HOUR);
    const early = letGo(NOW - 5 * HOUR);
    for (const each of [late, early]) await app.log.suggest(each);
    const moment = await drawn(app.log, NOW - 3 * HOUR);
    const candidate = letGo(NOW - 2 * HOUR, 'Code', { audit: true });
    await app.log.suggest(candidate);
    const { items, answered } = await list(app);
    expect(items.map(({ id, from }) => [id, from])).toEqual([
      [early.id, 'shadow'],
      [moment.id, 'audit'],
      [candidate.id, 'audit'],
      [late.id, 'shadow'],
    ]);
    expect(answered).toBe(0);
    expect(items[0]).toMatchObject({ proposal: early.proposal, seen: early.seen, gate: early.gate });
    expect(items[1]!.proposal).toBeNull();
    // Nothing that came after the moment is among what it saw.
    expect(items[1]!.seen.map(({ time }) => NOW - 3 * HOUR - time)).toEqual([120_000, 60_000, 0]);
  });

  it('nothing that live mode let go, that is answered, undrawn, taken back or older than a week', async () => {
    const { app } = await start();
    const live = letGo(NOW - HOUR);
    await app.log.suggest({
      ...live,
      history: [{ state: 'expired', at: NOW, note: 'no good moment came in time' }],
    });
    await app.log.suggest({ ...pending(NOW - HOUR), state: 'accepted' });
    await app.log.suggest({ ...pending(NOW - HOUR), state: 'withdrawn' });
    await app.log.suggest(letGo(NOW - 8 * 24 * HOUR));
    await drawn(app.log, NOW - HOUR, { audit: false });
    await drawn(app.log, NOW - 8 * 24 * HOUR);
    expect((await list(app)).items).toEqual([]);
  });

  it('at most 50: the drawn moments first, then the newest', async () => {
    const { app } = await start();
    const moment = await drawn(app.log, NOW - 30 * HOUR);
    for (let n = 0; n < 60; n += 1) await app.log.suggest(letGo(NOW - (n + 1) * 60_000));
    const { items } = await list(app);
    expect(items).toHaveLength(50);
    expect(items[0]!.id).toBe(moment.id);
    expect(items.at(-1)!.at).toBe(NOW - 60_000);
  });
});

describe('an answer', () => {
  it.each([
    ['accept', undefined, { label: 'accepted', needed: true }, true],
    ['reject', 'not-needed', { label: 'rejected', needed: false, reason: 'not-needed' }, false],
    ['reject', 'wrong', { label: 'rejected', needed: true }, true],
    ['needed', undefined, { label: 'missed-need', needed: true }, true],
    ['not-needed', undefined, { label: 'missed-need', needed: false }, false],
  ] as const)(
    '%s (%s) is one row with its need, and is not asked again',
    async (answer, reason, row, help) => {
      const home = folder();
      const first = await start(home);
      const one = letGo(NOW - HOUR);
      await first.app.log.suggest(one);
      await first.app.log.suggest(letGo(NOW - 2 * HOUR));
      const after = await first.app.handlers['digest.answer']({
        id: one.id,
        answer,
        ...(reason && { reason }),
      });
      expect(after).toMatchObject({ answered: 1, items: [{ at: NOW - 2 * HOUR }] });
      const rows = (await first.app.log.feedbacks()).rows;
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        ...row,
        via: 'digest',
        suggestion: one.id,
        seen: one.seen,
        policy: one.policy,
      });
      expect(labelOf(rows[0]!)).toMatchObject({ help_needed: help });
      expect(first.searches).toEqual([]);
      await first.app.close();
      const second = await startApp(home, { settings: null, now: NOW });
      expect((await list(second.app)).items.map(({ at }) => at)).toEqual([NOW - 2 * HOUR]);
      expect((await list(second.app)).answered).toBe(1);
    },
  );

  it('about a moment keeps the propensity with which it was drawn, and takes no word on a proposal', async () => {
    const { app } = await start();
    const moment = await drawn(app.log, NOW - HOUR);
    await expect(app.handlers['digest.answer']({ id: moment.id, answer: 'accept' })).rejects.toThrow(
      '[digest] nothing was proposed',
    );
    await app.handlers['digest.answer']({ id: moment.id, answer: 'needed' });
    const [row] = (await app.log.feedbacks()).rows;
    expect(row).toMatchObject({
      decision: moment.id,
      label: 'missed-need',
      needed: true,
      policy: moment.policy,
    });
    expect(row!.seen).toHaveLength(3);
    expect((await list(app)).items).toEqual([]);
    await expect(app.handlers['digest.answer']({ id: moment.id, answer: 'needed' })).rejects.toThrow(
      'not asked about any more',
    );
  });

  it('skip is not asked again, gives no label and does not count', async () => {
    const { app } = await start();
    const moment = await drawn(app.log, NOW - HOUR);
    const one = letGo(NOW - HOUR);
    await app.log.suggest(one);
    for (const id of [moment.id, one.id]) await app.handlers['digest.answer']({ id, answer: 'skip' });
    expect(await list(app)).toEqual({ items: [], answered: 0 });
    const rows = (await app.log.feedbacks()).rows;
    expect(rows.map(labelOf)).toEqual(['expired', 'expired']);
  });

  it('twice at once is one answer', async () => {
    const { app } = await start();
    const moment = await drawn(app.log, NOW - HOUR);
    const both = await Promise.allSettled(
      ['needed', 'not-needed'].map((answer) =>
        app.handlers['digest.answer']({ id: moment.id, answer: answer as 'needed' }),
      ),
    );
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect((await app.log.feedbacks()).rows).toHaveLength(1);
  });
});

it('what was forgotten is not asked about', async () => {
  const { app } = await start();
  const moment = await drawn(app.log, NOW - HOUR);
  const one = letGo(NOW - HOUR, 'Slack');
  await app.log.suggest(one);
  expect((await list(app)).items).toHaveLength(2);
  await app.handlers['forget']({ app: 'Slack' });
  expect((await list(app)).items.map(({ id }) => id)).toEqual([moment.id]);
  await app.handlers['forget']({ observations: [moment.observation!] });
  expect((await list(app)).items).toEqual([]);
});
