import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RewardCard } from '../../src/model/learned.ts';
import { answered, letGo, NOW } from './learnt.ts';
import { folder, startApp } from './platform.ts';
import { until } from '../until.ts';

type App = Awaited<ReturnType<typeof startApp>>['app'];
const card = async (app: App) => RewardCard.parse(await app.handlers['reward.card']({}));
const inUse = async (app: App) => (await card(app)).versions.find((each) => each.inUse)!;
const start = (home = folder(), settings: object | null = {}) => startApp(home, { settings, now: NOW });
const mostly = (n: number) => n % 6 !== 0;

describe('learning anew', () => {
  it('changes the version in use, and a restart keeps it', async () => {
    const home = folder();
    const first = await start(home);
    expect(await card(first.app)).toMatchObject({
      versions: [{ id: 'shipped', inUse: true }],
      answers: {},
      shipped: expect.stringMatching(/\w/),
    });
    await answered(first.app.log, 60, mostly);
    const trained = await first.app.handlers['reward.train']({});
    expect(trained.refused).toBeUndefined();
    expect(trained.answers).toEqual({ accepted: 50, rejected: 10 });
    const [version, shipped] = trained.versions;
    expect(version).toMatchObject({ id: 'v1', inUse: true, learntFrom: 60 });
    expect(version!.bias).toBeGreaterThan(0.5);
    expect(version!.figures!.here.logLoss).toBeLessThan(version!.figures!.shipped.logLoss!);
    expect(shipped).toMatchObject({ id: 'shipped', inUse: false });
    await first.app.close();

    const second = await start(home, null);
    expect((await card(second.app)).versions).toEqual(trained.versions);
    expect(second.notes).toEqual([]);
  });

  it('is refused in one sentence where it foretells no better, and nothing changes', async () => {
    const { app } = await start();
    // Whatever was just learnt, the next answers are the other way round.
    await answered(app.log, 40, (n) => n % 16 < 8);
    const refused = await app.handlers['reward.train']({});
    expect(refused.refused).toMatch(/no better than the shipped model on 32 of your answers/);
    expect(refused.versions).toEqual([expect.objectContaining({ id: 'shipped', inUse: true })]);
  });

  it('comes by itself with every fifth answer', async () => {
    const { app } = await start();
    await answered(app.log, 35, mostly);
    for (let n = 0; n < 5; n += 1) {
      const one = letGo(NOW - 60_000 * (n + 2));
      await app.log.suggest(one);
      await app.handlers['digest.answer']({ id: one.id, answer: 'accept' });
    }
    await until('a version', async () => (await inUse(app)).id === 'v1');
    expect((await inUse(app)).learntFrom).toBeGreaterThanOrEqual(36);
  });

  it('goes back and forth between versions, and keeps to the one that was chosen', async () => {
    const { app } = await start();
    await answered(app.log, 40, mostly);
    await app.handlers['reward.train']({});
    await answered(app.log, 10, mostly, { from: NOW - 86_400_000 });
    await app.handlers['reward.train']({});
    expect((await inUse(app)).id).toBe('v2');
    const back = await app.handlers['reward.use']({ id: 'v1' });
    expect(back.versions.map(({ id, inUse: now }) => [id, now])).toEqual([
      ['v2', false],
      ['v1', true],
      ['shipped', false],
    ]);
    for (let n = 0; n < 6; n += 1) {
      const one = letGo(NOW - 60_000 * (n + 2));
      await app.log.suggest(one);
      await app.handlers['digest.answer']({ id: one.id, answer: 'accept' });
    }
    expect((await inUse(app)).id).toBe('v1');
    await app.handlers['reward.train']({});
    expect((await inUse(app)).id).toBe('v3');
    await expect(app.handlers['reward.use']({ id: 'v9' })).rejects.toThrow('there is no version “v9”');
  });

  it('rests while it is switched off, and takes up again', async () => {
    const { app } = await start();
    await answered(app.log, 40, mostly);
    await app.handlers['reward.train']({});
    await app.handlers['settings.set']({ learning: false });
    expect(await app.handlers['reward.train']({})).toMatchObject({
      refused: expect.stringContaining('switched off'),
    });
    expect((await inUse(app)).id).toBe('shipped');
    expect((await card(app)).versions).toHaveLength(2);
    await app.handlers['settings.set']({ learning: true });
    expect((await inUse(app)).id).toBe('v1');
  });

  it('reads ten thousand answers and learns from the newest', async () => {
    const { app } = await start();
    for (let from = 0; from < 10_000; from += 1000) {
      await answered(app.log, 1000, mostly, { from: NOW - 20 * 86_400_000 + from * 10_000 });
    }
    const trained = await app.handlers['reward.train']({});
    expect(trained.versions[0]).toMatchObject({ id: 'v1', learntFrom: 1000 });
    expect(Object.values(trained.answers).reduce((a, b) => a + b)).toBe(10_000);
  }, 120_000);
});

describe('forgetting', () => {
  const hater = (n: number) => (n % 2 === 0 ? 'Slack' : 'Code');

  it('an app takes its name out of every version', async () => {
    const home = folder();
    const { app } = await start(home);
    await answered(app.log, 120, (n) => n % 2 === 1, { app: hater });
    const before = await app.handlers['reward.train']({});
    expect(before.versions[0]!.apps.map((each) => each.app).toSorted()).toEqual(['Code', 'Slack']);
    await app.handlers['forget']({ app: 'Slack' });
    const after = await card(app);
    expect(after.versions[0]!.apps.map((each) => each.app)).toEqual(['Code']);
    expect(after.answers).toEqual({ accepted: 60 });
    expect(readFileSync(join(home, 'learned.json'), 'utf8')).not.toContain('Slack');
  });

  it('everything takes what was learnt along, a damaged file too', async () => {
    const home = folder();
    writeFileSync(join(home, 'learned.json'), '{"schema":"learned-1","apps":["Slack"');
    const { app, notes } = await start(home);
    expect(notes).toEqual([expect.stringContaining('learned.damaged-')]);
    await answered(app.log, 40, mostly);
    await app.handlers['reward.train']({});
    expect(existsSync(join(home, 'learned.json'))).toBe(true);
    await app.handlers['forget']({ everything: true });
    expect(readdirSync(home).filter((name) => name.startsWith('learned'))).toEqual([]);
    expect(await card(app)).toMatchObject({ versions: [{ id: 'shipped', inUse: true }], answers: {} });
  });

  it('forgotten answers are not learnt from again', async () => {
    const { app } = await start();
    await answered(app.log, 30, () => true);
    await answered(app.log, 30, () => false, { from: NOW - 86_400_000 });
    await card(app);
    await app.handlers['forget']({ from: NOW - 86_400_000, to: NOW });
    const trained = await app.handlers['reward.train']({});
    expect(trained.answers).toEqual({ accepted: 30 });
    expect(trained.versions[0]).toMatchObject({ id: 'v1', learntFrom: 30 });
  });
});

it('an edit before an accept is learnt from as a yes, and what is run is in the person’s words', async () => {
  const { app, searches } = await start();
  const held = letGo(NOW - 60_000, 'Code', {});
  await app.log.suggest({
    ...held,
    proposal: { ...held.proposal, operation: { kind: 'search', query: 'as proposed' } },
  });
  const done = await app.handlers['suggestions.answer']({
    id: held.id,
    answer: 'accept',
    task: 'in my own words, for ann@example.org',
    via: 'inbox',
  });
  expect(done.edited).toBe('in my own words, for [EMAIL_1]');
  await until('the search', () => searches.length > 0);
  expect(searches).toEqual([done.edited]);
  await until('the audit entry', async () => (await app.log.audits()).rows.length > 0);
  expect((await app.log.audits()).rows[0]!.arguments).toBe(done.edited);
  expect((await card(app)).answers).toEqual({ edited: 1 });
});
