/**
 * One thing that was voted on: a category for each annotator, in their order; null where one did not vote. Everything
 * below is for nominal categories and answers null where it is not defined (no pair of votes, or no variation at all).
 */
export type Unit = readonly (string | null)[];

/** Votes of a unit by category. */
function countsOf(unit: Unit): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const vote of unit) if (vote !== null) counts.set(vote, (counts.get(vote) ?? 0) + 1);
  return counts;
}

const sum = (numbers: Iterable<number>) => {
  let total = 0;
  for (const each of numbers) total += each;
  return total;
};

/** Units with at least two votes: a single vote agrees with nothing. */
export function pairable(units: readonly Unit[]): readonly Unit[] {
  return units.filter((unit) => unit.filter((vote) => vote !== null).length >= 2);
}

/** Share of votes that are of their unit's most frequent category, from 0 to 1; in a tie, those of one of them. */
export function majorityShare(units: readonly Unit[]): number | null {
  const counts = pairable(units).map(countsOf);
  const votes = sum(counts.map((each) => sum(each.values())));
  return votes === 0 ? null : sum(counts.map((each) => Math.max(...each.values()))) / votes;
}

/** Share of the pairs of votes on one unit that agree, over all units: observed agreement by pairs, from 0 to 1. */
export function pairwiseShare(units: readonly Unit[]): number | null {
  let agree = 0;
  let pairs = 0;
  for (const counts of pairable(units).map(countsOf)) {
    const votes = sum(counts.values());
    pairs += votes * (votes - 1);
    agree += sum([...counts.values()].map((each) => each * (each - 1)));
  }
  return pairs === 0 ? null : agree / pairs;
}

/**
 * Cohen's kappa of two annotators over the units that both voted on: (p_o - p_e) / (1 - p_e), where p_e is from each
 * one's own marginals. Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and
 * Psychological Measurement 20 (1960), 37-46.
 */
export function cohen(units: readonly Unit[], a: number, b: number): number | null {
  const both = units.flatMap((unit) => {
    const [left, right] = [unit[a] ?? null, unit[b] ?? null];
    return left === null || right === null ? [] : [[left, right] as const];
  });
  if (both.length === 0) return null;
  const observed = both.filter(([left, right]) => left === right).length / both.length;
  const lefts = countsOf(both.map(([left]) => left));
  const rights = countsOf(both.map(([, right]) => right));
  const expected = sum([...lefts].map(([each, count]) => count * (rights.get(each) ?? 0))) / both.length ** 2;
  return expected === 1 ? null : (observed - expected) / (1 - expected);
}

/** Cohen's kappa for each pair of `count` annotators, by their positions. */
export function cohenPairs(
  units: readonly Unit[],
  count: number,
): readonly { readonly a: number; readonly b: number; readonly kappa: number | null }[] {
  const pairs: { a: number; b: number; kappa: number | null }[] = [];
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) pairs.push({ a, b, kappa: cohen(units, a, b) });
  }
  return pairs;
}

/** The mean of what is defined, or null. */
export function meanOf(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((each) => each !== null);
  return known.length === 0 ? null : sum(known) / known.length;
}

/**
 * Fleiss' kappa over the units that have a vote of every annotator, since it is defined for the same number of votes
 * each: (P - P_e) / (1 - P_e) with P the mean agreement by pairs and P_e from the pooled marginals. Source: J. L.
 * Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971), 378-382.
 */
export function fleiss(units: readonly Unit[]): { readonly kappa: number | null; readonly units: number } {
  const whole = pairable(units).filter((unit) => !unit.includes(null));
  const raters = whole[0]?.length ?? 0;
  const same = whole.filter((unit) => unit.length === raters).map(countsOf);
  if (same.length === 0) return { kappa: null, units: 0 };
  const agreement = meanOf(
    same.map((counts) => sum([...counts.values()].map((n) => n * (n - 1))) / (raters * (raters - 1))),
  )!;
  const pooled = new Map<string, number>();
  for (const counts of same) {
    for (const [each, n] of counts) pooled.set(each, (pooled.get(each) ?? 0) + n);
  }
  const expected = sum([...pooled.values()].map((n) => (n / (same.length * raters)) ** 2));
  return { kappa: expected === 1 ? null : (agreement - expected) / (1 - expected), units: same.length };
}

/**
 * Krippendorff's alpha for nominal data, missing votes allowed: 1 - D_o / D_e from the coincidence matrix, in which a
 * unit with m votes gives each ordered pair of its votes the weight 1 / (m - 1). Source: K. Krippendorff, "Computing
 * Krippendorff's alpha-reliability" (University of Pennsylvania, 2011), sections C and D.
 */
export function alpha(units: readonly Unit[]): number | null {
  let disagree = 0;
  const values = new Map<string, number>();
  for (const counts of pairable(units).map(countsOf)) {
    const votes = sum(counts.values());
    const equal = sum([...counts.values()].map((n) => n * (n - 1)));
    disagree += (votes * (votes - 1) - equal) / (votes - 1);
    for (const [each, n] of counts) values.set(each, (values.get(each) ?? 0) + n);
  }
  const total = sum(values.values());
  const expected = total ** 2 - sum([...values.values()].map((n) => n ** 2));
  return expected === 0 ? null : 1 - ((total - 1) * disagree) / expected;
}
