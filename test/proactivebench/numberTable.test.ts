import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createNumberTable } from '../../src/proactivebench/numberTable.ts';

it('keeps what a Map keeps, through growth and over equal places', () => {
  const key = fc.oneof(
    fc.integer({ min: 0, max: 40 }),
    fc.maxSafeNat(),
    fc.nat(3).map((n) => n * 2 ** 32),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: 1, max: 255 })), { maxLength: 3000 }), (pairs) => {
      const table = createNumberTable();
      const known = new Map<number, number>();
      for (const [each, flags] of pairs) {
        expect(table.get(each)).toBe(known.get(each) ?? 0);
        table.set(each, flags);
        known.set(each, flags);
      }
      expect(table.size()).toBe(known.size);
      for (const [each, flags] of known) expect(table.get(each)).toBe(flags);
    }),
    { numRuns: 60 },
  );
});
