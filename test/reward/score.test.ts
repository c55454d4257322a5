import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsFromSentences } from '../../src/agent/facts.ts';
import { openReward } from '../../src/app/rewardHere.ts';
import type { Offered } from '../../src/model/agent.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { createScore, createScoreLogit, type ScoreWeights } from '../../src/reward/score.ts';
import { readShippedReward } from '../../src/reward/shipped.ts';
import { FACTS_READ } from '../../src/reward/situatedFeatures.ts';
import { createTaste, NO_TASTE } from '../../src/reward/taste.ts';
import { testJudge } from '../suites/judge.ts';

const ASSETS = join(import.meta.dirname, '../../src/assets');

const weights: ScoreWeights = {
  bias: -0.1,
  need: 0.5,
  judgement: 0.7,
  judgementMean: -0.4,
  kinds: [
    { kind: 'pattern:', bias: 1, source: 'test' },
    { kind: 'pattern:error', bias: 2, source: 'test' },
  ],
};

const offered = (need: number, accept: number | null, proposer: string, app?: string): Offered => ({
  need: { probability: need, reasons: [] },
  proposal: { proposer } as Proposal,
  ...(accept !== null && { judgement: { judgement: 'accepted', probability: accept, by: 'test' } }),
  ...(app !== undefined && { app }),
});

describe('the score', () => {
  it('adds need, judgement and the prior of the kind: the nearest name that there is', () => {
    const logit = createScoreLogit(weights);
    expect(logit(offered(0.5, 0.5, 'model'))).toBeCloseTo(-0.1, 12);
    expect(logit(offered(0.5, 0.5, 'pattern:renamed'))).toBeCloseTo(0.9, 12);
    expect(logit(offered(0.5, 0.5, 'pattern:error'))).toBeCloseTo(1.9, 12);
    expect(logit(offered(0.5, null, 'model'))).toBeCloseTo(-0.1 + 0.7 * -0.4, 12);
    expect(logit(offered(0.8, 0.2, 'model'))).toBeCloseTo(-0.1 + 0.5 * Math.log(4) - 0.7 * Math.log(4), 12);
  });

  it('is a probability whatever comes, and what a taste adds is in it', () => {
    for (const need of [0, 0.5, 1])
      for (const accept of [0, 0.5, 1, null]) {
        const p = createScore(weights, () => NO_TASTE)(offered(need, accept, 'model'));
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThan(1);
      }
    let taste = createTaste('strict', {
      bias: -1,
      kinds: [{ kind: 'model', bias: -1 }],
      apps: [{ app: 'Mail', bias: 3 }],
    });
    const score = createScore(weights, () => taste);
    const at = (app?: string) => score(offered(0.5, 0.5, 'model', app));
    expect(Math.log(at() / (1 - at()))).toBeCloseTo(-2.1, 12);
    expect(Math.log(at('Mail') / (1 - at('Mail')))).toBeCloseTo(0.9, 12);
    taste = NO_TASTE;
    expect(Math.log(at('Mail') / (1 - at('Mail')))).toBeCloseTo(-0.1, 12);
  });
});

describe('the shipped reward model', () => {
  const reward = openReward({ assets: ASSETS });
  testJudge('the shipped judge', () => openReward({ assets: ASSETS }).judge);

  it('reads only facts that the gate knows', () => {
    const known = factsFromSentences([{ time: 0, event: 'The user reads.' }], 0).map(({ name }) => name);
    expect(FACTS_READ.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('holds no words of anybody, is small, and says where its numbers come from', () => {
    const { judge, score, card } = reward.weights;
    expect(judge.vocabulary).toBeNull();
    expect(judge.middle.at).toEqual([]);
    expect(JSON.stringify(reward.weights).length).toBeLessThan(20_000);
    expect(score.kinds.find(({ kind }) => kind === 'pattern:')?.source).toMatch(/\d+ of \d+/);
    expect(card.measured).toMatch(/Leave-traces-out: accuracy 0\.\d+, AUC 0\.\d+/);
  });

  it('prefers what is about the last step, and silence while nothing is asked', async () => {
    const seen = (events: readonly string[]) =>
      events.map((event, at) => ({
        id: `${at}`,
        time: at,
        duration: 0,
        kind: 'described' as const,
        event,
        sources: [],
      }));
    const searching = seen([
      'The user opens the file harvest.md in an editor.',
      "The user searches for 'sharpen a plane iron' on Google.",
    ]);
    const say = async (task: string | null, events = searching) =>
      (await reward.judge.judge(events as never, task === null ? null : ({ task } as Proposal))).probability;
    expect(await say('Provide an example of how to sharpen a plane iron')).toBeGreaterThan(
      await say('Help the user to organise the harvest file'),
    );
    const clicking = seen([
      'The user opens the file harvest.md in an editor.',
      'The user clicks the left mouse button in the editor.',
    ]);
    expect(await say(null, clicking)).toBeGreaterThan(await say(null));
  });

  it('says which file is broken, and how to mend it', () => {
    expect(() => readShippedReward(join(ASSETS, 'none.json'))).toThrow(
      /none\.json.*install the program again/,
    );
    expect(() => readShippedReward(join(ASSETS, 'gate.json'))).toThrow(/does not hold the weights/);
  });
});
