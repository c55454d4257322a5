import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StudyFile } from '../../src/model/study.ts';
import { armAt } from '../../src/study/arms.ts';
import { exampleFile } from './file.ts';

const withArms = (by: string, more: object = {}, of: object[] = [{ id: 'aa' }, { id: 'bb' }]) =>
  StudyFile.parse({ ...exampleFile(), arms: { by, seed: 'seed', of, ...more } });
/** Noon of a day, local time. */
const noon = (day: number) => new Date(2026, 2, day, 12).getTime();
const counts = (arms: readonly (string | undefined)[]) =>
  arms.reduce<Record<string, number>>((all, arm) => ({ ...all, [arm!]: (all[arm!] ?? 0) + 1 }), {});

it('the same seed, participant and moment give the same arm, another seed another order', () => {
  const file = withArms('day');
  const order = (seed: string) =>
    Array.from({ length: 40 }, (_, day) => armAt(withArms('day', { seed }), 'p-01', noon(day))?.id);
  fc.assert(fc.property(fc.integer({ min: 0, max: 2e12 }), (at) => armAt(file, 'p-01', at) !== null));
  expect(order('seed')).toEqual(order('seed'));
  expect(order('seed')).not.toEqual(order('another'));
  // Written down, so that a change of the dealing cannot pass unseen: it would break studies that run.
  expect(order('seed').slice(0, 10).join(' ')).toMatchInlineSnapshot(`"aa bb aa bb aa bb aa bb bb aa"`);
});

it('by day: one arm a day, in blocks that hold every arm as often as its weight', () => {
  const file = withArms('day', {}, [{ id: 'aa', weight: 2 }, { id: 'bb' }]);
  for (const participant of ['p-01', 'p-02', 'anna']) {
    const days = Array.from({ length: 300 }, (_, day) => {
      const at = new Date(2026, 2, day);
      const dealt = [0, 9, 23].map(
        (hour) => armAt(file, participant, at.getTime() + hour * 3_600_000 + 1)?.id,
      );
      expect(new Set(dealt.slice(0, 2)).size).toBe(1);
      return dealt[1];
    });
    const { aa = 0, bb = 0 } = counts(days);
    // 300 days are 100 blocks, the first and last of which may be cut.
    expect([Math.abs(aa - 200) <= 2, Math.abs(bb - 100) <= 1]).toEqual([true, true]);
  }
  const first = (participant: string) =>
    Array.from({ length: 30 }, (_, day) => armAt(file, participant, noon(day))?.id).join();
  expect(first('p-01')).not.toBe(first('p-02'));
});

it('by participant: numbered ids are dealt in whole blocks, the same at any time', () => {
  const file = withArms('participant', {}, [{ id: 'aa' }, { id: 'bb' }, { id: 'cc' }]);
  const dealt = Array.from({ length: 30 }, (_, number) => armAt(file, `p-${number}`, noon(1))?.id);
  for (let block = 0; block < 30; block += 3) {
    expect(new Set(dealt.slice(block, block + 3)).size).toBe(3);
  }
  expect(armAt(file, 'p-7', noon(1))).toEqual(armAt(file, 'p-7', noon(200)));
  const named = Array.from(
    { length: 3000 },
    (_, at) => armAt(file, `${'x'.repeat(at % 9)}n${at}n`, noon(1))?.id,
  );
  for (const count of Object.values(counts(named))) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

it('by moment: changes within a day, balanced within it, not the same each day', () => {
  const file = withArms('moment', { minutes: 30 });
  const day = (number: number) =>
    Array.from(
      { length: 48 },
      (_, slot) => armAt(file, 'p-01', new Date(2026, 2, number, 0, slot * 30 + 7).getTime())?.id,
    );
  expect(counts(day(3))).toEqual({ aa: 24, bb: 24 });
  expect(day(3)).not.toEqual(day(4));
  const at = new Date(2026, 2, 3, 10).getTime();
  expect(armAt(file, 'p-01', at)).toEqual(armAt(file, 'p-01', at + 29 * 60_000));
});

it('a study without arms has none', () => {
  expect(armAt({}, 'p-01', noon(1))).toBeNull();
});
