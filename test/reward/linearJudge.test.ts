import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.ts';
import type { Proposal } from '../../src/model/proposal.ts';
import { ABOUT_LAST, FEATURE_NAMES } from '../../src/reward/features.ts';
import {
  createLinearJudge,
  createLinearScore,
  fitLinearJudges,
  type JudgedMoment,
  JudgeWeights,
} from '../../src/reward/linearJudge.ts';
import { testJudge } from '../suites/judge.ts';

const seas = ['tide', 'harbour', 'swell', 'current', 'ferry', 'anchor'];

/** Made-up days: a summary is taken, an offer to open something is not, silence is right unless there is a search. */
const moments: readonly JudgedMoment[] = seas.flatMap((sea) => {
  const searched = [
    `The user opens the file '${sea}.md'.`,
    `The user searches for '${sea} tables' on Google.`,
  ];
  const typed = [...searched, 'The user types a note in the editor.'];
  return [
    { events: searched, task: `Summarize the ${sea} tables on this page`, accepted: true },
    { events: searched, task: 'Open a window to help the user', accepted: false },
    { events: searched, task: null, accepted: false },
    { events: typed, task: null, accepted: true },
    { events: typed, task: `Help to open the ${sea} file`, accepted: false },
  ];
});
const noFacts = () => [];
const shape = { words: true, features: FEATURE_NAMES };

testJudge('the linear judge', () => {
  const [weights] = fitLinearJudges(moments, { name: 'test-1', shape, ridges: [1] });
  return createLinearJudge(weights!, noFacts);
});

describe('linear judge', () => {
  it.each([
    ['words', { words: true, features: [] }],
    ['features', { words: false, features: FEATURE_NAMES }],
    ['both', shape],
  ])('learns what there is to learn from %s', (_, each) => {
    const [weights] = fitLinearJudges(moments, { name: 'test-1', shape: each, ridges: [0.1] });
    const score = createLinearScore(weights!);
    for (const moment of moments) expect(score(moment) >= 0.5).toBe(moment.accepted);
  });

  it('says the same from a file as at once, and signs with its name', async () => {
    const [weights] = fitLinearJudges(moments, { name: 'test-1', shape, ridges: [1] });
    const judge = createLinearJudge(JudgeWeights.parse(JSON.parse(JSON.stringify(weights))), noFacts);
    const observations = moments[0]!.events.map((event) => ({ event })) as Observation[];
    const proposal = { task: moments[0]!.task } as Proposal;
    expect(await judge.judge(observations, proposal)).toEqual({
      judgement: 'accepted',
      probability: createLinearScore(weights!)(moments[0]!),
      by: 'test-1',
    });
    expect((await judge.judge(observations, null)).judgement).toBe('rejected');
    expect((await judge.judge([], null)).probability).toBeGreaterThan(0);
  });

  it('sees that a task is about the last event by words that no earlier day held', () => {
    const [weights] = fitLinearJudges(moments, {
      name: 'near',
      shape: { words: false, features: [ABOUT_LAST] },
      ridges: [1],
    });
    const score = createLinearScore(weights!);
    const events = ['The user opens a map.', 'The user looks up marzipan recipes.'];
    expect(score({ events, task: 'List marzipan recipes' })).toBeGreaterThan(
      score({ events, task: 'List nougat fillings' }),
    );
  });

  it('shrinks with the ridge, the same each time, whichever ridge came before', () => {
    const both = fitLinearJudges(moments, { name: 'a', shape, ridges: [0.1, 100] });
    const alone = fitLinearJudges(moments, { name: 'a', shape, ridges: [100] });
    const size = (weights: JudgeWeights) =>
      Math.hypot(...weights.words.task, ...weights.features.map(({ weight }) => weight));
    expect(size(both[1]!)).toBeLessThan(size(both[0]!));
    expect(both[1]!.bias).toBeCloseTo(alone[0]!.bias, 5);
    expect(fitLinearJudges(moments, { name: 'a', shape, ridges: [0.1, 100] })).toEqual(both);
  });

  it('refuses weights that do not fit together', () => {
    const [weights] = fitLinearJudges(moments, { name: 'a', shape, ridges: [1] });
    const short = { ...weights!, words: { ...weights!.words, task: [1] } };
    expect(JudgeWeights.safeParse(short).success).toBe(false);
    const odd = { ...weights!, features: [{ name: 'luck', mean: 0, scale: 1, weight: 1 }] };
    expect(JudgeWeights.safeParse(odd).success).toBe(false);
    expect(JudgeWeights.safeParse(weights).success).toBe(true);
  });
});
