import { describe, expect, it } from 'vitest';
import { killBench } from '../bench/kill.ts';

describe('kill -9', () => {
  it('loses nothing that was acknowledged, and opens again', async () => {
    const report = await killBench(5);
    expect(report).toMatchObject({ kills: 5, lost: 0, badIntegrity: 0, notes: 0 });
    expect(report.acknowledged).toBeGreaterThan(0);
  }, 120_000);
});
