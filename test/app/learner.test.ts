import { expect, it } from 'vitest';
import { memoryVersions } from '../../src/bench/learning/memoryVersions.ts';
import { createLearner } from '../../src/app/learner.ts';
import { createRate } from '../../src/app/rating.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { Feedback } from '../../src/model/feedback.ts';
import { answered, letGo, NOW, sighting } from './learnt.ts';

const rate = createRate({ logit: () => 0, need: () => ({ probability: 0.5, reasons: [] }) });

function setup() {
  const log = createMemoryLog({ now: () => NOW });
  let study: string | null = null;
  const learner = createLearner({
    versions: memoryVersions(),
    log,
    clock: { now: () => NOW },
    learning: () => true,
    held: () => study,
    rate,
    shipped: 'as shipped',
    onChange() {},
    onNote(line) {
      throw new Error(line);
    },
  });
  return { log, learner, begin: (why: string | null) => void (study = why) };
}

it('a study decides with the shipped model and learns nothing; what was learnt is there after it', async () => {
  const { log, learner, begin } = setup();
  await answered(log, 40, (n) => n % 5 !== 0);
  await learner.train();
  expect(learner.taste().version).toBe('v1');
  expect(learner.taste().bias('model', 'Code')).toBeGreaterThan(0.5);

  begin('a study is in force');
  expect(learner.taste()).toMatchObject({ version: 'none' });
  expect(learner.taste().bias('model', 'Code')).toBe(0);
  await answered(log, 20, () => true, { from: NOW - 86_400_000 });
  for (const row of (await log.feedbacks({ limit: 20 })).rows) learner.answered(row);
  await learner.idle();
  const held = await learner.train();
  expect(held).toMatchObject({ refused: 'a study is in force', versions: [{ id: 'v1' }, { inUse: true }] });

  begin(null);
  expect(learner.taste().version).toBe('v1');
  expect((await learner.train()).versions[0]).toMatchObject({ id: 'v2', learntFrom: 60 });
});

it('lets others run while thousands of answers are learnt from', async () => {
  const { log, learner } = setup();
  await answered(log, 2000, (n) => n % 5 !== 0, { app: (n) => `app ${n % 40}` });
  let turns = 0;
  let on = true;
  const beat = () => {
    turns += 1;
    if (on) setImmediate(beat);
  };
  setImmediate(beat);
  await learner.train();
  on = false;
  // Ten trials and the last fit each let others run.
  expect(turns).toBeGreaterThan(10);
});

it('rates by what was logged: weight by propensity, bounded; a pressed key counts half and is no test', async () => {
  const one = letGo(NOW, 'Slack');
  const row = (more: Partial<Feedback>): Feedback => ({
    id: one.id,
    at: NOW,
    seen: [sighting(NOW, 'Slack')],
    label: 'missed-need',
    latency: 0,
    via: 'digest',
    ...more,
  });
  const policy = (propensity: number) => ({ threshold: 0.5, propensity, eagerness: 0.4 });
  const lesson = await rate(row({ label: 'rejected', proposal: one.proposal, policy: policy(1) }), one);
  expect(lesson).toEqual({ at: NOW, app: 'Slack', weight: 1, logit: 0, accepted: false, kind: 'test' });
  expect(await rate(row({ needed: false, policy: policy(0.015) }), null)).toMatchObject({
    weight: 3,
    accepted: false,
    kind: 'moment',
  });
  expect(await rate(row({ needed: true, policy: policy(0.5) }), null)).toMatchObject({
    weight: 2,
    accepted: true,
  });
  expect(await rate(row({ via: 'hotkey' }), null)).toMatchObject({
    weight: 0.5,
    ownAccord: true,
    accepted: true,
  });
  expect(await rate(row({ label: 'ignored', proposal: one.proposal }), one)).toBeNull();
});
