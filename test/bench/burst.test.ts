import { describe, expect, it } from 'vitest';
import { burst } from './burst.ts';
import { ratioBench } from './ratio.ts';

describe('bursts', () => {
  for (const rate of [1667, 20_000]) {
    it(`of ${rate} events a second lose nothing that was acknowledged, and count the rest`, async () => {
      const report = await burst(rate, 1);
      expect(report).toMatchObject({
        offered: rate,
        refused: 0,
        lost: 0,
        unexplained: 0,
        told: report.offered - report.stored,
        integrity: 'ok',
      });
      expect(report.acknowledged).toBe(report.stored);
      // On a busy machine the load takes longer, and each second may have some of its own.
      expect(report.observations).toBeLessThan(rate / 3);
    }, 120_000);
  }

  it('go through the pipeline beside SQLite alone', async () => {
    const { perSecond } = await ratioBench(1, 1000);
    expect(Math.min(...Object.values(perSecond).map((each) => each.median))).toBeGreaterThan(0);
  }, 60_000);
});
