import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGate, GateWeights } from '../../src/agent/gate.ts';
import { readPrompt } from '../../src/agent/prompt.ts';
import { measureTier, type TierMoment } from '../../src/bench/tier/measure.ts';
import { fits, readScenes, repeated, type Scene } from '../../src/bench/tier/scenes.ts';
import { createFakeLlm, type FakeScript } from '../../src/llm/fake.ts';
import { Measured } from '../../src/llm/measured.ts';
import { refusals } from '../../src/llm/tier.ts';
import { createPaths } from '../../src/paths.ts';
import { benchRun } from './run.ts';

const { assets } = createPaths();
const weights = GateWeights.parse(JSON.parse(readFileSync(join(assets, 'gate.json'), 'utf8')));
const prompt = readPrompt(join(assets, 'prompts', 'decide-1.json'));
const { scenes } = readScenes(join(assets, 'scenes', 'measure-1.json'));

const sceneOf = (text: string): Scene =>
  scenes.find(({ events }) => events.every((each) => text.includes(each)))!;
const offer = (task: string) =>
  `true,"task":"${task}","message":"Shall I?","why":"it was searched","operation":"chat","argument":"${task}"}`;
const goodTask = (scene: Scene) =>
  `Write a short note: ${scene.wanted.map(([first]) => first).join(' and ')}`;

function measure(
  replies: Exclude<NonNullable<FakeScript['replies']>, readonly unknown[]>,
  bench: readonly TierMoment[] | null = null,
  signal = new AbortController().signal,
) {
  return measureTier(benchRun({ signal }), {
    llm: createFakeLlm({ replies, info: { alias: 'fake', digest: 'f'.repeat(64) } }),
    prompt,
    gate: createGate(weights),
    threshold: 0.5,
    modelThreshold: 0.5,
    scenes,
    bench,
    now: 1000,
  });
}
const asked = (said: (scene: Scene) => string) =>
  measure((request) => said(sceneOf(request.messages.at(-1)!.content)));

describe('our own scenes', () => {
  it('are thirty and more, of both kinds, and each is fit by a task that names what is wanted', () => {
    expect(scenes.length).toBeGreaterThanOrEqual(30);
    expect(scenes.filter(({ need }) => !need).length).toBeGreaterThanOrEqual(10);
    expect(new Set(scenes.map(({ id }) => id)).size).toBe(scenes.length);
    for (const scene of scenes.filter(({ need }) => need))
      expect([scene.id, fits(goodTask(scene), scene)]).toEqual([scene.id, true]);
  });

  it('are fit by no narration, no sentence said again, no bare noun and no other topic', () => {
    const scene = scenes.find(({ id }) => id === 'beetroot')!;
    expect(fits('Compare the advice on beetroot spacing', scene)).toBe(true);
    for (const task of [
      'The user searched Google for beetroot spacing',
      "searched Google for 'beetroot spacing' in Firefox",
      'beetroot',
      'Help the user',
      'Compare the advice on garlic spacing',
    ])
      expect([task, fits(task, scene)]).toEqual([task, false]);
  });

  it('know the task that is said everywhere', () => {
    expect(repeated(['Sort the list', 'sort a list', 'Sort lists', 'Sort the list', 'Plan it'], 36)).toEqual(
      new Set(['Sort the list', 'sort a list', 'Sort lists']),
    );
    expect(repeated(['Sort the list', 'Sort the list'], 36)).toEqual(new Set());
  });
});

describe('measureTier', () => {
  it('shows a model that speaks where help is wanted and of what is wanted', async () => {
    const measured = await asked((scene) => (scene.need ? offer(goodTask(scene)) : 'false}'));
    expect(Measured.parse(measured)).toMatchObject({
      digest: 'f'.repeat(64),
      alias: 'fake',
      promptVersion: prompt.version,
      shows: true,
      reasons: [],
      scenes: { moments: scenes.length, needed: 24, parsed: 1, fitting: 1, offers: 24 },
    });
    expect(measured!.scenes.f1).toBeGreaterThanOrEqual(measured!.scenes.gateF1);
  });

  it.each([
    ['never speaks', () => 'false}', /offered something 0 times/],
    ['writes no JSON', () => 'nothing of the kind', /replies could be read/],
    ['says the same everywhere', () => offer('Collect what the pages say'), /offers fit what was wanted/],
    [
      'tells what the person does',
      (scene: Scene) => offer(`The user ${scene.wanted.flat().join(' ')}`.slice(0, 110)),
      /offers fit what was wanted/,
    ],
    [
      'speaks where quiet is wanted and not where help is',
      (scene: Scene) =>
        scene.need && scene.id < 'm' ? 'false}' : offer(scene.need ? goodTask(scene) : 'Plan it'),
      /make the gate worse/,
    ],
  ])('hides a model that %s', async (_, said, why) => {
    const measured = await asked(said);
    expect(measured!.shows).toBe(false);
    expect(measured!.reasons.join('; ')).toMatch(why);
  });

  it('wants both where data is named: a model that fits the scenes alone stays hidden', async () => {
    const good = (request: { readonly messages: readonly { readonly content: string }[] }) => {
      const scene = sceneOf(request.messages.at(-1)!.content);
      return scene?.need === false ? 'false}' : offer(scene ? goodTask(scene) : 'Plan something else');
    };
    const moment = (fitting: boolean): TierMoment => ({
      needed: true,
      observations: [
        {
          id: '01890000-0000-7000-8000-000000000000',
          time: 1_760_000_000_000,
          duration: 0,
          kind: 'described',
          event: "The user searched for 'harbour ferry timetable'.",
          sources: ['01890000-0000-7000-8000-000000000000'],
        },
      ],
      fits: () => fitting,
    });
    // Said to two moments at most, else it would count as a task for everything.
    const fine = await measure(good, [moment(true), moment(true)]);
    expect([fine!.bench!.fitting, fine!.shows]).toEqual([1, true]);
    const not = await measure(good, [moment(false), moment(false)]);
    expect([not!.bench!.fitting, not!.shows]).toEqual([0, false]);
    expect(not!.reasons.join()).toMatch(/on the data named/);
  });

  it('wants no less than the patterns reach, and an offer in time', () => {
    const figures = {
      moments: 10,
      needed: 10,
      parsed: 1,
      f1: 0.8,
      gateF1: 0.8,
      fitting: 0.7,
      patternsFitting: 0.7,
      offers: 10,
    };
    expect(refusals({ scenes: figures, bench: null, offerSeconds: 3 })).toEqual([]);
    expect(refusals({ scenes: { ...figures, patternsFitting: 0.8 }, bench: null, offerSeconds: 3 })).toEqual([
      '70 % of its offers fit what was wanted on our own scenes, and 80 % must',
    ]);
    expect(refusals({ scenes: figures, bench: null, offerSeconds: 60 })[0]).toMatch(/60 s on this computer/);
  });

  it('says nothing when it is interrupted', async () => {
    expect(await measure(() => 'false}', null, AbortSignal.abort())).toBeNull();
  });
});
