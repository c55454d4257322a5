import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  alpha,
  cohen,
  fleiss,
  majorityShare,
  pairwiseShare,
  type Unit,
} from '../../src/annotation/agreement.ts';

/** Rows of raters, as the literature prints them: one character a unit, `.` where none was given. */
const byRater = (...raters: readonly string[]): Unit[] =>
  [...raters[0]!].map((_, unit) => raters.map((rater) => (rater[unit] === '.' ? null : rater[unit]!)));

/** Rows of units with the number of votes in each category. */
const byCounts = (...units: readonly (readonly number[])[]): Unit[] =>
  units.map((counts) => counts.flatMap((n, category) => Array<string>(n).fill(String(category))));

it('alpha: the reliability data of Krippendorff (2011), with missing values, give 0.743', () => {
  const units = byRater('123321412...', '1233224125.3', '.3332342251.', '12332441251.');
  expect(alpha(units)).toBeCloseTo(0.743, 3);
});

it('alpha: fifteen units, three coders and many gaps give 0.691', () => {
  const units = byRater('.....34121133.3', '1.213343.......', '..21344.21133.4');
  expect(alpha(units)).toBeCloseTo(0.691, 3);
});

it('Fleiss: the 30 patients and 6 psychiatrists of Fleiss (1971) give 0.430', () => {
  const units = byCounts(
    [0, 0, 0, 6, 0],
    [0, 3, 0, 0, 3],
    [0, 1, 4, 0, 1],
    [0, 0, 0, 0, 6],
    [0, 3, 0, 3, 0],
    [2, 0, 4, 0, 0],
    [0, 0, 4, 0, 2],
    [2, 0, 3, 1, 0],
    [2, 0, 0, 4, 0],
    [0, 0, 0, 0, 6],
    [1, 0, 0, 5, 0],
    [1, 1, 0, 4, 0],
    [0, 3, 3, 0, 0],
    [1, 0, 0, 5, 0],
    [0, 2, 0, 3, 1],
    [0, 0, 5, 0, 1],
    [3, 0, 0, 1, 2],
    [5, 1, 0, 0, 0],
    [0, 2, 0, 4, 0],
    [1, 0, 2, 0, 3],
    [0, 0, 0, 0, 6],
    [0, 1, 0, 5, 0],
    [0, 2, 0, 1, 3],
    [2, 0, 0, 4, 0],
    [1, 0, 0, 4, 1],
    [0, 5, 0, 1, 0],
    [4, 0, 0, 0, 2],
    [0, 2, 0, 4, 0],
    [1, 0, 5, 0, 0],
    [0, 0, 0, 0, 6],
  );
  expect(fleiss(units).kappa).toBeCloseTo(0.43, 3);
  expect(fleiss(units).units).toBe(30);
});

it('Fleiss: ten subjects, fourteen raters, five categories give 0.210', () => {
  const units = byCounts(
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  );
  expect(fleiss(units).kappa).toBeCloseTo(0.21, 3);
});

it('Fleiss: only units with every vote count, and they are told', () => {
  const units: Unit[] = [
    ['y', 'y', 'y'],
    ['n', 'n', 'n'],
    ['y', 'n', null],
  ];
  expect(fleiss(units)).toEqual({ kappa: 1, units: 2 });
});

it('Cohen: 20, 5, 10, 15 of 50 give 0.4, by hand (0.7 - 0.5) / 0.5', () => {
  const square = (a: string, b: string, n: number) => Array.from({ length: n }, (): Unit => [a, b]);
  const units = [
    ...square('y', 'y', 20),
    ...square('y', 'n', 5),
    ...square('n', 'y', 10),
    ...square('n', 'n', 15),
    ['y', null] as Unit,
  ];
  expect(cohen(units, 0, 1)).toBeCloseTo(0.4, 10);
  expect(pairwiseShare(units)).toBeCloseTo(0.7, 10);
});

it('shares count votes: two of three and three of three are five of six', () => {
  const units: Unit[] = [
    ['y', 'y', 'n'],
    ['n', 'n', 'n'],
    ['y', null, null],
  ];
  expect(majorityShare(units)).toBeCloseTo(5 / 6, 10);
  // One of three pairs, then three of three.
  expect(pairwiseShare(units)).toBeCloseTo(4 / 6, 10);
});

it('what is not defined is null, not a number', () => {
  const same: Unit[] = [
    ['y', 'y'],
    ['y', 'y'],
  ];
  expect([alpha(same), cohen(same, 0, 1), fleiss(same).kappa]).toEqual([null, null, null]);
  expect([alpha([]), cohen([], 0, 1), fleiss([]).kappa, majorityShare([]), pairwiseShare([])]).toEqual(
    Array(5).fill(null),
  );
});

it('with two raters and nothing missing, Fleiss is Scott’s pi and alpha is it with the small-sample term', () => {
  const vote = fc.constantFrom('a', 'b', 'c');
  fc.assert(
    fc.property(fc.array(fc.tuple(vote, vote), { minLength: 1, maxLength: 40 }), (units) => {
      const { kappa } = fleiss(units);
      const found = alpha(units);
      fc.pre(kappa !== null && found !== null);
      // 1 - alpha = (1 - pi) (n - 1) / n, with n the number of votes.
      const n = units.length * 2;
      expect(1 - found!).toBeCloseTo(((1 - kappa!) * (n - 1)) / n, 9);
    }),
  );
});
