import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/bench/random.ts';
import { sigmoid } from '../../src/model/sigmoid.ts';
import { fitFigures } from '../../src/reward/fitFigures.ts';
import { learn, LEAST_LESSONS, type Lesson, MOST_LESSONS } from '../../src/reward/learn.ts';
import { MOST_BIAS } from '../../src/reward/taste.ts';

/** Answers of a user who adds `taste` to every score. */
function answers(
  count: number,
  taste: (at: number, app: string) => number,
  seed = 1,
  apps: readonly string[] = ['Code', 'Chromium'],
): Lesson[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const app = apps[Math.floor(random() * apps.length)]!;
    const logit = 3 * (random() - 0.5);
    return { at, logit, app, kind: 'pattern:error', accepted: random() < sigmoid(logit + taste(at, app)) };
  });
}

describe('figures of a fit', () => {
  it('are those of a small case worked out by hand', () => {
    const told = [
      { said: 0.9, accepted: true },
      { said: 0.6, accepted: false },
      { said: 0.4, accepted: true },
      { said: 0.1, accepted: false },
    ];
    expect(fitFigures(told)).toEqual({
      answers: 4,
      accuracy: 0.5,
      auc: 0.75,
      brier: expect.closeTo((0.01 + 0.36 + 0.36 + 0.01) / 4),
      logLoss: expect.closeTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.9)) / 4),
    });
  });

  it('have no AUC over one kind of answer, and nothing over none; ties count half', () => {
    expect(fitFigures([{ said: 1, accepted: false }])).toMatchObject({ auc: null, brier: 1 });
    expect(fitFigures([{ said: 1, accepted: false }]).logLoss).toBeCloseTo(-Math.log(1e-6));
    expect(fitFigures([])).toEqual({ answers: 0, accuracy: null, auc: null, brier: null, logLoss: null });
    const tied = [true, false].map((accepted) => ({ said: 0.5, accepted }));
    expect(fitFigures(tied).auc).toBe(0.5);
  });
});

describe('learning from the answers', () => {
  it('learns that a user says yes, and does better on what it had not seen', async () => {
    const { taste, refused, figures, lessons } = await learn(
      answers(80, () => 1.5),
      { version: 'v1' },
    );
    expect(refused).toBeUndefined();
    expect(lessons).toBe(80);
    expect(taste.version).toBe('v1');
    expect(taste.bias('pattern:error', 'Code')).toBeGreaterThan(0.7);
    expect(figures!.here.logLoss).toBeLessThan(figures!.shipped.logLoss!);
    expect(figures!.here.accuracy).toBeGreaterThanOrEqual(figures!.shipped.accuracy!);
    expect(figures!.here.answers).toBe(figures!.majority.answers);
  });

  it('learns that one app is hated, where held-back answers agree', async () => {
    const { taste } = await learn(
      answers(200, (_, app) => (app === 'Chromium' ? -3 : 1)),
      { version: 'v1' },
    );
    expect(taste.bias('pattern:error', 'Chromium')).toBeLessThan(taste.bias('pattern:error', 'Code') - 2);
  });

  it('refuses, in one sentence, what does not foretell better than the shipped model', async () => {
    const { refused, figures } = await learn(
      answers(60, () => 0, 3),
      { version: 'v1' },
    );
    expect(figures!.here.logLoss).toBeGreaterThanOrEqual(figures!.shipped.logLoss!);
    expect(refused).toMatch(
      /^What was learnt foretells no better than the shipped model on 48 of your answers/,
    );
    expect(refused!.match(/\.(?:\s|$)/g)).toHaveLength(1);
    expect(refused!.length).toBeLessThanOrEqual(400);
  });

  it('refuses what is right less often, though surer', async () => {
    // Yes at low scores and no at scores just above even, in turn: any bias makes one of them wrong.
    const mixed = Array.from({ length: 40 }, (_, at): Lesson => ({
      at,
      kind: 'model',
      ...(at % 4 === 3
        ? { logit: -0.1, accepted: false }
        : { logit: at % 4 === 0 ? -2.5 : 0.1, accepted: true }),
    }));
    const { figures, refused } = await learn(mixed, { version: 'v1' });
    expect(figures!.here.logLoss).toBeLessThan(figures!.shipped.logLoss!);
    expect(figures!.here.accuracy).toBeLessThan(figures!.shipped.accuracy!);
    expect(refused).toContain('right less often');
  });

  it.each([0, 1, LEAST_LESSONS - 1])('says that %i answers are too few', async (count) => {
    const { refused, figures } = await learn(
      answers(count, () => 2),
      { version: 'v1' },
    );
    expect(refused).toMatch(/too few to learn from: 5 are wanted\.$/);
    expect(figures).toBeUndefined();
  });

  it('takes the newest of very many, awake between the fits', async () => {
    const many = answers(10_000, (at) => (at < 8000 ? -2 : 2));
    let turns = 0;
    const { lessons, taste } = await learn(many, {
      version: 'v1',
      async breathe() {
        turns += 1;
      },
    });
    expect(lessons).toBe(MOST_LESSONS);
    expect(taste.bias('pattern:error', 'Code')).toBeGreaterThan(1);
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  it('does not test itself on moments that the person chose', async () => {
    const pressed = answers(30, () => 9).map((each): Lesson => ({ ...each, ownAccord: true, weight: 0.5 }));
    const { figures, refused } = await learn(pressed, { version: 'v1' });
    expect(figures!.here.answers).toBe(0);
    expect(refused).toContain('could be held back');
  });

  it('is the same whatever order the answers come in', async () => {
    const all = answers(50, () => 1);
    const one = await learn(all, { version: 'v1' });
    const other = await learn(all.toReversed(), { version: 'v1' });
    expect(other.taste.learnt).toEqual(one.taste.learnt);
    expect(other.figures).toEqual(one.figures);
  });
});

describe('answers that no honest log holds', () => {
  const odd = (count: number, logit: (at: number) => number): Lesson[] =>
    Array.from({ length: count }, (_, at) => ({
      at,
      logit: logit(at),
      accepted: true,
      kind: 'pattern:error',
      weight: 3,
    }));

  it('a score that is no number is not learnt from and stops nothing', async () => {
    const told = [...answers(40, () => 1.5), ...odd(3, (at) => [NaN, Infinity, -Infinity][at]!)];
    const { taste, lessons } = await learn(told, { version: 'v1' });
    expect(lessons).toBe(40);
    expect(Number.isFinite(taste.bias('pattern:error', 'Code'))).toBe(true);
    expect(fitFigures([NaN, NaN, 0.5].map((said, at) => ({ said, accepted: at > 0 }))).answers).toBe(3);
  });

  it('a taste stays within what a stored version holds, however far the shipped score is off', async () => {
    const { taste } = await learn(
      odd(600, () => -12),
      { version: 'v1' },
    );
    expect(taste.learnt.bias).toBe(MOST_BIAS);
  });
});
