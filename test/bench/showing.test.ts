import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/bench/random.ts';
import { annotatorRows, shownRow } from '../../src/bench/reward/annotators.ts';
import { fitScore, type JudgedOffer } from '../../src/bench/reward/offers.ts';
import { rankingRows } from '../../src/bench/reward/ranking.ts';
import { showingLines } from '../../src/cli/bench/showingLines.ts';
import { sigmoid } from '../../src/model/sigmoid.ts';

const folder = mkdtempSync(join(tmpdir(), 'showing-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Made-up people of four days: the first of each says yes often, the second seldom; the scores know the rest. */
function madeUp(): readonly JudgedOffer[] {
  const random = createRandom(7);
  return Array.from({ length: 4 }, (_, day) => day).flatMap((day) =>
    Array.from({ length: 12 }, (_, order) => order).flatMap((order) => {
      const need = 0.1 + 0.8 * random();
      return Array.from({ length: 4 }, (): JudgedOffer => {
        const score = 0.05 + 0.9 * random();
        const votes = [2, -2, 0].map((taste) => random() < sigmoid(Math.log(score / (1 - score)) + taste));
        return {
          trace: `day ${day}`,
          window: `${day} ${order}`,
          order,
          accepted: votes.filter(Boolean).length > 1,
          votes,
          need,
          judgement: Math.min(0.99, Math.max(0.01, score + 0.1 * (random() - 0.5))),
          score,
        };
      });
    }),
  );
}

const offers = madeUp();
const variances = new Map([0, 1, 2, 3].map((day) => [`day ${day}`, 1.5]));

describe('what would be shown', () => {
  it('equals an independent recount', () => {
    const file = join(folder, 'offers.json');
    writeFileSync(file, JSON.stringify(offers));
    const script = join(import.meta.dirname, 'recountShowing.mjs');
    const again = JSON.parse(execFileSync(process.execPath, [script, file, '1.5'], { encoding: 'utf8' }));
    const ranking = rankingRows(offers, 1);
    for (const [name, { accepted, votes }] of Object.entries<{ accepted: number; votes: number }>(
      again.ways,
    )) {
      const row = ranking.find((each) => each.name === name)!;
      expect([name, row.accepted, row.votes]).toEqual([
        name,
        expect.closeTo(accepted, 12),
        expect.closeTo(votes, 12),
      ]);
      expect(row.shown).toBe(10);
    }
    const earlier = annotatorRows(offers, variances, 1).find(({ name }) => name.startsWith('all earlier'))!;
    expect(earlier.votes).toBe(again.earlier.votes);
    expect(earlier.after.accuracy).toBeCloseTo(again.earlier.accuracy, 12);
  });

  it('counts every candidate alike where none is chosen', () => {
    const any = rankingRows(offers, 1)[0]!;
    expect(any.accepted).toBeCloseTo(offers.filter(({ accepted }) => accepted).length / offers.length, 12);
  });

  it('finds what people’s tastes add, more with more answers, the same for the same seed', () => {
    const people = annotatorRows(offers, variances, 1);
    expect(people.map(({ people: count }) => count)).toEqual([12, 12, 12]);
    for (const { before, after, ci } of people) {
      expect(after.auc).toBeGreaterThan(before.auc + 0.05);
      expect(ci['auc']![0]).toBeLessThanOrEqual(after.auc);
      expect(ci['auc']![1]).toBeGreaterThanOrEqual(after.auc);
    }
    const shown = shownRow(offers, variances, 1);
    expect(shown.events).toBe(144);
    expect(shown.frozen.shown).toBeLessThanOrEqual(29);
    expect(shown.learning.shown).toBeLessThanOrEqual(29);
    expect(shown.learning.accepted).toBeGreaterThan(shown.frozen.accepted);
    expect(annotatorRows(offers, variances, 1)).toEqual(people);
  });

  it('is said in lines, and not where nothing was ranked', () => {
    const showing = {
      ranking: rankingRows(offers, 1),
      people: annotatorRows(offers, variances, 1),
      shown: shownRow(offers, variances, 1),
      variances: [1.5],
    };
    expect(showingLines(showing).join('\n')).toContain('One task at 10 of 48 events');
    expect(showingLines(null)).toEqual([]);
  });
});

describe('the weights of the score', () => {
  it('let neither need nor judgement count against', () => {
    const against = offers.map((offer) => ({ ...offer, need: 1 - offer.score }));
    const weights = fitScore(against.map((offer) => ({ ...offer, judgement: 0.5 })));
    expect(weights.need).toBe(0);
    const fair = fitScore(offers);
    expect(fair.judgement).toBeGreaterThan(0.3);
  });
});
