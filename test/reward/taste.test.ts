import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../src/model/sigmoid.ts';
import { createTaste, fitTaste, NO_TASTE, type RatedOffer, TASTE_VARIANCE } from '../../src/reward/taste.ts';
import { createRandom } from '../../src/bench/random.ts';

/** Answers of a made-up user whose log-odds are the score's plus `taste`. */
function answersOf(
  count: number,
  taste: (kind: string, app: string) => number,
  seed = 1,
): readonly RatedOffer[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const kind = ['pattern:error', 'pattern:long-document', 'model'][Math.floor(random() * 3)]!;
    const app = ['Editor', 'Browser', 'Mail', 'Terminal'][Math.floor(random() * 4)]!;
    const logit = 4 * random() - 2;
    return { logit, kind, app, accepted: random() < sigmoid(logit + taste(kind, app)) };
  });
}

describe('fitTaste', () => {
  it('knows nothing without answers, and moves a little with one', () => {
    expect(fitTaste([]).bias('model', 'Mail')).toBe(0);
    expect(NO_TASTE.bias('model', undefined)).toBe(0);
    const no = fitTaste([{ logit: 0, accepted: false, kind: 'model' }]);
    expect(no.bias('model', undefined)).toBeLessThan(-0.3);
    expect(no.bias('model', undefined)).toBeGreaterThan(-1);
    expect(no.answers).toBe(1);
  });

  it('is the mode of prior and answers: the gradient is still there', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ logit: fc.double({ min: -30, max: 30, noNaN: true }), accepted: fc.boolean() }),
          {
            minLength: 1,
            maxLength: 40,
          },
        ),
        (answers) => {
          const { learnt } = fitTaste(answers.map((each) => ({ ...each, kind: 'model' })));
          const gradient = answers.reduce(
            (sum, { logit, accepted }) => sum + Number(accepted) - sigmoid(logit + learnt.bias),
            -learnt.bias / TASTE_VARIANCE,
          );
          expect(gradient).toBeCloseTo(0, 4);
        },
      ),
    );
  });

  it('finds one bias where the user has one, and no more', () => {
    const { learnt } = fitTaste(answersOf(400, () => -1.2));
    expect(learnt.bias).toBeCloseTo(-1.2, 0);
    expect([...learnt.kinds, ...learnt.apps]).toEqual([]);
  });

  it('finds the kind and the app that a user minds, since answers left out agree', () => {
    const minds = (kind: string, app: string) =>
      (kind === 'model' ? -2 : 0.5) + (app === 'Mail' ? -2 : app === 'Editor' ? 1 : 0);
    const taste = fitTaste(answersOf(600, minds));
    expect(taste.learnt.kinds).toHaveLength(3);
    expect(taste.learnt.apps).toHaveLength(4);
    for (const kind of ['model', 'pattern:error'])
      for (const app of ['Mail', 'Editor', 'Browser'])
        expect(Math.abs(taste.bias(kind, app) - minds(kind, app))).toBeLessThan(0.6);
    expect(taste.bias('pattern:new', 'Other')).toBe(taste.learnt.bias);
  });

  it('rarely takes a chance for a kind or an app', () => {
    const seeds = Array.from({ length: 60 }, (_, at) => at + 1);
    const fooled = seeds.filter((seed) => {
      const { kinds, apps } = fitTaste(answersOf(40, () => 0, seed)).learnt;
      return kinds.length + apps.length > 0;
    });
    expect(fooled.length).toBeLessThan(6);
  });

  it('says the same of the same, from what a version keeps too', () => {
    const answers = answersOf(300, (kind) => (kind === 'model' ? -2 : 1));
    const taste = fitTaste(answers);
    expect(JSON.stringify(fitTaste(answers))).toBe(JSON.stringify(taste));
    const again = createTaste('kept', JSON.parse(JSON.stringify(taste.learnt)));
    for (const kind of ['model', 'pattern:error', 'unknown'])
      expect(again.bias(kind, 'Mail')).toBe(taste.bias(kind, 'Mail'));
  });
});
