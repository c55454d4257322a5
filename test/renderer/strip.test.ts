import { describe, expect, it } from 'vitest';
import { newId } from '../../src/model/id.ts';
import type { Stay } from '../../src/model/log.ts';
import { dayStrip } from '../../renderer/today/strip.ts';
import { remaining } from '../../renderer/ui/Ring.tsx';

const HOUR = 3_600_000;
const NINE = new Date(2026, 2, 3, 9).getTime();

function focus(app: string, at: number, duration: number): Stay {
  return { id: newId(at), time: at, duration, app };
}

describe('the day strip', () => {
  it('gives a stretch to the app that held it longest, and counts each app', () => {
    const strip = dayStrip([focus('B', NINE + HOUR, 2 * HOUR), focus('A', NINE, HOUR)], NINE + 4 * HOUR);
    expect(strip?.apps).toEqual([
      { app: 'B', ms: 2 * HOUR },
      { app: 'A', ms: HOUR },
    ]);
    expect(strip?.from).toBe(NINE);
    expect(strip?.stretches.map((each) => each.app)).toEqual(['A', 'B', null]);
    expect(strip?.stretches.reduce((sum, each) => sum + each.share, 0)).toBeCloseTo(1);
  });

  it('ends a focus where the next one begins', () => {
    const strip = dayStrip([focus('A', NINE, 5 * HOUR), focus('B', NINE + HOUR, HOUR)], NINE + 3 * HOUR);
    expect(strip?.apps).toContainEqual({ app: 'A', ms: HOUR });
  });

  it('is nothing without a focus', () => {
    expect(dayStrip([], NINE)).toBeNull();
  });
});

describe('the ring', () => {
  it('empties from shown to until, and runs afresh for the clock of a recorded day', () => {
    expect(remaining(1000, 2000, 1000, 1250)).toBe(0.75);
    expect(remaining(1000, 2000, 1000, 9000)).toBe(0);
    expect(remaining(1000, 2000, 5_000_000, 5_000_500)).toBe(0.5);
  });
});
